import type {Existing} from '../shared/recording/run-parts.js';
import {closest, distance} from 'fastest-levenshtein';
import {z} from 'zod';
import {LIMITS, type CaptureOptions} from '../shared/index.js';
import {innermostIssue} from '../shared/innermost-issue.js';
import {BUDGET_FORMS, budgetSchema, type Budget} from './budget.js';
import {assertSamplesOption, type LabelledSamples, type Probe, type TrainingSet} from './samples-option.js';
import {show} from './show.js';
import {TENSORBOARD_FORMS, tensorBoardSchema, type TensorBoardOptions} from './tensorboard-options.js';
import type {Layer} from '../model/tensorflow.js';

/** Which layers to capture: names, positions among the layers (an InputLayer does not count), patterns, or a predicate. */
export type LayerSelection = readonly (string | number | RegExp)[] | RegExp | ((layer: Layer) => boolean);

/** How nested models are captured: layer by layer, or each as one layer. */
export type NestedModels = 'layers' | 'boxes';

/** Options of {@link cnnSlicer}. Only `probe` is required; unknown names are refused. */
export interface CnnSlicerOptions {
  /**
   * The fixed set that is pushed through the model at each captured epoch. Its labels say which samples are measured
   * together; without them there is one group, no class and no confusion matrix.
   */
  probe: Probe;
  /** Probe samples drawn, an even share of each class; integer >= 1. Default 256, or all where there are fewer. */
  samples?: number;
  /** Seed for choosing probe samples. Default 0. */
  seed?: number;
  /** Default: every layer whose output has channels, without dropout, noise, Flatten and InputLayer. */
  layers?: LayerSelection;
  /**
   * A model inside the model gives its layers, `encoder/conv2d_1`, or with `boxes` its outputs alone, `encoder`. Default
   * `layers`.
   */
  nestedModels?: NestedModels;
  /** Capture epoch 0, every n-th epoch and the last one. Default 1. */
  everyEpochs?: number;
  /** Precision of stored activations. `float16` halves the disk; values above 65504 become Infinity. Default `float32`. */
  dtype?: CaptureOptions['dtype'];
  /** Samples whose activations are stored; measures always see the whole probe. Default `all`. */
  activations?: CaptureOptions['activations'];
  /**
   * Bytes that a run may take: `disk` for the whole run (2e9), `memory` for a capture (512e6). Above it fewer samples are
   * stored, then as `float16`; batches become smaller, and then the largest layers are left out. The reductions are reported when
   * the training begins. Epochs beyond those that were announced are stored without activations once the budget is used
   * up. `Infinity` is no limit.
   */
  budget?: Partial<Budget>;
  /** Store the model's weights at each captured epoch (projections need them). Default true. */
  weights?: boolean;
  /** A larger set for the confusion matrix and the class entropies. Default: the probe. */
  evaluation?: LabelledSamples;
  /**
   * The training set: how much its inputs vary is stored as their inter-sample entropy, to compare runs of different
   * training sets. Of a larger set 4,096 samples are drawn. Default none.
   */
  trainingSet?: TrainingSet;
  /**
   * Where the folder holds a run already: `new` leaves it and creates one next to it (`mnist-2`), `overwrite` replaces it,
   * `resume` continues after its last epoch. A run that is being written is always left alone. Default `new`; a fit with
   * `initialEpoch` above 0 resumes.
   */
  existing?: Existing;
  /** Write TensorBoard events: true for `<run>/tensorboard`, a directory, or what is to be written where. Default true. */
  tensorboard?: boolean | string | TensorBoardOptions;
  /**
   * Make `fit` throw on the first failure, also of a part of an epoch, at the next hook, and reject `finished`, instead of warning once and disabling capture.
   * Default false.
   */
  strict?: boolean;
  /** Measure and write in a worker thread; false does it at the end of each epoch, in this one. Default true. */
  background?: boolean;
  /** Samples in one forward pass of the probe; smaller holds the event loop for shorter. Default 32. */
  batchSize?: number;
  /** Bins of the intra-sample entropy. Default 32. */
  bins?: number;
  /** Range rule of the intra-sample entropy. Default `layer`. */
  range?: CaptureOptions['range'];
  /** Neighbours of the inter-sample entropy. Default 15; less where a class has fewer samples. */
  k?: number;
}

/** The options as they took effect: defaults filled in, except what depends on the model. */
export type ResolvedOptions = Required<
  Omit<CnnSlicerOptions, 'samples' | 'layers' | 'evaluation' | 'trainingSet' | 'budget'>
> &
  Pick<CnnSlicerOptions, 'samples' | 'layers' | 'evaluation' | 'trainingSet'> & {budget: Budget};

/** The options after the samples are read: they keep none of the user's data alive. */
export type CaptureSettings = Omit<ResolvedOptions, 'probe' | 'evaluation' | 'trainingSet'> & {
  probe: Pick<Probe, 'classNames' | 'output'>;
};

