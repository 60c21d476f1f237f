import alone from './ava.config.js';
import {together} from './scripts/together.mjs';

/** Folders whose files share one process each. */
const folders = [
  'analysis',
  'capture',
  'measures',
  'metrics',
  'processes',
  'recorder',
  'reproduce',
  'server',
  'shared',
  'store',
  'tensorboard',
];

/** Folders that have their own commands: training.config.js, viewer.config.js, long.config.js. */
const elsewhere = ['cli', 'deconvnet', 'examples', 'packaging', 'scripts', 'training', 'ui', 'wasm-training'];

/** Changes modules for good. */
const ownProcess = ['store/durability.ts'];

/** What `npm test` runs: all but whole trainings, the browser's part and the tests of minutes. */
export default {
  ...alone,
  files: [
    ...alone.files,
    ...[...elsewhere, ...folders].map(folder => `!test/${folder}/**`),
    ...ownProcess.map(file => `test/${file}`),
    ...folders.map(folder => together(folder, ownProcess)),
  ],
  // What the files of a folder need is made, one after another, before the first of their tests.
  timeout: '10m',
};
