/**
 * The same measures in WebAssembly SIMD and worker threads, with the same numbers.
 *
 * @module cnnslicer/metrics/simd
 */
export {MetricsPool, type MetricsPoolOptions} from './metrics-pool.js';
export {simdIntraSampleEntropy} from './simd-intra-sample-entropy.js';
export {simdSquaredDistances} from './simd-squared-distances.js';
export type {Job} from './threads.js';
