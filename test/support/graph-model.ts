import * as tf from '@tensorflow/tfjs';

const float = {T: {type: 'DT_FLOAT'}};
const shape = (extents: number[]) => ({shape: {dim: extents.map(size => ({size: String(size)}))}});
const ints = (values: number[]) => ({list: {i: values.map(String)}});

/**
 * The weights of the tiny CNN as a `tf.GraphModel`, written as the converter of TensorFlow does: nodes `images`, `conv/Relu`,
 * `pool/MaxPool`, `logits` and `probabilities`.
 */
export async function tinyGraphModel(layersModel: tf.LayersModel): Promise<tf.GraphModel> {
  const weights = layersModel.getWeights();
  const names = ['conv/kernel', 'conv/bias', 'dense/kernel', 'dense/bias'];
  const constants = names.map((name, i) => ({
    ...{name, op: 'Const'},
    attr: {dtype: {type: 'DT_FLOAT'}, value: {tensor: {dtype: 'DT_FLOAT', tensorShape: shape(weights[i]?.shape ?? []).shape}}}, // prettier-ignore
  }));
  const node = (name: string, op: string, input: string[], attr: object = {}) => ({
    ...{name, op, input},
    attr: {...float, ...attr},
  });
  const windows = (size: number, strides: number) => ({
    ksize: ints([1, size, size, 1]),
    strides: ints([1, strides, strides, 1]),
    ...{padding: {s: btoa('VALID')}, dataFormat: {s: btoa('NHWC')}},
  });
  const modelTopology = {
    node: [
      {name: 'images', op: 'Placeholder', attr: {dtype: {type: 'DT_FLOAT'}, ...shape([-1, 8, 8, 1])}},
      ...constants,
      {
        ...{name: 'flat', op: 'Const'},
        attr: {dtype: {type: 'DT_INT32'}, value: {tensor: {dtype: 'DT_INT32', tensorShape: shape([2]).shape}}}, // prettier-ignore
      },
      node('conv/Conv2D', 'Conv2D', ['images', 'conv/kernel'], {...windows(1, 1), dilations: ints([1, 1, 1, 1])}), // prettier-ignore
      node('conv/BiasAdd', 'BiasAdd', ['conv/Conv2D', 'conv/bias']),
      node('conv/Relu', 'Relu', ['conv/BiasAdd']),
      node('pool/MaxPool', 'MaxPool', ['conv/Relu'], windows(2, 2)),
      node('flatten', 'Reshape', ['pool/MaxPool', 'flat'], {Tshape: {type: 'DT_INT32'}}),
      node('dense/MatMul', 'MatMul', ['flatten', 'dense/kernel'], {
        ...{transpose_a: {b: false}, transpose_b: {b: false}},
      }),
      node('logits', 'BiasAdd', ['dense/MatMul', 'dense/bias']),
      node('probabilities', 'Softmax', ['logits']),
    ],
    versions: {producer: 1, minConsumer: 1},
  };
  const values = [...weights.map(weight => weight.dataSync()), Int32Array.of(-1, 36)];
  const weightSpecs = [
    ...names.map((name, i) => ({name, shape: weights[i]?.shape ?? [], dtype: 'float32' as const})),
    {name: 'flat', shape: [2], dtype: 'int32' as const},
  ];
  const weightData = await new Blob(values.map(array => Uint8Array.from(new Uint8Array(array.buffer, array.byteOffset, array.byteLength)))).arrayBuffer(); // prettier-ignore
  return tf.loadGraphModel(tf.io.fromMemory({modelTopology, weightSpecs, weightData}));
}
