import {effectiveRankOf} from '../../metrics/index.js';
import {MAX_EIGEN_SAMPLES} from '../answer/answer-size.js';
import {layerMeasure} from '../layer-measure.js';
import {NoSuchSlice} from '../slice/no-such-slice.js';

export const effectiveRank = layerMeasure({
  id: 'effective-rank',
  table: 'effective_rank',
  captured: (measured, group) => {
    const {pixels, channels} = measured.shape;
    return effectiveRankOf(measured.matrixEntropy(group), pixels * channels);
  },
  computed: async (compute, {x, shape}, {signal}) => {
    assertFewSamples(shape.samples);
    return effectiveRankOf(await compute.matrixEntropy(x, shape, signal && {signal}), shape.features);
  },
});

function assertFewSamples(samples: number): void {
  if (samples <= MAX_EIGEN_SAMPLES) return;
  throw new NoSuchSlice(
    `The effective rank takes the eigenvalues of a matrix of ${samples} x ${samples}, and a question computes them of at most ` +
      `${MAX_EIGEN_SAMPLES} samples; name fewer, such as 0..${MAX_EIGEN_SAMPLES - 1}.`,
  );
}
