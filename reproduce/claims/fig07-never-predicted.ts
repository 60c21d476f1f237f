import type {Claim} from '../claim.js';
import type {Row} from '../row.js';
import {ask} from '../lab.js';

export const neverPredicted: Claim = {
  id: 'fig07-never-predicted',
  figure: 'fig7',
  paper:
    'Early in training some classes are never predicted: gaps in H(label | y), empty columns of the matrix.',
  statistic: 'classes without a prediction: at the first captured epoch, minus at the last',
  threshold: 0,
  otherwise: 'an untrained network may happen to predict every class.',
  async measure(lab, seed) {
    const cube = await lab.mnist(seed, lab.plan.small);
    const rows = (await ask(cube, 'H(label | y)')).map((row): Row => ({seed, ...row}));
    const gaps = (epoch: number) => rows.filter(row => row['epoch'] === epoch && row['bits'] === null).length;
    const epochs = await cube.epochs();
    return {value: gaps(epochs[0] ?? 0) - gaps(epochs.at(-1) ?? 0), rows};
  },
};
