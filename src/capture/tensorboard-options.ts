import {convolutions} from '../shared/convolutions.js';
import type {HParam} from '../shared/recording/tensorboard-parts.js';
import {z} from 'zod';
import type {LayerInfo} from '../shared/index.js';

/** Additional events for TensorBoard, apart from scalars, histograms and the confusion matrix. */
export interface TensorBoardOptions {
  /**
   * A directory that runs and other programs may share: events go to a sub-directory with the run's name. Default
   * `<run>/tensorboard`. Start TensorBoard on a folder above the events, or the HParams page lacks its metrics.
   */
  dir?: string;
  /**
   * Pairs of captured layers whose channel capacities are drawn at each epoch. Default: the first two convolutions with
   * maps; `[]` for none.
   */
  capacity?: readonly (readonly [from: string, to: string])[];
  /** Probe samples whose feature maps are drawn at each epoch, for every convolution; 0 for none. Default 1. */
  featureMaps?: number;
  /** Custom hyperparameters for the HParams page, in addition to those that the callback knows, e.g. `{dropout: 0.3}`. */
  hparams?: Readonly<Record<string, HParam>>;
}

/** The option as it took effect. */
export type ResolvedTensorBoard = Required<Omit<TensorBoardOptions, 'capacity' | 'dir'>> &
  Pick<TensorBoardOptions, 'capacity'> & {
    /** Absolute; null for the run folder. */
    dir: string | null;
  };

export const TENSORBOARD_FORMS = 'must be true, false, a directory or {dir, capacity, featureMaps, hparams}';
const PAIRS = "must be pairs of layer names, e.g. [['conv2d_1', 'conv2d_2']]";
const DIRECTORY = 'must be the path of a directory';
const HPARAM = 'must be a text, a finite number or a boolean';
const COUNT = 'must be an integer >= 0 (probe samples)';

export const tensorBoardSchema = z.union(
  [
    z.boolean(),
    z.string().min(1, TENSORBOARD_FORMS),
    z.strictObject({
      dir: z.string(DIRECTORY).min(1, DIRECTORY).optional(),
      capacity: z.array(z.tuple([z.string(), z.string()], PAIRS), PAIRS).optional(),
      featureMaps: z.number(COUNT).int(COUNT).min(0, COUNT).optional(),
      hparams: z
        .record(z.string(), z.union([z.string(), z.number(), z.boolean()], HPARAM), HPARAM)
        .optional(),
    }),
  ],
  TENSORBOARD_FORMS,
);

/**
 * Fills in the defaults.
 *
 * @param absolute - Makes a directory's path absolute.
 * @returns Null if nothing is to be written.
 */
export function resolveTensorBoard(
  option: boolean | string | TensorBoardOptions,
  absolute: (path: string) => string,
): ResolvedTensorBoard | null {
  if (option === false) return null;
  const given = typeof option === 'object' ? option : typeof option === 'string' ? {dir: option} : {};
  const dir = given.dir === undefined ? null : absolute(given.dir);
  return {featureMaps: 1, hparams: {}, ...given, dir};
}

/**
 * The layer pairs to draw.
 *
 * @param layers - The L axis.
 * @throws {RangeError} if a layer is not captured.
 */
export function capacityPairs(
  {capacity}: ResolvedTensorBoard,
  layers: readonly LayerInfo[],
): (readonly [from: string, to: string])[] {
  if (!capacity) {
    const [first, second] = convolutions(layers);
    return first && second ? [[first.name, second.name]] : [];
  }
  const known = layers.map(({name}) => name);
  const missing = capacity.flat().find(name => !known.includes(name));
  if (missing !== undefined) {
    throw new RangeError(
      `options.tensorboard.capacity: layer "${missing}" is not captured; captured are ${known.join(', ')}.`,
    );
  }
  return [...capacity];
}
