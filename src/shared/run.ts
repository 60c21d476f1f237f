import type {RunInfo} from './run-schema.js';

/** The label of a sample that has none. All samples of a run have one, or none has: then it has no classes either. */
export const NO_LABEL = -1;

/** Subfolder for findings in a run's TensorBoard folder, as the training's own writers may be active when they are written. */
export const FINDINGS_EVENTS = 'findings';

/** Returns the number of samples whose activations a run stores: the first ones of the probe. Inputs are stored of all. */
export function storedSamples({options: {activations}, probe}: Pick<RunInfo, 'options' | 'probe'>): number {
  if (activations === 'all') return probe.samples;
  return activations === 'none' ? 0 : Math.min(activations.samples, probe.samples);
}
