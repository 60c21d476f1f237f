import {isTensor} from '../model/is-tensor.js';
import {closest} from 'fastest-levenshtein';
import {show} from './show.js';
import type {Tensor} from '../model/tensorflow.js';

type TypedArray = Float32Array | Float64Array | Int32Array | Uint8Array;

/** Labelled samples: tensors, or typed arrays in the model's own input shape. */
export interface LabelledSamples {
  /** One entry, or one for each input of the model: a tensor [N, ...shape], or its N * size values in a typed array. */
  xs: Tensor | TypedArray | readonly (Tensor | TypedArray)[];
  /** N class indices from 0 on, or one-hot rows [N, classes]: one class a sample. */
  labels: Tensor | TypedArray | readonly number[];
}

/** Samples that may have no class: of a regression, an autoencoder, or with several labels each. */
export interface Probe extends Pick<LabelledSamples, 'xs'>, Partial<Pick<LabelledSamples, 'labels'>> {
  /** A name for each class, in the order of the class indices; default `0`, `1`, … */
  classNames?: readonly string[];
  /**
   * Which output of the model the labels belong to: its name or position; null for none, so that they only say which
   * samples are measured together. Default: the output with as many classes as the labels.
   */
  output?: string | number | null;
}

/** The set that a model is trained with, or a part of it; with labels, what is drawn of it has an even share of each class. */
export type TrainingSet = Pick<Probe, 'xs' | 'labels'>;

const KEYS = {
  probe: ['xs', 'labels', 'classNames', 'output'],
  evaluation: ['xs', 'labels'],
  trainingSet: ['xs', 'labels'],
} as const;

type SetName = keyof typeof KEYS;

/** Names that tfjs uses for the parts elsewhere. */
const OTHER_NAMES: Record<string, string> = {
  x: 'xs',
  inputs: 'xs',
  y: 'labels',
  ys: 'labels',
  targets: 'labels',
};

/**
 * Checks the form of a set of samples; whether it fits the model is checked when there is one.
 *
 * @param what - Name of the option.
 * @throws {TypeError} naming the received value and what to write instead.
 */
export function assertSamplesOption(
  what: SetName,
  value: unknown,
): asserts value is Partial<LabelledSamples> {
  const option = `options.${what}`;
  const form =
    what === 'evaluation' ? 'must be {xs, labels}' : 'must be {xs, labels}, or {xs} without classes';
  if (isDataset(value)) {
    throw wrong(
      `${option} is a dataset; take one batch of it: const [b] = await dataset.take(1).toArray(), then ${what}: {xs: b.xs, labels: b.ys}.`,
    );
  }
  if (Array.isArray(value) || isArrayLike(value)) {
    const received = Array.isArray(value) ? 'a list' : show(value);
    throw wrong(`${option} ${form}: tensors or typed arrays, got ${received}; pass {xs: …, labels: …}.`);
  }
  if (typeof value !== 'object' || value === null) {
    throw wrong(`${option} ${form}: tensors or typed arrays, got ${show(value)}.`);
  }
  const given = value as Record<string, unknown>;
  const stranger = Object.keys(given).find(key => !KEYS[what].some(known => known === key));
  if (stranger !== undefined) throw wrong(`${option} has no "${stranger}"; ${insteadOf(stranger, what)}.`);
  if (given.xs === undefined) throw wrong(`${option} ${form}: tensors or typed arrays, got ${show(value)}.`);
  const {xs, labels} = given;
  const inputs: [string, unknown][] =
    Array.isArray(xs) && xs.some(x => typeof x === 'object' && !Array.isArray(x))
      ? xs.map((x, i) => [`${option}.xs[${i}]`, x])
      : [[`${option}.xs`, xs]];
  for (const [name, input] of inputs) assertValues(name, input);
  if (labels !== undefined || what === 'evaluation') assertLabels(`${option}.labels`, labels);
  if (given.classNames !== undefined) assertClassNames(`${option}.classNames`, given.classNames);
  if (given.output !== undefined) assertOutput(`${option}.output`, given.output);
}

