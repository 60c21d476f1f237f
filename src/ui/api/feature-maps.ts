import type {QueryResult} from '../../shared/index.js';
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
export function featureMapsOf({columns, rows}: QueryResult): FeatureMaps {
  const column = (name: string) => columns.find(other => other.name === name)?.values ?? [];
  const [sample, map, shape] = [column('sample'), column('map'), column('shape')];
  const maps = new Map<number, Float32Array>();
  for (let row = 0; row < rows; row++) {
    const values = map[row];
    if (values instanceof Float32Array) maps.set(Number(sample[row]), values);
  }
  const extents = typeof shape[0] === 'string' ? shape[0].split('x') : [];
  return {shape: extents.filter(extent => extent !== '').map(Number), maps};
}
