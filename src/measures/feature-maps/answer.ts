import {pixelsOf} from '../../metrics/index.js';
import type {FeatureMapsQuery} from '../../shared/index.js';
import {columnsFor, type AnswerParts} from '../answer/answer-parts.js';
import type {Extent} from '../answer/answer-size.js';
import type {Evaluation} from '../answer/evaluation.js';
import {eachPart, type Part} from '../each-part.js';
import {membersOf, readLayerMaps, takeSamples} from '../slice/layer-maps.js';
import {resolveSlice, type ResolvedSlice} from '../slice/resolve-slice.js';

interface Row {
  epoch: number;
  layer: string;
  channel: number;
  sample: number;
  label: number;
  /** Extents of the map, e.g. `28x28`. */
  shape: string;
  map: Float32Array;
}

const COLUMNS = columnsFor<Row>({
  epoch: 'int32',
  layer: 'string',
  channel: 'int32',
  sample: 'int32',
  label: 'int32',
  shape: 'string',
  map: 'map',
});

/** `dCNN(…)`: a row per feature map. */
export function featureMaps(evaluation: Evaluation, {slice: asked}: FeatureMapsQuery): AnswerParts {
  const {run, captured} = evaluation;
  const slice = resolveSlice(run.info, captured, asked);
  return {
    measure: 'feature maps',
    value: 'map',
    unit: null,
    columns: COLUMNS,
    extent: extentOf(slice, run.info.probe),
    parts: eachPart(evaluation, slice, COLUMNS, {rows: mapsOf}),
    facts: () => ({probe: run.info.probe.samples}),
  };
}

async function mapsOf({run}: Evaluation, {epoch, layer, slice}: Part): Promise<Row[]> {
  const read = await readLayerMaps(run, epoch, layer, slice.channels);
  const members = Int32Array.from(slice.sets.flatMap(set => [...membersOf(read, set)]));
  // A copy, so that a few maps do not keep all of the layer in memory.
  const maps = takeSamples(read, members);
  const shape = layer.spatial.join('x') || '1';
  return read.channels.flatMap((channel, i) =>
    Array.from(members, (sample, j): Row => {
      const first = (i * members.length + j) * read.pixels;
      const map = maps.subarray(first, first + read.pixels);
      const label = read.labels[sample] as number;
      return {epoch, layer: layer.name, channel, sample, label, shape, map};
    }),
  );
}

/** Sets are rows of the answer one below the other: no sample is in two of them. */
function extentOf(
  {layers, channels, epochs, sets}: ResolvedSlice,
  {samples: all, perClass}: {samples: number; perClass: readonly number[]},
): Extent {
  const samples = sets.reduce(
    (sum, {label, indices}) => sum + (indices?.length ?? (label === null ? all : (perClass[label] ?? all))),
    0,
  );
  const channelsOf = (layer: (typeof layers)[number]) => channels?.length ?? layer.channels;
  const perSample = layers.reduce((sum, layer) => sum + channelsOf(layer) * pixelsOf(layer), 0);
  return {
    epochs: epochs.length,
    classes: samples,
    layers: layers.length,
    channels: layers.reduce((sum, layer) => sum + channelsOf(layer), 0),
    mapValues: epochs.length * samples * perSample,
  };
}
