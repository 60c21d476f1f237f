import {pixelsOf} from '../../metrics/index.js';
import type {FeatureMapsQuery, ResultColumnType} from '../../shared/index.js';
import {partOf, type Answer, type Evaluation} from './evaluation.js';
import {membersOf, readLayerMaps} from './layer-maps.js';
import {NoSuchSlice} from './no-such-slice.js';
import {resolveSlice, type ResolvedSlice} from './resolve-slice.js';
import {toResultColumns} from './result-columns.js';

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

const COLUMNS: {readonly [C in keyof Row]: ResultColumnType} = {
  epoch: 'int32',
  layer: 'string',
  channel: 'int32',
  sample: 'int32',
  label: 'int32',
  shape: 'string',
  map: 'map',
};

/** Values of all maps of one answer, 256 MiB: more would not fit a page or a terminal, and soon not memory. */
const MAX_VALUES = 2 ** 26;

/** `dCNN(…)`: a row per feature map. */
export async function featureMaps(evaluation: Evaluation, {slice: asked}: FeatureMapsQuery): Promise<Answer> {
  const {run, captured, job} = evaluation;
  const slice = resolveSlice(run.info, captured, asked);
  assertFits(slice, run.info.probe.samples);
  const rows: Row[] = [];
  const total = slice.epochs.length * slice.layers.length;
  let done = 0;
  for (const epoch of slice.epochs) {
    for (const layer of slice.layers) {
      partOf(job, done++, total);
      const maps = await readLayerMaps(run, epoch, layer, slice.channels);
      const members = slice.sets.flatMap(set => [...membersOf(maps, set)]);
      const shape = layer.spatial.join('x') || '1';
      for (const [i, channel] of maps.channels.entries()) {
        for (const sample of members) {
          const first = (i * maps.samples + sample) * maps.pixels;
          const map = maps.maps.subarray(first, first + maps.pixels);
          rows.push({
            epoch,
            layer: layer.name,
            channel,
            sample,
            label: maps.labels[sample] as number,
            shape,
            map,
          });
        }
      }
    }
  }
  return {
    measure: 'feature maps',
    value: 'map',
    unit: null,
    facts: {probe: run.info.probe.samples},
    rows: rows.length,
    columns: toResultColumns(COLUMNS, rows),
  };
}

function assertFits({layers, channels, epochs, sets}: ResolvedSlice, probe: number): void {
  const samples = sets.reduce((sum, {indices}) => Math.min(probe, sum + (indices?.length ?? probe)), 0);
  const perEpoch = layers.reduce(
    (sum, layer) => sum + (channels?.length ?? layer.channels) * pixelsOf(layer) * samples,
    0,
  );
  const values = perEpoch * epochs.length;
  if (values <= MAX_VALUES) return;
  throw new NoSuchSlice(
    `These are ${Math.round(values / 2 ** 18)} MiB of feature maps, and one answer holds ${MAX_VALUES / 2 ** 18}; ` +
      'name fewer epochs, layers, channels or samples.',
  );
}
