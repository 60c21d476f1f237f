import type {MetricsPool} from '../../metrics/simd/index.js';

export type {Job} from '../../metrics/simd/index.js';

/** The heavy measures, computed elsewhere than in the caller's thread. */
export type Compute = Pick<
  MetricsPool,
  'pairCodes' | 'channelCapacity' | 'interSampleEntropy' | 'intraSampleEntropy' | 'matrixEntropy'
>;
