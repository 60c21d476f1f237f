import type {Cube} from 'cnnslicer/analysis';
import type {Claim} from '../claim.js';
import {ask, lastEpoch} from '../lab.js';
import {correlation, mean} from '../statistics.js';

/** The most alike share of all pairs. */
const TOP = 0.1;

export const alikeProfiles: Claim = {
  id: 'fig08-alike-profiles',
  figure: 'fig8',
  paper: 'Filters with alike rows of channel capacity have alike feature maps (Fig. 8-9).',
  statistic:
    'mean correlation of the feature maps of the 10 % of conv2d_1 pairs with the most alike capacity profiles to conv2d_2, minus that of all pairs',
  threshold: 0.1,
  otherwise:
    'capacity sees distances between samples only: a map and its negative, or a rotated one, count as alike.',
  async measure(lab, seed) {
    const cube = await lab.mnist(seed);
    const epoch = await lastEpoch(cube);
    const profiles = new Map<number, number[]>();
    for (const {from_channel, bits} of await ask(
      cube,
      `C(dCNN(*, conv2d_1, *, ${epoch}), dCNN(*, conv2d_2, *, ${epoch}))`,
    )) {
      const profile = profiles.get(Number(from_channel)) ?? [];
      profile.push(Number(bits ?? 0));
      profiles.set(Number(from_channel), profile);
    }
    const maps = await mapsOf(cube, epoch);
    const rows = [];
    for (const [a, profile] of profiles) {
      for (const [b, other] of profiles) {
        if (a >= b) continue;
        const alike = correlation(profile, other);
        const shown = correlation(maps[a] ?? [], maps[b] ?? []);
        if (alike !== null && shown !== null) rows.push({seed, a, b, profiles: alike, maps: shown});
      }
    }
    rows.sort((x, y) => y.profiles - x.profiles);
    const top = rows.slice(0, Math.ceil(rows.length * TOP));
    return {value: mean(top.map(({maps}) => maps)) - mean(rows.map(({maps}) => maps)), rows};
  },
};

/** All maps of each channel, one after the other. */
async function mapsOf(cube: Cube, epoch: number): Promise<Float32Array[]> {
  const slice = await cube.slice({layers: ['conv2d_1'], epochs: [epoch]});
  const maps: Float32Array[] = [];
  for await (const one of slice.maps()) maps[one.channel] = one.maps;
  return maps;
}
