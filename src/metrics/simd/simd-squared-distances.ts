import {allFinite} from '../all-finite.js';
import {squaredDistances, type SquaredDistances} from '../squared-distances.js';
import {MetricsModule} from './metrics-module.js';

/**
 * The SIMD kernel of squared distances for the calling thread, e.g. for `PairDistances.of`. Sums are float32: relative
 * error below 1e-6; equal rows are at distance 0 exactly. Values whose squares are beyond float32, above about 1e19 as
 * in a training that diverges, are left to the plain version.
 */
export function simdSquaredDistances(): SquaredDistances {
  const module = new MetricsModule();
  return ({x, features, rows}) => {
    const pairs = (rows.length * (rows.length - 1)) / 2;
    module.reset();
    const squared = module.allocate(4 * pairs);
    const tile = module.allocate(48);
    const {offset, count, stride} = module.putRows(x, {rows, features});
    module.kernels.squaredDistances(offset, count, stride, squared, tile);
    const distances = module.floats(squared, pairs);
    return allFinite(distances) ? distances.slice() : squaredDistances({x, features, rows});
  };
}
