import type {Cube} from 'cnnslicer/analysis';
import type {Claim} from '../claim.js';
import {ask, lastEpoch, numbers, type Lab} from '../lab.js';
import {mean, trend} from '../statistics.js';

const claim = (dataset: string, run: (lab: Lab, seed: number) => Promise<Cube>): Claim => ({
  id: `fig12-capacity-over-depth-${dataset}`,
  figure: 'fig12',
  paper: 'The capacity with layer 1 falls with depth.',
  statistic: `minus Spearman's correlation of depth and mean capacity with conv2d_1, at the last epoch (${dataset})`,
  threshold: 0.5,
  otherwise:
    'pooled maps vary less within a class than the maps before, so capacity need not fall at every layer.',
  async measure(lab, seed) {
    const cube = await run(lab, seed);
    const epoch = await lastEpoch(cube);
    const rows = [];
    for (const {name, index} of cube.info.layers.filter(({index}) => index >= 2)) {
      const [answer] = await ask(
        cube,
        `mean(C(dCNN(*, conv2d_1, *, ${epoch}), dCNN(*, ${name}, *, ${epoch})) over channel)`,
      );
      rows.push({seed, depth: index, layer: name, bits: mean(numbers(answer ? [answer] : []))});
    }
    return {value: -trend(rows.map(({bits}) => bits)), rows};
  },
});

export const capacityOverDepth = [
  claim('mnist', (lab, seed) => lab.mnist(seed)),
  claim('cifar10', (lab, seed) => lab.cifar10(seed)),
];
