import type {Claim} from '../claim.js';
import {channelsByClass} from './classes.js';

export const circleSizes: Claim = {
  id: 'fig13-circle-sizes',
  figure: 'fig13',
  paper: "A channel's circles differ in size from class to class.",
  statistic: "spread of conv2d_2's entropies over the classes, in standard errors of one class's mean",
  threshold: 2,
  otherwise: 'with few samples of a class the standard error is large.',
  async measure(lab, seed) {
    const {errors, rows} = await channelsByClass(await lab.mnist(seed), 'conv2d_2', seed);
    return {value: errors, rows};
  },
};
