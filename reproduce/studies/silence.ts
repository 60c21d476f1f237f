import type * as tfjs from '@tensorflow/tfjs';

/** Channels of each convolution, by the layer's name. */
export type Cut = ReadonlyMap<string, readonly number[]>;

/**
 * Calls `use` while channels of convolutions give 0 everywhere, as if they were not there: their filter and bias are 0,
 * and scale and shift of a batch normalisation after them too. Afterwards the weights are restored.
 */
export function whileSilent<T>(tf: typeof tfjs, model: tfjs.LayersModel, cut: Cut, use: () => T): T {
  const whole = model.getWeights().map(weight => weight.clone());
  try {
    tf.tidy(() => {
      for (const [i, layer] of model.layers.entries()) {
        const channels = cut.get(layer.name);
        if (!channels) continue;
        const keep = new Float32Array(filtersOf(layer)).fill(1);
        for (const channel of channels) keep[channel] = 0;
        const mask = tf.tensor1d(keep);
        layer.setWeights(layer.getWeights().map(weight => weight.mul(mask)));
        const next = model.layers[i + 1];
        if (next?.getClassName() !== 'BatchNormalization') continue;
        // Scale and shift come first; the moving statistics behind them stay.
        next.setWeights(next.getWeights().map((weight, at) => (at < 2 ? weight.mul(mask) : weight)));
      }
    });
    return use();
  } finally {
    model.setWeights(whole);
    tf.dispose(whole);
  }
}

/** As many channels of each layer, drawn by `pick` from the layer. */
export function likeCut(
  model: tfjs.LayersModel,
  cut: Cut,
  order: (layer: tfjs.layers.Layer, filters: number) => number[],
): Cut {
  return new Map(
    [...cut].map(([name, {length}]) => {
      const layer = model.getLayer(name);
      return [name, order(layer, filtersOf(layer)).slice(0, length)];
    }),
  );
}

/** Filters of a convolution from the smallest L2 norm to the largest. */
export function byNorm(layer: tfjs.layers.Layer): number[] {
  const [kernel] = layer.getWeights();
  const squares = kernel?.square();
  const sums = squares?.sum([0, 1, 2]);
  const norms = sums?.dataSync() ?? new Float32Array();
  squares?.dispose();
  sums?.dispose();
  return Array.from(norms.keys()).sort((a, b) => (norms[a] as number) - (norms[b] as number));
}

export const filtersOf = (layer: tfjs.layers.Layer): number => layer.outputShape.at(-1) as number;
