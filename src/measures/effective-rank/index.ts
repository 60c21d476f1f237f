import {effectiveRankOf} from '../../metrics/index.js';
import {layerMeasure} from '../layer-measure.js';

export const effectiveRank = layerMeasure({
  id: 'effective-rank',
  table: 'effective_rank',
  captured: (measured, group) => {
    const {pixels, channels} = measured.shape;
    return effectiveRankOf(measured.matrixEntropy(group), pixels * channels);
  },
  computed: async (compute, {x, shape}, {signal}) =>
    effectiveRankOf(await compute.matrixEntropy(x, shape, signal && {signal}), shape.features),
});
