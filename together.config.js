import alone from './ava.config.js';
import {together} from './scripts/together.mjs';

/** Folders whose files share one process each. */
const folders = [
  'analysis',
  'capture',
  'deconvnet',
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

/**
 * Files that change modules, backends or the process for good, or look at what is loaded. With a native backend installed,
 * that is so of those that load it.
 */
const ownProcess = [
  'capture/backend-warnings.ts',
  'capture/isolation.ts',
  'capture/native.ts',
  'capture/peers/model-checkpoint.ts',
  'capture/peers/native-tensorboard.ts',
  'capture/peers/together.ts',
  'store/durability.ts',
];

/** What `npm test` runs: all but the browser's part (viewer.config.js) and the tests of minutes (long.config.js). */
export default {
  ...alone,
  files: [
    ...alone.files,
    '!test/ui/**',
    ...folders.map(folder => `!test/${folder}/**`),
    ...ownProcess.map(file => `test/${file}`),
    ...folders.map(folder => together(folder, ownProcess)),
  ],
  // What the files of a folder need is made, one after another, before the first of their tests.
  timeout: '10m',
};
