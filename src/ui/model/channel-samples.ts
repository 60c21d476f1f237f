import type {PredictionsRow} from '../../shared/index.js';

/** The samples of a class whose feature maps are stored, and those of them that are shown. */
export interface ChosenSamples {
  shown: number[];
  /** How many could be shown. */
  available: number;
  /** How many the probe has, stored or not. */
  total: number;
}

/**
 * Chooses samples to look at. Of one class the first ones; of all classes in turn one of each, so that every class is
 * seen before one is seen twice.
 *
 * @param rows - The predictions of one epoch: what tells the labels of the probe.
 * @param options.class - Class index; null is all classes.
 * @param options.stored - How many samples of the probe, from its first, have stored activations.
 */
export function chooseSamples(
  rows: readonly Pick<PredictionsRow, 'sample' | 'label'>[],
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