const positive = (unit: string) => whole(`must be an integer >= 1 (${unit})`, 1);
/** Up to a limit that questions have, too. */
const limited = (from: number, to: number) => whole(`must be an integer from ${from} to ${to}`, from, to);
const whole = (message: string, from: number, to = Infinity) =>
  z.number(message).int(message).min(from, message).max(to, message);
const ACTIVATIONS_FORMS = "must be 'all', 'none' or {samples: n}";
const flag = z.boolean('must be true or false');

const schema = z.strictObject({
  probe: z.custom<Probe>(
    value => value !== undefined,
    'must be {xs, labels}, or {xs} without classes: tensors or typed arrays',
  ),
  samples: positive('probe samples').optional(),
  seed: z.number('must be a finite number').default(0),
  layers: z
    .custom<LayerSelection>(
      isSelection,
      'must be layer names, positions or patterns in an array, a RegExp, or a predicate',
    )
    .optional(),
  nestedModels: z.enum(['layers', 'boxes'], "must be 'layers' or 'boxes'").default('layers'),
  everyEpochs: positive('epochs').default(1),
  dtype: z.enum(['float32', 'float16'], "must be 'float32' or 'float16'").default('float32'),
  activations: z
    .union([z.enum(['all', 'none']), z.strictObject({samples: positive('samples')})], ACTIVATIONS_FORMS)
    .default('all'),
  budget: budgetSchema,
  weights: flag.default(true),
  evaluation: z.custom<LabelledSamples>().optional(),
  trainingSet: z.custom<TrainingSet>().optional(),
  existing: z.enum(['new', 'overwrite', 'resume'], "must be 'new', 'overwrite' or 'resume'").default('new'),
  tensorboard: tensorBoardSchema.default(true),
  strict: flag.default(false),
  background: flag.default(true),
  batchSize: positive('samples').default(32),
  bins: limited(2, LIMITS.bins).default(32),
  range: z.enum(['layer', 'channel', 'map'], "must be 'layer', 'channel' or 'map'").default('layer'),
  k: limited(1, LIMITS.k).default(15),
});

/** @throws {TypeError} if `dir` cannot be the path of a run folder. */
export function assertRunFolder(dir: unknown): void {
  if (typeof dir === 'string' && dir !== '') return;
  throw new TypeError(
    `cnnSlicer: dir must be the path of a run folder, e.g. 'runs/mnist', got ${String(dir)}.`,
  );
}

/**
 * Checks the options and fills in the defaults.
 *
 * @throws {TypeError} naming the first invalid option, what it must be, and the received value.
 */
export function resolveOptions(options: CnnSlicerOptions): ResolvedOptions {
  if (typeof options !== 'object' || options === null) {
    throw new TypeError(
      `cnnSlicer: options must be an object with a probe, {probe: {xs, labels}}, got ${show(options)}.`,
    );
  }
  const result = schema.safeParse(options);
  if (result.success) {
    const {probe, evaluation, trainingSet} = result.data;
    assertSamplesOption('probe', probe);
    if (evaluation !== undefined) assertSamplesOption('evaluation', evaluation);
    if (trainingSet !== undefined) assertSamplesOption('trainingSet', trainingSet);
    return result.data;
  }
  const issue = result.error.issues[0] && innermostIssue(result.error.issues[0]);
  if (issue?.code === 'unrecognized_keys') throw new TypeError(`cnnSlicer: ${unknownOption(issue)}.`);
  const path = issue?.path.map(String) ?? [];
  const received = path.reduce<unknown>(
    (value, key) => (value as Record<string, unknown> | undefined)?.[key],
    options,
  );
  throw new TypeError(
    `cnnSlicer: ${['options', ...path].join('.')} ${issue?.message ?? 'is not valid'}, got ${show(received)}.`,
  );
}

function unknownOption({path, keys}: z.core.$ZodIssueUnrecognizedKeys): string {
  const names = keys.map(key => `"${key}"`).join(', ');
  // Options that are objects with their own keys.
  const forms = {tensorboard: TENSORBOARD_FORMS, activations: ACTIVATIONS_FORMS, budget: BUDGET_FORMS};
  const [first] = path;
  if (first !== undefined) {
    return `options.${path.join('.')} has no ${names}; it ${forms[first as keyof typeof forms]}`;
  }
  const options = Object.keys(schema.shape);
  return `there is no option ${names}; ${offer(keys[0] ?? '', options)} options are ${options.join(', ')}`;
}

/** Suggests the option that was meant, if it differs from the received name by a few letters. */
function offer(key: string, options: readonly string[]): string {
  const near = closest(key, options);
  return distance(key.toLowerCase(), near.toLowerCase()) <= 2 ? `did you mean "${near}"? The` : 'the';
}

function isSelection(value: unknown): boolean {
  const one = (part: unknown) => typeof part === 'string' || Number.isInteger(part) || part instanceof RegExp;
  return (
    typeof value === 'function' ||
    value instanceof RegExp ||
    (Array.isArray(value) && value.length > 0 && value.every(one))
  );
}
