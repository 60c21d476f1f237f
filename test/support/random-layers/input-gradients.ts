import * as tf from '@tensorflow/tfjs';
import type {DrawnLayer, InputGradient} from './kind.js';

/** Of a linear layer: dx(i) = sum over outputs of dy(o) times what the unit vector i gives there. */
export const transposeOfForward: InputGradient = (drawn, {dy}) => {
  const columns = imagesOfUnitVectors(drawn);
  const size = tf.util.sizeFromShape(drawn.shape);
  const outputs = columns.length / size;
  const dx = new Float32Array((dy.length / outputs) * size);
  for (let i = 0; i < dx.length; i++) {
    const [sample, unit] = [Math.floor(i / size), i % size];
    let sum = 0;
    for (let o = 0; o < outputs; o++) {
      sum += (dy[sample * outputs + o] as number) * (columns[unit * outputs + o] as number);
    }
    dx[i] = sum;
  }
  return dx;
};

/** On the backend that is active. */
function imagesOfUnitVectors({shape, apply}: DrawnLayer): ArrayLike<number> {
  const input = tf.input({shape});
  const model = tf.model({inputs: input, outputs: apply(input)});
  const size = tf.util.sizeFromShape(shape);
  const images = tf.tidy(() => model.predict(tf.eye(size).reshape([size, ...shape])) as tf.Tensor);
  const columns = images.dataSync();
  images.dispose();
  return columns;
}

/** Of max pooling over volumes: dy goes to the last of a window's largest values. */
export function unpoolVolumes(config: {
  poolSize: number[];
  strides: number[];
  padding: 'same' | 'valid';
  channelsFirst: boolean;
}): InputGradient {
  return ({shape}, {x, dy}) => {
    const extents = config.channelsFirst ? shape.slice(1) : shape.slice(0, -1);
    const channels = (config.channelsFirst ? shape[0] : shape.at(-1)) as number;
    const axes = extents.map((extent, axis) => windowsOf(extent, axis, config));
    const dx = new Float32Array(x.length);
    const voxels = extents.reduce((product, extent) => product * extent, 1);
    const index = (sample: number, at: number[], sizes: number[], channel: number) => {
      const voxel = at.reduce((before, position, axis) => before * (sizes[axis] as number) + position, 0);
      const count = sizes.reduce((product, size) => product * size, 1);
      return config.channelsFirst
        ? (sample * channels + channel) * count + voxel
        : (sample * count + voxel) * channels + channel;
    };
    const outputs = axes.map(windows => windows.length);
    for (let sample = 0; sample < x.length / (voxels * channels); sample++) {
      for (let channel = 0; channel < channels; channel++) {
        for (const out of product(outputs.map(count => Array.from({length: count}, (_, i) => i)))) {
          const window = product(out.map((position, axis) => axes[axis]?.[position] ?? []));
          const candidates = window.map(at => index(sample, at, extents, channel));
          const to = candidates.reduce((best, i) => ((x[i] as number) >= (x[best] as number) ? i : best));
          dx[to] = (dx[to] as number) + (dy[index(sample, out, outputs, channel)] as number);
        }
      }
    }
    return dx;
  };
}

/**
 * The positions that each window covers on one axis, padding left out. Over volumes tfjs lets `same` be negative, unlike
 * Keras: windows shorter than their stride then begin inside.
 */
function windowsOf(
  extent: number,
  axis: number,
  {poolSize, strides, padding}: Parameters<typeof unpoolVolumes>[0],
): number[][] {
  const [size, stride] = [poolSize[axis] as number, strides[axis] as number];
  const count = padding === 'same' ? Math.ceil(extent / stride) : Math.floor((extent - size) / stride) + 1;
  const pad = padding === 'same' ? Math.floor(((count - 1) * stride + size - extent) / 2) : 0;
  return Array.from({length: count}, (_, window) =>
    Array.from({length: size}, (_, i) => window * stride - pad + i).filter(i => i >= 0 && i < extent),
  );
}

/** All choices of one value from each list, in row-major order. */
function product(lists: readonly number[][]): number[][] {
  return lists.reduce<number[][]>((chosen, list) => chosen.flatMap(start => list.map(value => [...start, value])), [[]]); // prettier-ignore
}
