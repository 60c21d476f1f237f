import type {Claim} from '../claim.js';
import {ask, numbers} from '../lab.js';

/** A class entropy has settled when it stays this near to its last value, bits. */
const SETTLED = 0.15;

export const labelEntropy: Claim = {
  id: 'fig06-label-entropy',
  figure: 'fig6',
  paper: 'H(label | y) is stable earlier with 10,000 inputs than with 1,000.',
  statistic:
    'epochs until mean H(label | y) stays within 0.15 bits of its last value: small input minus large one',
  threshold: 0,
  otherwise: 'with few epochs the small input has not settled, so its last value comes too early.',
  async measure(lab, seed) {
    const rows = [];
    const settled = [];
    for (const size of [lab.plan.small, lab.plan.large]) {
      const answer = await ask(await lab.mnist(seed, size), 'mean(H(label | y) over class)');
      rows.push(...answer.map(({epoch, bits}) => ({seed, size, epoch: epoch ?? null, bits: bits ?? null})));
      const bits = numbers(answer);
      const last = bits.at(-1) ?? 0;
      settled.push(bits.findLastIndex(value => Math.abs(value - last) > SETTLED) + 1);
    }
    return {value: (settled[0] ?? 0) - (settled[1] ?? 0), rows};
  },
};
