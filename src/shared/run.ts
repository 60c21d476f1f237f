import type {RunInfo} from './run-schema.js';

/** The label of a sample that has none. All samples of a run have one, or none has: then it has no classes either. */
export const NO_LABEL = -1;

/** Where findings lie within a run's TensorBoard folder: they are written when the training's own writers may be at work. */
export const FINDINGS_EVENTS = 'findings';

/** Samples whose activations a run stores: the first so many of the probe. The inputs are stored of all. */
export function storedSamples({options: {activations}, probe}: Pick<RunInfo, 'options' | 'probe'>): number {
  if (activations === 'all') return probe.samples;
  return activations === 'none' ? 0 : Math.min(activations.samples, probe.samples);
}
