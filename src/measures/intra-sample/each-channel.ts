import type {ChannelEntropyRow, LayerInfo} from '../../shared/index.js';
import {failureOf, type EpochManifest} from '../../store/index.js';
import type {Evaluation} from '../answer/evaluation.js';
import {mapsShape, membersOf, readLayerMaps, sampleMajor} from '../slice/layer-maps.js';
import {channelEntropyRows} from './channel-entropy-rows.js';
import type {ChannelPart} from './channel-part.js';
import {tableRows} from './channel-table.js';
import {rangeOfLayer} from './histograms.js';
import {failedRow, resultRow, type Row} from './row.js';

/** A row for each channel and set of samples. */
export async function eachChannel(evaluation: Evaluation, part: ChannelPart): Promise<Row[]> {
  const {slice, layer, epoch} = part;
  const failed = isLost(await evaluation.run.manifest(epoch), layer);
  const rows: Row[] = [];
  const wanted = slice.channels ?? Array.from({length: layer.channels}, (_, channel) => channel);
  // The table of all samples and every class serves all sets that are not lists of samples.
  const hasWhole = slice.sets.some(({indices}) => indices === null);
  const ofTable = byClass(hasWhole ? await tableRows(evaluation, part) : []);
  for (const set of slice.sets) {
    const measured = set.indices === null ? ofTable : byClass(await ofSamples(evaluation, part, set.indices));
    const ofSet = new Map(measured.get(set.label)?.map(row => [row.channel, row]));
    for (const channel of wanted) {
      const row = ofSet.get(channel);
      if (row !== undefined) rows.push(resultRow(row));
      else if (failed) rows.push(failedRow({epoch, layer, channel, label: set.label}));
    }
  }
  return rows;
}

/** Whether the channel entropies of a layer could not be computed or stored when the epoch was captured. */
function isLost(manifest: EpochManifest, {name}: LayerInfo): boolean {
  const parts = [failureOf(manifest, 'table', 'channel_entropy'), failureOf(manifest, 'measures', name)];
  // Without activations nothing could be measured.
  const held = manifest.failed?.find(({stage, of}) => stage === 'activations' && of === null);
  return [...parts, held].some(part => part !== undefined);
}

function byClass(rows: readonly ChannelEntropyRow[]): Map<number | null, ChannelEntropyRow[]> {
  const found = new Map<number | null, ChannelEntropyRow[]>();
  for (const row of rows) {
    const same = found.get(row.class);
    if (same === undefined) found.set(row.class, [row]);
    else same.push(row);
  }
  return found;
}

/** Some samples only: computed each time, from the channels asked for alone. */
async function ofSamples(
  {run, compute, job}: Evaluation,
  {epoch, layer, slice, histograms}: ChannelPart,
  indices: number[],
): Promise<ChannelEntropyRow[]> {
  const maps = await readLayerMaps(run, epoch, layer, slice.channels);
  const shape = mapsShape(layer, maps.samples, maps.channels.length);
  const range = await rangeOfLayer(run, {epoch, layer, range: histograms.range});
  const entropy = await compute.intraSampleEntropy(sampleMajor(maps.maps, shape), shape, {
    bins: histograms.bins,
    ...(range !== undefined && {range}),
    ...job,
  });
  const members = membersOf(maps, {label: null, indices});
  const key = {epoch, layer: layer.name, range: histograms.rule};
  return channelEntropyRows(entropy, {label: null, members}, key).map(row => ({
    ...row,
    channel: maps.channels[row.channel] as number,
  }));
}
