import type {Claim} from '../claim.js';
import {ask, lastEpoch, numbers} from '../lab.js';
import {mean} from '../statistics.js';

export const poolingDiagonal: Claim = {
  id: 'fig10-pooling-diagonal',
  figure: 'fig10',
  paper: 'Before and after max pooling, the capacity of a channel is highest with itself: the diagonal.',
  statistic: 'share of the channels of conv2d_2 whose capacity is highest with their own pooled maps',
  threshold: 0.9,
  otherwise: 'channels that never respond have capacity 0 with all.',
  async measure(lab, seed) {
    const cube = await lab.mnist(seed);
    const epoch = await lastEpoch(cube);
    const answer = await ask(
      cube,
      `C(dCNN(*, conv2d_2, *, ${epoch}), dCNN(*, max_pooling2d_2, *, ${epoch}))`,
    );
    const best = new Map<number, {to: number; bits: number}>();
    for (const row of answer) {
      const [from, to, bits] = [
        Number(row['from_channel']),
        Number(row['to_channel']),
        Number(row['bits'] ?? 0),
      ];
      if (bits > (best.get(from)?.bits ?? -1)) best.set(from, {to, bits});
    }
    const rows = [...best].map(([channel, {to, bits}]) => ({seed, channel, highest_with: to, bits}));
    return {value: mean(rows.map(row => Number(row.channel === row.highest_with))), rows};
  },
};

export const poolingRedundancy: Claim = {
  id: 'fig10-pooling-redundancy',
  figure: 'fig10',
  paper: 'The redundancy between channels before and after max pooling falls during training.',
  statistic:
    'mean capacity of different channels of conv2d_2 and max_pooling2d_2, bits: first epoch minus last',
  threshold: 0,
  otherwise:
    'a short training still adds structure that channels share; the untrained network is the wrong start.',
  async measure(lab, seed) {
    const cube = await lab.mnist(seed);
    const rows = [];
    for (const epoch of await cube.epochs()) {
      const answer = await ask(
        cube,
        `C(dCNN(*, conv2d_2, *, ${epoch}), dCNN(*, max_pooling2d_2, *, ${epoch}))`,
      );
      const others = answer.filter(row => row['from_channel'] !== row['to_channel']);
      rows.push({seed, epoch, bits: mean(numbers(others))});
    }
    return {value: (rows[0]?.bits ?? 0) - (rows.at(-1)?.bits ?? 0), rows};
  },
};
