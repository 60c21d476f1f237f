import {isTensor} from '../model/is-tensor.js';
import {drawStratified, NO_LABEL} from '../shared/index.js';
import {sharedArray} from '../shared/shared-array.js';
import type {LabelledSamples, Probe} from './samples-option.js';
import type {Tensor, TensorFlow} from '../model/tensorflow.js';

/** The values of one input of the model, sample after sample. */
export interface InputValues {
  /** Values in shared memory, so that there is one copy for all threads. */
  values: Float32Array | Int32Array;
  /** Values of one sample. */
  size: number;
  /** Shape of one sample, if given by a tensor; a typed array takes the model's. */
  shape: number[] | null;
}

/**
 * Samples with their classes, if they have any, copied out of the user's tensors, so that these may be disposed or changed at any time.
 */
export class LabelledSet {
  private constructor(
    /** Name of its option: `probe`, `evaluation` or `trainingSet`. */
    readonly what: string,
    readonly inputs: InputValues[],
    /** Class index of each sample; `NO_LABEL` of each where none has one. */
    readonly labels: Int32Array,
    /** Classes that the labels speak of: one-hot width, class names, or largest index + 1; 0 without labels. */
    readonly classes: number,
    /** True if one-hot rows or class names define the number of classes; indices may leave out the last. */
    readonly declared: boolean,
    /** Samples that the user gave, of which these may be some. */
    readonly given: number,
    /** Their positions among those; null where they are all, in the same order. */
    readonly rows: readonly number[] | null,
  ) {}

  get samples(): number {
    return this.labels.length;
  }

  /**
   * @param what - Name of the option, for messages: `probe`, `evaluation` or `trainingSet`.
   * @param draw - Keep only so many samples, default `most` or all where there are fewer, an even share of each class, drawn
   *   with `seed`.
   * @throws {RangeError} if labels don't fit xs, are no class indices, or give a sample several classes; if
   *   `draw.samples` exceeds the data; if nothing tells how many samples there are.
   */
  static read(
    tf: TensorFlow,
    what: string,
    data: Probe,
    draw?: {samples: number | undefined; most: number; seed: number},
  ): LabelledSet {
    const samples = sampleCount(what, data);
    if (samples === 0) throw new RangeError(`cnnSlicer: options.${what} holds no sample.`);
    const {labels, classes, declared} = data.labels
      ? withNames(readLabels(what, data.labels, samples), data.classNames)
      : {labels: new Int32Array(samples).fill(NO_LABEL), classes: 0, declared: false};
    const xs = Array.isArray(data.xs)
      ? (data.xs as (Tensor | Float32Array)[])
      : [data.xs as Tensor | Float32Array];
    xs.forEach((x, i) =>
      assertSamples(`options.${what}.xs${xs.length > 1 ? `[${i}]` : ''}`, x, labels.length),
    );
    if (draw?.samples !== undefined && draw.samples > labels.length) {
      throw new RangeError(
        `cnnSlicer: options.samples is ${draw.samples}, but options.${what} holds ${labels.length} samples; pass more data or a smaller number.`,
      );
    }
    const rows =
      draw && drawStratified(labels, Math.min(draw.samples ?? draw.most, labels.length), draw.seed);
    return new LabelledSet(
      what,
      xs.map(x => readRows(tf, x, labels.length, rows)),
      rows ? Int32Array.from(rows, i => labels[i] as number) : labels,
      classes,
      declared,
      labels.length,
      rows ?? null,
    );
  }
}

function sampleCount(what: string, {xs, labels}: Probe): number {
  const tensor = ([xs].flat() as unknown[]).find(isTensor);
  if (tensor) return tensor.shape[0] ?? 0;
  if (!labels) {
    throw new RangeError(
      `cnnSlicer: options.${what}.xs must be a tensor where there are no labels: its first axis counts the samples.`,
    );
  }
  return isTensor(labels) ? (labels.shape[0] ?? 0) : labels.length;
}

function assertSamples(name: string, x: Tensor | Float32Array, samples: number): void {
  if (isTensor(x)) {
    if (x.shape[0] !== samples)
      throw new RangeError(`cnnSlicer: ${name} has ${x.shape[0]} samples, but there are ${samples} labels.`);
  } else if (x.length === 0 || x.length % samples !== 0) {
    throw new RangeError(
      `cnnSlicer: ${name} has ${x.length} values, which is no multiple of the ${samples} labels.`,
    );
  }
}

interface ReadLabels {
  labels: Int32Array;
  classes: number;
  declared: boolean;
}

/** More are considered a mistake, such as identifiers instead of indices; each would be a row of every table. */
const MAX_CLASSES = 65_536;

