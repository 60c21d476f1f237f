import type {Claim} from '../claim.js';
import {ask, numbers} from '../lab.js';

export const capacityOverEpochs: Claim = {
  id: 'fig11-capacity-over-epochs',
  figure: 'fig11',
  paper: 'The capacity between layer 1 and layer 5 falls over the epochs.',
  statistic: 'mean capacity of conv2d_1 and dense_1 (layers 1 and 5), bits: first epoch minus last',
  threshold: 0,
  otherwise:
    'an untrained layer 5 mixes the channels at random; the fall may begin only after the first epochs.',
  async measure(lab, seed) {
    const answer = await ask(
      await lab.mnist(seed),
      'mean(C(dCNN(*, conv2d_1, *, *), dCNN(*, dense_1, *, *)) over channel)',
    );
    const rows = answer.map(({epoch, bits}) => ({seed, epoch: epoch ?? null, bits: bits ?? null}));
    const bits = numbers(rows);
    return {value: (bits[0] ?? 0) - (bits.at(-1) ?? 0), rows};
  },
};
