import {printQuery} from '../../shared/index.js';
import type {Finding, LayerInfo} from '../../shared/index.js';
import {entropyQuery} from '../../shared/notation/build-query.js';
import {percent} from './words.js';

/** Bins that the range of a layer is cut into, as for its entropies. */
const BINS = 32;
/** From this share of values in the end bins on a layer is saturated. */
const SATURATED = 0.5;
/** A value in the lower end counts only if the layer goes below 0: zeros after a relu are sparsity. */
const BELOW_ZERO = -1e-6;

/**
 * Checks whether a layer's values pile up at the ends of its range, as with an overdriven sigmoid or tanh.
 *
 * @param values - Activations of the layer at one epoch, in any order.
 */
export function saturatedLayer(
  values: Float32Array,
  layer: LayerInfo,
  {epoch, n}: {epoch: number; n: number},
): Finding[] {
  let [min, max] = [Infinity, -Infinity];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  if (!(max > min)) return [];
  const margin = (max - min) / BINS;
  let atEnds = 0;
  for (const value of values) {
    if (value >= max - margin || (min < BELOW_ZERO && value <= min + margin)) atEnds++;
  }
  const share = atEnds / values.length;
  if (share < SATURATED) return [];
  return [
    {
      kind: 'saturated-layer',
      level: 'attention',
      title: `${layer.name} is saturated at epoch ${epoch}: ${percent(share)} of its values are in the end bins of ${min.toPrecision(3)}..${max.toPrecision(3)}`,
      layer: layer.name,
      epoch,
      evidence: printQuery(entropyQuery({layers: [layer.name], epochs: [epoch]})),
      basis: {n, bins: BINS, values: values.length},
      confidence: {
        grade: n >= 30 ? 'high' : 'moderate',
        why: `counted over ${values.length} values of ${n} samples`,
      },
    },
  ];
}
