import {cellOf, columnNamed, type QueryResult, type TextColumn} from '../../shared/index.js';
import {fetchQuery} from './query.js';

/** Stored feature maps of one channel. */
export interface FeatureMaps {
  /** Extents of one map; 1 for a dense unit. */
  shape: number[];
  /** Flat maps by sample. */
  maps: Map<number, Float32Array>;
}

/**
 * Feature maps of one channel at one epoch, as they were stored; the layer by its place on the L axis.
 *
 * @throws {RequestError} saying why there are none.
 */
export async function fetchFeatureMaps(
  run: string,
  {
    layer,
    channel,
    epoch,
    samples,
  }: {layer: number; channel: number; epoch: number; samples: readonly number[]},
  signal: AbortSignal,
): Promise<FeatureMaps> {
  const expression = `dCNN({${samples.join(',')}}, ${layer}, ${channel}, ${epoch})`;
  return featureMapsOf(await fetchQuery(run, expression, {signal}));
}

/** Reads the answer to `dCNN({0,4}, layer, channel, epoch)`. */
export function featureMapsOf(result: QueryResult): FeatureMaps {
  const [sample, map] = [columnNamed(result, 'sample'), columnNamed(result, 'map')];
  const shape = cellOf(columnNamed(result, 'shape') as TextColumn, 0);
  const maps = new Map<number, Float32Array>();
  for (let row = 0; row < result.rows; row++) {
    const values = map.values[row];
    if (values instanceof Float32Array) maps.set(Number(sample.values[row]), values);
  }
  const extents = shape?.split('x') ?? [];
  return {shape: extents.filter(extent => extent !== '').map(Number), maps};
}
