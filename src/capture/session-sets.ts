import type {TensorFlow} from '../model/tensorflow.js';
import {LabelledSet} from './labelled-set.js';
import {resolveOptions, type CaptureSettings, type CnnSlicerOptions} from './options.js';

/** Options with their defaults, and the samples that they name. */
export interface SessionSets {
  options: CaptureSettings;
  probe: LabelledSet;
  /** The probe itself where there is no larger set. */
  evaluation: LabelledSet;
  /** Null where none was given. */
  trainingSet: LabelledSet | null;
}

/** Samples that are drawn of a training set: the work of comparing each with each grows with their square. */
export const MAX_TRAINING_SAMPLES = 4096;

/** @throws {TypeError | RangeError} if an option does not fit, or the labels that another one needs are missing. */
export function readSessionSets(tf: TensorFlow, options: CnnSlicerOptions): SessionSets {
  const {probe: given, evaluation: larger, trainingSet: trained, ...settings} = resolveOptions(options);
  const {samples, seed} = settings;
  const {classNames, output} = given;
  const probe = LabelledSet.read(tf, 'probe', given, {samples, most: 256, seed});
  const evaluation = larger ? LabelledSet.read(tf, 'evaluation', larger) : probe;
  if (!given.labels && (larger ?? classNames)) {
    throw new RangeError(
      `cnnSlicer: options.${larger ? 'evaluation' : 'probe.classNames'} needs options.probe.labels: without them the run has no classes.`,
    );
  }
  const trainingSet = trained
    ? LabelledSet.read(tf, 'trainingSet', trained, {samples: undefined, most: MAX_TRAINING_SAMPLES, seed})
    : null;
  return {options: {...settings, probe: {classNames, output}}, probe, evaluation, trainingSet};
}
