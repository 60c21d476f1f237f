import type * as tf from '@tensorflow/tfjs';
import type {Draw} from './draw.js';

/** One drawn layer, with the input that it gets. */
export interface DrawnLayer {
  /** Of one sample. */
  shape: number[];
  /** Applies a new layer of the drawn configuration: each backend makes its own. */
  apply: (input: tf.SymbolicTensor) => tf.SymbolicTensor;
  /** The gradients that tfjs has for it; all, if left out. */
  gradients?: 'all' | 'weights' | 'none';
  /** Differentiated as in training, where that makes a difference. */
  training?: boolean;
  /** The input's gradient by its definition, where tfjs' cpu backend has it wrong. */
  inputGradient?: InputGradient;
  /** The input holds indices below this. */
  indices?: number;
  /** Many equal values in the input. */
  ties?: boolean;
  /** Samples a batch, at least. */
  batch?: number;
}

/** Computes in float64. Shapes: x [batch, ...shape], dy as the layer's output. */
export type InputGradient = (drawn: DrawnLayer, given: Record<'x' | 'dy', Float32Array>) => Float32Array;

/** Draws a layer of one kind. */
export type Kind = (draw: Draw) => DrawnLayer;

export type Padding = 'same' | 'valid';
export type DataFormat = 'channelsFirst' | 'channelsLast';

/** What tfjs-layers calls an activation, all of them but softmax. */
const activations = [
  'elu',
  'gelu',
  'gelu_new',
  'hardSigmoid',
  'linear',
  'mish',
  'relu',
  'relu6',
  'selu',
  'sigmoid',
  'softplus',
  'softsign',
  'swish',
  'tanh',
] as const;

export const anyActivation = ({pick}: Draw) => pick(activations);
export const anyPadding = ({pick}: Draw) => pick<Padding>(['same', 'valid']);

/** Applies one layer. */
export const one =
  (make: () => tf.layers.Layer): DrawnLayer['apply'] =>
  input =>
    make().apply(input) as tf.SymbolicTensor;

/** Extents of one axis or several, and the channels first or last. */
export function inFormat(dataFormat: DataFormat, extents: number[], channels: number): number[] {
  return dataFormat === 'channelsFirst' ? [channels, ...extents] : [...extents, channels];
}

export interface Windows {
  extents: number[];
  size: number[];
  strides: number[];
  padding: Padding;
}

/** Windows that go over some axes, also shorter than their stride, also as long as the axis. */
export function anyWindows(draw: Draw, axes: number, {longest = 13, largest = 4, stride = 4} = {}): Windows {
  const extents = Array.from({length: axes}, () => draw.int(2, longest));
  const padding = anyPadding(draw);
  const size = extents.map(extent => draw.int(1, padding === 'valid' ? Math.min(largest, extent) : largest));
  const even = draw.flag();
  const first = draw.int(1, stride);
  return {extents, padding, size, strides: extents.map(() => (even ? first : draw.int(1, stride)))};
}

export interface DilatedWindows extends Windows {
  dilationRate: number[];
}

/** Windows with gaps. tfjs knows them with a stride of 1 alone. */
export function anyDilatedWindows(draw: Draw, axes: number, longest = 13): DilatedWindows {
  const extents = Array.from({length: axes}, () => draw.int(3, longest));
  const padding = anyPadding(draw);
  const size = extents.map(() => draw.int(1, 3));
  const dilationRate = size.map((taps, axis) => {
    const room = taps === 1 ? 3 : Math.floor(((extents[axis] as number) - 1) / (taps - 1));
    return draw.int(1, padding === 'valid' ? Math.max(1, Math.min(3, room)) : 3);
  });
  return {extents, padding, size, dilationRate, strides: extents.map(() => 1)};
}
