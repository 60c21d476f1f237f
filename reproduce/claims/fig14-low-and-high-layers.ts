import type {Cube} from 'cnnslicer/analysis';
import type {Claim} from '../claim.js';
import type {Lab} from '../lab.js';
import {channelsByClass} from './classes.js';

interface Subject {
  dataset: string;
  high: string;
  run(this: void, lab: Lab, seed: number): Promise<Cube>;
}

const subjects: Subject[] = [
  {dataset: 'mnist', high: 'conv2d_2', run: (lab, seed) => lab.mnist(seed)},
  {dataset: 'cifar10', high: 'conv2d_6', run: (lab, seed) => lab.cifar10(seed)},
];

const consistency = ({dataset, high, run}: Subject): Claim => ({
  id: `fig14-consistency-${dataset}`,
  figure: 'fig14',
  paper: 'Low layers are more consistent across classes than high layers.',
  statistic: `relative spread over the classes: ${high} minus conv2d_1 (${dataset})`,
  threshold: 0,
  otherwise: 'the range rule decides how much of a class difference is seen.',
  async measure(lab, seed) {
    const cube = await run(lab, seed);
    const lower = await channelsByClass(cube, 'conv2d_1', seed);
    const higher = await channelsByClass(cube, high, seed);
    return {value: higher.variation - lower.variation, rows: [...lower.rows, ...higher.rows]};
  },
});

const entropy = ({dataset, high, run}: Subject): Claim => ({
  id: `fig14-entropy-${dataset}`,
  figure: 'fig14',
  paper: 'Low layers have higher entropy than high layers.',
  statistic: `mean intra-sample entropy, bits: conv2d_1 minus ${high} (${dataset})`,
  threshold: 0,
  otherwise:
    'maps of high layers are smaller, and one range for a layer leaves weak filters of low layers in few bins.',
  async measure(lab, seed) {
    const cube = await run(lab, seed);
    const lower = await channelsByClass(cube, 'conv2d_1', seed);
    const higher = await channelsByClass(cube, high, seed);
    return {value: lower.bits - higher.bits, rows: [...lower.rows, ...higher.rows]};
  },
});

export const lowAndHighLayers = subjects.flatMap(subject => [consistency(subject), entropy(subject)]);
