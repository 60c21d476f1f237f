import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import {deconvnet} from 'cnnslicer';
import {enableWasmTraining} from 'cnnslicer/wasm';
import type {BenchResult} from './result.js';

const samples = 16;

/**
 * Projections of channels compared with one forward and backward pass of training, for the same 16 MNIST-shaped samples
 * on wasm. A ratio of 1/5 says that the projections take five such passes. `smoke` makes it a check that it runs.
 */
export async function benchDeconvnet({smoke = false} = {}): Promise<BenchResult[]> {
  await tf.setBackend('wasm');
  await enableWasmTraining(tf);
  const xs = tf.randomUniform([samples, 28, 28, 1], 0, 1, 'float32', 1);
  const ys = tf.tidy(() => tf.oneHot(tf.range(0, samples, 1, 'int32').mod(tf.scalar(10, 'int32')).toInt(), 10).toFloat()); // prettier-ignore
  const model = network();
  const runs = smoke ? 1 : 9;
  const results: BenchResult[] = [];
  for (const [layer, count, of] of [
    ['conv2d_1', 32, 32],
    ['conv2d_2', 32, 64],
    ['conv2d_2', 64, 64],
  ] as const) {
    // prettier-ignore
    const channels = Array.from({length: count}, (_, channel) => channel);
    const {projection, pass} = await inTurns(runs, {
      projection: () => deconvnet(tf, model, xs, {layer, channels}),
      pass: () => forwardAndBackward(model, xs, ys),
    });
    results.push({
      name: `deconvnet of ${layer}, ${count} of ${of} channels, ${samples} samples`,
      unit: 'ms',
      value: projection,
      peer: {name: 'one forward + backward pass', value: pass},
      ratio: pass / projection,
      runs,
    });
  }
  model.dispose();
  tf.dispose([xs, ys]);
  return results;
}

/** conv32 - pool - conv64 - pool - dense128 - dense10. */
function network(): tf.LayersModel {
  const {layers} = tf;
  return tf.sequential({
    layers: [
      layers.conv2d({
        name: 'conv2d_1',
        inputShape: [28, 28, 1],
        filters: 32,
        kernelSize: 3,
        activation: 'relu',
      }),
      layers.maxPooling2d({poolSize: 2}),
      layers.conv2d({name: 'conv2d_2', filters: 64, kernelSize: 3, activation: 'relu'}),
      layers.maxPooling2d({poolSize: 2}),
      layers.flatten(),
      layers.dense({units: 128, activation: 'relu'}),
      layers.dense({units: 10, activation: 'softmax'}),
    ],
  });
}

/** The gradients of the loss by every weight: what one batch of training computes, short of the optimizer. */
async function forwardAndBackward(model: tf.LayersModel, xs: tf.Tensor, ys: tf.Tensor): Promise<void> {
  const loss = () =>
    tf.metrics.categoricalCrossentropy(ys, model.apply(xs, {training: true}) as tf.Tensor).mean<tf.Scalar>();
  const {value, grads} = tf.variableGrads(loss);
  await value.data();
  tf.dispose([value, grads]);
}

/** Median milliseconds of each, taken in turns so that a busy machine slows all alike; two rounds warm up. */
async function inTurns<Name extends string>(
  runs: number,
  work: Record<Name, () => Promise<unknown>>,
): Promise<Record<Name, number>> {
  const names = Object.keys(work) as Name[];
  const times = Object.fromEntries(names.map(name => [name, []])) as unknown as Record<Name, number[]>;
  for (let run = -2; run < runs; run++) {
    for (const name of names) {
      const start = performance.now();
      await work[name]();
      if (run >= 0) times[name].push(performance.now() - start);
    }
  }
  const medians = names.map(name => {
    const sorted = times[name].sort((a, b) => a - b);
    return [name, sorted[sorted.length >> 1]];
  });
  return Object.fromEntries(medians) as Record<Name, number>;
}
