import {pixelsOf} from './layer-size.js';
import type {LayerInfo} from './run-schema.js';

/** Convolutions with maps of more than one value, and named tensors that are such maps, whatever made them. */
export function convolutions(layers: readonly LayerInfo[]): LayerInfo[] {
  return layers.filter(layer => /Conv|^Tensor$/.test(layer.className) && pixelsOf(layer) > 1);
}
