import {NO_LABEL, type PredictionsRow} from '../../shared/index.js';

/** The samples of a class whose feature maps are stored, and those of them that are shown. */
export interface ChosenSamples {
  shown: number[];
  /** How many could be shown. */
  available: number;
  /** How many the probe has, stored or not. */
  total: number;
}

/** A sample of the probe with the class it belongs to. */
export type Labelled = Pick<PredictionsRow, 'sample' | 'label'>;

/**
 * The samples of the probe with their labels, as far as the viewer knows them.
 *
 * @param predictions - Of one epoch; a run whose model does not classify has none, and its samples count as one group.
 */
export function labelledSamples(predictions: readonly Labelled[], samples: number): readonly Labelled[] {
  if (predictions.length > 0) return predictions;
  return Array.from({length: samples}, (_, sample) => ({sample, label: NO_LABEL}));
}

/**
 * Chooses samples to look at. Of one class the first ones; of all classes in turn one of each, so that every class is
 * seen before one is seen twice.
 *
 * @param rows - Of the whole probe.
 * @param options.class - Class index; null is all classes.
 * @param options.stored - How many samples of the probe, from its first, have stored activations.
 */
export function chooseSamples(
  rows: readonly Labelled[],
  {class: classIndex, stored, most}: {class: number | null; stored: number; most: number},
): ChosenSamples {
  const ofClass = rows
    .filter(row => classIndex === null || row.label === classIndex)
    .sort((a, b) => a.sample - b.sample);
  const usable = ofClass.filter(row => row.sample < stored);
  const seen = new Map<number, number>();
  const turns = usable.map(row => {
    const turn = seen.get(row.label) ?? 0;
    seen.set(row.label, turn + 1);
    return {...row, turn};
  });
  turns.sort((a, b) => a.turn - b.turn || a.label - b.label);
  return {
    shown: turns.slice(0, most).map(row => row.sample),
    available: usable.length,
    total: ofClass.length,
  };
}
