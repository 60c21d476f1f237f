import type {LayerEntropyRow} from '../../shared/index.js';
import type {InterSampleEntropy} from '../../metrics/inter-sample-entropy.js';
import type {MatrixEntropy} from '../../metrics/matrix-entropy.js';
import type {SampleGroup} from '../capture/sample-groups.js';
import type {SampleLimits} from '../../metrics/sample-limits.js';

/** Measures of a layer's samples. */
export interface LayerValues {
  /** One value per sample. */
  limits: SampleLimits;
  /** Mean intra-sample entropy of the group's members, bits; null where undefined. */
  intraMean: number | null;
  /** Of the group's members, like `matrix`. */
  inter: InterSampleEntropy;
  matrix: MatrixEntropy;
}

/** The row of one layer in `layer_entropy` for one group of samples. */
export function layerEntropyRow(
  {limits, intraMean, inter, matrix}: LayerValues,
  {label, members}: SampleGroup,
  {epoch, layer}: {epoch: number; layer: string},
): LayerEntropyRow {
  const [min, max] = extremes(limits, members);
  return {
    epoch,
    layer,
    class: label,
    bits: inter.bits,
    log2_edges: inter.log2Edges,
    k: inter.k,
    n: inter.n,
    invalid: inter.invalid,
    clamped: inter.clamped,
    matrix_bits: matrix.bits,
    intra_mean: intraMean,
    min,
    max,
    reason: inter.reason ?? matrix.reason,
  };
}

/** Smallest and largest finite value of the members' rows. */
function extremes(limits: SampleLimits, members: Int32Array): [number | null, number | null] {
  let min = Infinity;
  let max = -Infinity;
  for (const sample of members) {
    min = Math.min(min, limits.min[sample] as number);
    max = Math.max(max, limits.max[sample] as number);
  }
  return min <= max ? [min, max] : [null, null];
}
