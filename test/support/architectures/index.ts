import {adversarial} from './adversarial.js';
import type {Architecture} from './architecture.js';
import {branching} from './branching.js';
import {convolutional} from './convolutional.js';
import {dense} from './dense.js';
import {sequences} from './sequences.js';

export {exampleOf, oneOrMany, SAMPLES, type Architecture, type Example} from './architecture.js';

export {supportedPage, supportOf, type Support} from './supported.js';

export const architectures: readonly Architecture[] = [
  ...convolutional,
  ...branching,
  ...sequences,
  ...dense,
  ...adversarial,
];