function readLabels(what: string, source: LabelledSamples['labels'], samples: number): ReadLabels {
  const option = `cnnSlicer: options.${what}.labels`;
  const values = isTensor(source) ? source.dataSync() : source;
  const width =
    isTensor(source) && source.rank > 1 ? source.size / (source.shape[0] ?? 1) : values.length / samples;
  const fits = isTensor(source) ? source.shape[0] === samples : Number.isInteger(width) && width >= 1;
  if (!fits) {
    const received = isTensor(source) ? `shape [${source.shape.join(', ')}]` : `${values.length} values`;
    throw new RangeError(
      `${option} has ${received}, but xs holds ${samples} samples; pass one class index or one-hot row a sample.`,
    );
  }
  const {labels, classes} = width > 1 ? readRowLabels(option, values, width) : readIndices(option, values);
  if (classes > MAX_CLASSES) {
    const place = width > 1 ? '' : `[${labels.indexOf(classes - 1)}] is ${classes - 1}`;
    throw new RangeError(
      `${option}${place}: that would be ${classes} classes, of at most ${MAX_CLASSES}; number the classes 0, 1, 2, … without gaps.`,
    );
  }
  return {labels, classes, declared: width > 1};
}

function readIndices(option: string, values: ArrayLike<number>): Omit<ReadLabels, 'declared'> {
  const bad = Array.from(values).findIndex(value => !Number.isInteger(value) || value < 0);
  if (bad >= 0) {
    throw new RangeError(
      `${option}[${bad}] is ${values[bad]}; labels are class indices (integers >= 0) or one-hot rows.`,
    );
  }
  const most = Array.from(values).reduce((highest, value) => Math.max(highest, value), -1);
  return {labels: Int32Array.from(values), classes: most + 1};
}

function readRowLabels(
  option: string,
  values: ArrayLike<number>,
  width: number,
): Omit<ReadLabels, 'declared'> {
  const labels = argMaxRows(values, width);
  const several = labels.findIndex((_, row) => !hasOneMaximum(values, row * width, width));
  if (several >= 0) {
    throw new RangeError(
      `${option}: row ${several} names no class or several; a sample has one here. For a model with ` +
        `several labels a sample, leave the labels out, or pass the index of the class to group each sample by.`,
    );
  }
  return {labels, classes: width};
}

/** @throws {RangeError} if the names are fewer than the classes, or more than one-hot rows have. */
function withNames(read: ReadLabels, names: readonly string[] | undefined): ReadLabels {
  if (!names) return read;
  const {classes, declared} = read;
  if (names.length < classes || (declared && names.length > classes)) {
    throw new RangeError(
      `cnnSlicer: options.probe.classNames has ${names.length} names, but the labels speak of ${classes} classes.`,
    );
  }
  return {...read, classes: names.length, declared: true};
}

function hasOneMaximum(values: ArrayLike<number>, start: number, width: number): boolean {
  const row = Array.from({length: width}, (_, column) => values[start + column] as number);
  const most = Math.max(...row); // NaN if one is, which then is not in the row
  return row.includes(most) && !Number.isNaN(most) && row.indexOf(most) === row.lastIndexOf(most);
}

/** Index of the largest value of each row; the first among equals. */
export function argMaxRows(values: ArrayLike<number>, width: number): Int32Array {
  const rows = new Int32Array(values.length / width);
  for (let row = 0; row < rows.length; row++) {
    let best = 0;
    for (let column = 1; column < width; column++) {
      if ((values[row * width + column] as number) > (values[row * width + best] as number)) best = column;
    }
    rows[row] = best;
  }
  return rows;
}

/** Values that are read out of a tensor at once. */
const READ_VALUES = 2 ** 20;

function readRows(
  tf: TensorFlow,
  x: Tensor | Float32Array | Int32Array,
  samples: number,
  rows: readonly number[] = Array.from({length: samples}, (_, sample) => sample),
): InputValues {
  const size = (isTensor(x) ? x.size : x.length) / samples;
  const isInt = isTensor(x) ? x.dtype === 'int32' : x instanceof Int32Array;
  const values = sharedArray<Float32Array | Int32Array>(
    isInt ? Int32Array : Float32Array,
    rows.length * size,
  );
  if (!isTensor(x)) {
    rows.forEach((row, i) => values.set(x.subarray(row * size, (row + 1) * size), i * size));
    return {values, size, shape: null};
  }
  // In parts, as the backend would otherwise hold a second copy, and the memory of some backends never shrinks.
  const part = Math.max(1, Math.floor(READ_VALUES / size));
  for (let first = 0; first < rows.length; first += part) {
    const wanted = rows.slice(first, first + part);
    values.set(
      tf.tidy(() => tf.gather(x, tf.tensor1d(wanted, 'int32')).dataSync()),
      first * size,
    );
  }
  return {values, size, shape: x.shape.slice(1)};
}
