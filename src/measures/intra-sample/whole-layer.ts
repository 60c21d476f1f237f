import {layerAsOneMap, pixelsOf} from '../../metrics/index.js';
import type {LayerInfo} from '../../shared/index.js';
import type {Evaluation} from '../answer/evaluation.js';
import {mapsShape, membersOf, readLayerMaps, sampleMajor} from '../slice/layer-maps.js';
import type {SampleSet} from '../slice/resolve-slice.js';
import {channelEntropyRows} from './channel-entropy-rows.js';
import type {ChannelPart} from './channel-part.js';
import {resultRow, type Row} from './row.js';

/** Of a dense layer all channels together are one map. */
export function isWhole(layer: LayerInfo, channels: number[] | null): boolean {
  return pixelsOf(layer) === 1 && channels === null;
}

/** A dense layer as a whole: its vector as one map. */
export async function wholeLayer(
  evaluation: Evaluation,
  {epoch, layer, slice, histograms}: ChannelPart,
): Promise<Row[]> {
  const {run, compute, job} = evaluation;
  const maps = await readLayerMaps(run, epoch, layer, null);
  const shape = mapsShape(layer, maps.samples);
  const entropy = await compute.intraSampleEntropy(sampleMajor(maps.maps, shape), layerAsOneMap(shape), {
    bins: histograms.bins,
    ...(histograms.range !== undefined && {range: histograms.range}),
    ...job,
  });
  const key = {epoch, layer: layer.name, range: histograms.rule};
  return slice.sets.flatMap((set: SampleSet) =>
    channelEntropyRows(entropy, {label: set.label, members: membersOf(maps, set)}, key).map(row => ({
      ...resultRow(row),
      channel: null,
    })),
  );
}