function insteadOf(key: string, what: SetName): string {
  const keys = KEYS[what];
  const list = `{${keys.join(', ')}}`;
  if (what !== 'probe' && KEYS.probe.some(known => known === key))
    return `it takes ${list}, and the ${key} of the probe`;
  const renamed = OTHER_NAMES[key];
  if (renamed) return `write ${renamed}: ${key}`;
  return `did you mean "${closest(key.toLowerCase(), [...keys])}"? It takes ${list}`;
}

function assertValues(name: string, values: unknown): void {
  if (Array.isArray(values))
    throw wrong(`${name} is an array of numbers; pass a tensor or a typed array of it: tf.tensor(xs).`);
  if (isDataset(values)) {
    throw wrong(
      `${name} is a dataset; take one batch of it: const [b] = await dataset.take(1).toArray(), then xs: b.xs.`,
    );
  }
  if (values instanceof Promise) throw wrong(`${name} is a promise; await it before.`);
  if (!isArrayLike(values)) {
    const several = typeof values === 'object' && values !== null && Object.values(values).some(isTensor);
    throw wrong(
      `${name} must be a tensor or a typed array, got ${show(values)}${several ? '; for several inputs pass a list, in the order of model.inputs' : ''}.`,
    );
  }
  assertReadable(name, values);
}

function assertLabels(name: string, labels: unknown): void {
  if (labels instanceof Promise) throw wrong(`${name} is a promise; await it before.`);
  if (Array.isArray(labels)) {
    const [first] = labels as unknown[];
    if (Array.isArray(first) || ArrayBuffer.isView(first))
      throw wrong(`${name} is an array of arrays; pass a tensor of it: tf.tensor2d(labels).`);
    const other = labels.findIndex(label => typeof label !== 'number');
    if (other >= 0) {
      const names = typeof labels[other] === 'string' ? '; the names of the classes go into classNames' : '';
      throw wrong(
        `${name}[${other}] is ${show(labels[other])}; labels are class indices (integers >= 0) or one-hot rows${names}.`,
      );
    }
    return;
  }
  if (!isArrayLike(labels)) {
    throw wrong(
      `${name} must be class indices or one-hot rows, in a tensor or an array of numbers, got ${show(labels)}.`,
    );
  }
  assertReadable(name, labels);
}

function assertReadable(name: string, values: unknown): void {
  if (!isTensor(values)) return;
  if (values.isDisposed)
    throw wrong(`${name} is a tensor that was disposed; pass one that still has its values.`);
  if (values.dtype === 'string' || values.dtype === 'complex64')
    throw wrong(`${name} is a tensor of ${values.dtype}; pass one of numbers.`);
}

function assertClassNames(name: string, names: unknown): void {
  if (!Array.isArray(names)) throw wrong(`${name} must be a list of texts, got ${show(names)}.`);
  const other = names.findIndex(entry => typeof entry !== 'string' || entry === '');
  if (other >= 0) {
    const received = names[other] === '' ? 'an empty text' : show(names[other]);
    throw wrong(`${name}[${other}] must be a text, the name of class ${other}, got ${received}.`);
  }
  const twice = names.findIndex((entry, i) => names.indexOf(entry) !== i);
  if (twice >= 0)
    throw wrong(`${name}: classes ${names.indexOf(names[twice])} and ${twice} are both "${names[twice]}".`);
}

function assertOutput(name: string, output: unknown): void {
  const fits = output === null || (typeof output === 'string' && output !== '') || Number.isInteger(output);
  if (!fits)
    throw wrong(
      `${name} must be the name or position of an output of the model, or null, got ${show(output)}.`,
    );
}

/** Typed arrays of numbers; those of BigInt are none. */
function isArrayLike(value: unknown): boolean {
  const typed =
    ArrayBuffer.isView(value) && 'length' in value && typeof (value as Uint8Array)[0] !== 'bigint';
  return typed || isTensor(value);
}

function isDataset(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'iterator' in value && 'forEachAsync' in value;
}

function wrong(problem: string): TypeError {
  return new TypeError(`cnnSlicer: ${problem}`);
}
