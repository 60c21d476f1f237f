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

export interface Pooling {
  of: 'max' | 'average';
  /** Windows over one to three axes. */
  poolSize: number[];
  strides: number[];
  padding: 'same' | 'valid';
  channelsFirst: boolean;
}

/**
 * Of pooling: the largest value of a window gets its dy (the first of several; over volumes, as in tfjs, the last), or all
 * get the same share; padding takes no part.
 */
export function unpool(pooling: Pooling): InputGradient {
  return ({shape}, {x, dy}) => {
    const {channelsFirst, of} = pooling;
    const extents = channelsFirst ? shape.slice(1) : shape.slice(0, -1);
    const channels = (channelsFirst ? shape[0] : shape.at(-1)) as number;
    const windows = extents.map((extent, axis) => windowsOf(pooling, axis, extent));
    const outputs = windows.map(({length}) => length);
    const wins = (value: number, best: number) => value > best || (extents.length === 3 && value === best);
    const dx = new Float64Array(x.length);
    for (const [sample, channel, ...out] of everyPosition([x.length / sizeOf(shape), channels, ...outputs])) {
      const at = (position: number[], sizes: number[]) =>
        indexOf([sample as number, channel as number, ...position], [channels, ...sizes], channelsFirst);
      const window = product(out.map((position, axis) => windows[axis]?.[position] ?? [])).map(position =>
        at(position, extents),
      );
      const given = dy[at(out, outputs)] as number;
      const largest = window.reduce((best, i) => (wins(x[i] as number, x[best] as number) ? i : best));
      for (const i of of === 'max' ? [largest] : window) {
        dx[i] = (dx[i] as number) + (of === 'max' ? given : given / window.length);
      }
    }
    return Float32Array.from(dx);
  };
}

/**
 * The positions that each window covers on one axis, padding left out. Over volumes tfjs lets `same` be negative, unlike
 * Keras: windows shorter than their stride then begin inside.
 */
function windowsOf({poolSize, strides, padding}: Pooling, axis: number, extent: number): number[][] {
  const [size, stride] = [poolSize[axis] as number, strides[axis] as number];
  const count = padding === 'same' ? Math.ceil(extent / stride) : Math.floor((extent - size) / stride) + 1;
  const missing = padding === 'same' ? (count - 1) * stride + size - extent : 0;
  const pad = Math.floor(poolSize.length === 3 ? missing / 2 : Math.max(0, missing) / 2);
  return Array.from({length: count}, (_, window) =>
    Array.from({length: size}, (_, i) => window * stride - pad + i).filter(i => i >= 0 && i < extent),
  );
}

const sizeOf = (shape: readonly number[]) => shape.reduce((size, extent) => size * extent, 1);

/** Of [sample, channel, ...position] in a tensor with the channels first or last; sizes: [channels, ...extents]. */
function indexOf(at: readonly number[], sizes: readonly number[], channelsFirst: boolean): number {
  const last = <T>([first, ...rest]: readonly T[]) => [...rest, first as T];
  const [sample, ...within] = at;
  const [positions, extents] = channelsFirst ? [within, sizes] : [last(within), last(sizes)];
  return positions.reduce((before, position, axis) => before * (extents[axis] as number) + position, sample as number); // prettier-ignore
}

const everyPosition = (sizes: readonly number[]) => product(sizes.map(size => Array.from({length: size}, (_, i) => i))); // prettier-ignore

/** All choices of one value from each list, in row-major order. */
function product(lists: readonly number[][]): number[][] {
  return lists.reduce<number[][]>((chosen, list) => chosen.flatMap(start => list.map(value => [...start, value])), [[]]); // prettier-ignore
}
