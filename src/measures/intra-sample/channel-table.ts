import {rowsOf, type ChannelEntropyRow, type LayerInfo} from '../../shared/index.js';
import {metricTable, type DerivedTable, type Run} from '../../store/index.js';
import {derivedTable, type Evaluation} from '../answer/evaluation.js';
import {sampleGroups} from '../capture/sample-groups.js';
import {mapsShape, readLayerMaps, sampleMajor} from '../slice/layer-maps.js';
import {channelEntropyRows} from './channel-entropy-rows.js';
import {histogramsFor} from './histograms.js';
import type {ChannelPart} from './channel-part.js';

/** Where the channel entropies of a layer under other options than the capture's are kept. */
async function channelEntropyTable(
  run: Run,
  {epoch, layer, bins, rule}: {epoch: number; layer: LayerInfo; bins: number; rule: string},
): Promise<DerivedTable<'channel_entropy'>> {
  const options = {layer: layer.name, bins, range: rule};
  return {table: 'channel_entropy', epoch, options, source: await run.fingerprint(epoch, [layer.name])};
}

/** All samples and every class, from the captured table or a derived one. */
export async function tableRows(
  evaluation: Evaluation,
  {epoch, layer, histograms, written}: ChannelPart,
): Promise<ChannelEntropyRow[]> {
  const {run} = evaluation;
  const {bins, range, rule} = histograms;
  if (bins === run.info.options.bins && range === run.info.options.range) {
    return written(epoch, layer);
  }
  const table = await derivedTable(
    evaluation,
    await channelEntropyTable(run, {epoch, layer, bins, rule}),
    async () => {
      const maps = await readLayerMaps(run, epoch, layer, null);
      const shape = mapsShape(layer, maps.samples);
      const entropy = await evaluation.compute.intraSampleEntropy(sampleMajor(maps.maps, shape), shape, {
        bins,
        ...(range !== undefined && {range}),
        ...evaluation.job,
      });
      const groups = sampleGroups(maps.labels, run.info.classes.length);
      const key = {epoch, layer: layer.name, range: rule};
      return metricTable(
        'channel_entropy',
        groups.flatMap(group => channelEntropyRows(entropy, group, key)),
      );
    },
  );
  return rowsOf(table);
}

/** Where `range=run` of a layer at an epoch is kept. */
export async function runRangeTable(run: Run, epoch: number, layer: LayerInfo): Promise<DerivedTable> {
  const {bins, rule} = await histogramsFor({run, captured: await run.epochs()}, layer, {range: 'run'});
  return channelEntropyTable(run, {epoch, layer, bins, rule});
}
