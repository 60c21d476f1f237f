import * as tf from '@tensorflow/tfjs';
import {describeArchitecture} from '#src/capture/architecture.js';
import type {LayerInfo, RunInfo} from '#src/shared/index.js';

/** What `run.json` says of a model's layers, as if all that have channels were captured; for `writeRun`. */
export function modelInfo(model: tf.LayersModel): Pick<RunInfo, 'layers' | 'inputs' | 'architecture'> {
  const without = ['Flatten', 'Dropout', 'BatchNormalization', 'InputLayer'];
  const nodes = describeArchitecture(model, new Set());
  const layers = nodes
    .filter(({className}, i) => i === 0 || !without.includes(className))
    .map(({name, className, shape}, index): LayerInfo => {
      const extents = shape.map(Number);
      return {index, name, className, spatial: extents.slice(0, -1), channels: extents.at(-1) ?? 1};
    });
  const captured = new Set(layers.map(({name}) => name));
  return {layers, inputs: 1, architecture: describeArchitecture(model, captured)};
}

type Symbolic = tf.SymbolicTensor;

const {layers: L} = tf;
const conv = (x: Symbolic, filters: number, name: string, more: object = {}): Symbolic =>
  L.conv2d({filters, kernelSize: 3, padding: 'same', name, kernelInitializer: 'zeros', ...more}).apply(
    x,
  ) as Symbolic;

/** Convolutions, a pool and two dense layers in a row. */
export function plainModel(): tf.LayersModel {
  const input = tf.input({shape: [12, 12, 1], name: 'image'});
  const pooled = L.maxPooling2d({poolSize: 2, name: 'pool'}).apply(conv(input, 8, 'conv_1')) as Symbolic;
  const flat = L.flatten({name: 'flatten'}).apply(conv(pooled, 16, 'conv_2')) as Symbolic;
  return tf.model({inputs: input, outputs: L.dense({units: 3, name: 'scores'}).apply(flat) as Symbolic});
}

/** A model inside a model, then an Inception block of four branches, and a skip over all of it. */
export function branchingModel(): tf.LayersModel {
  const inner = tf.sequential({name: 'encoder'});
  inner.add(
    L.conv2d({
      ...{inputShape: [12, 12, 8], filters: 8, kernelSize: 3, padding: 'same'},
      ...{name: 'encoder_conv_1', kernelInitializer: 'zeros'},
    }),
  );
  inner.add(
    L.conv2d({
      filters: 8,
      kernelSize: 3,
      padding: 'same',
      name: 'encoder_conv_2',
      kernelInitializer: 'zeros',
    }),
  );
  const input = tf.input({shape: [12, 12, 3], name: 'image'});
  const stem = conv(input, 8, 'stem');
  const encoded = inner.apply(stem) as Symbolic;
  const pool = L.maxPooling2d({poolSize: 3, strides: 1, padding: 'same', name: 'branch_pool'}).apply(encoded);
  const joined = L.concatenate({name: 'joined'}).apply([
    conv(encoded, 4, 'branch_1x1', {kernelSize: 1}),
    conv(conv(encoded, 4, 'branch_3x3_reduce', {kernelSize: 1}), 6, 'branch_3x3'),
    conv(conv(encoded, 2, 'branch_5x5_reduce', {kernelSize: 1}), 4, 'branch_5x5', {kernelSize: 5}),
    conv(pool as Symbolic, 2, 'branch_pool_proj', {kernelSize: 1}),
  ]);
  const narrowed = conv(joined as Symbolic, 8, 'narrow', {kernelSize: 1});
  const sum = L.add({name: 'sum'}).apply([narrowed, stem]) as Symbolic;
  const normed = L.batchNormalization({name: 'norm'}).apply(sum) as Symbolic;
  const active = L.reLU({name: 'active'}).apply(normed) as Symbolic;
  const pooled = L.globalAveragePooling2d({name: 'pooled'}).apply(active) as Symbolic;
  return tf.model({inputs: input, outputs: L.dense({units: 3, name: 'scores'}).apply(pooled) as Symbolic});
}

/** Residual blocks at four resolutions: `blocks` of four layers at each, and what is before and after them. */
export function residualModel(blocks: number): tf.LayersModel {
  const input = tf.input({shape: [16, 16, 3], name: 'image'});
  let x = conv(input, 4, 'stem');
  for (let stage = 1; stage <= 4; stage++) {
    const filters = 4 * 2 ** (stage - 1);
    if (stage > 1) x = conv(x, filters, `stage${stage}_down`, {strides: 2});
    for (let block = 1; block <= blocks; block++) {
      const name = `stage${stage}_block${block}`;
      const normed = L.batchNormalization({name: `${name}_bn`}).apply(conv(x, filters, `${name}_1_conv`));
      const inner = conv(normed as Symbolic, filters, `${name}_2_conv`);
      x = L.add({name: `${name}_add`}).apply([inner, x]) as Symbolic;
    }
  }
  const pooled = L.globalAveragePooling2d({name: 'pooled'}).apply(x) as Symbolic;
  return tf.model({inputs: input, outputs: L.dense({units: 3, name: 'scores'}).apply(pooled) as Symbolic});
}
