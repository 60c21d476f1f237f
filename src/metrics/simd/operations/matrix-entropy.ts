import {matrixEntropyOf} from '../../matrix-entropy.js';
import {PairDistances} from '../../pair-distances.js';
import type {SamplesShape} from '../../shapes.js';
import {distancesIn} from '../simd-squared-distances.js';
import type {Operation} from './operation.js';

export interface MeasureSpectrum {
  /** [samples, features]. */
  x: Float32Array;
  shape: SamplesShape;
  /** [1]: the entropy, NaN where there is none. */
  bits: Float64Array;
}

/** The matrix entropy of some samples, in one piece: the eigenvalues come one after the other. */
export const measureSpectrum: Operation<MeasureSpectrum> = {
  pieces: () => 1,
  prepare: (module, {x, shape, bits}) => ({
    run() {
      bits[0] = matrixEntropyOf(PairDistances.of(x, shape, distancesIn(module))).bits ?? NaN;
    },
  }),
};
