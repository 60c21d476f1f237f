import alone from './ava.config.js';
import {together} from './scripts/together.mjs';

/** Files that look at what is loaded, and those that load a native backend where one is installed. */
const ownProcess = [
  'training/backend-warnings.ts',
  'training/isolation.ts',
  'training/native.ts',
  'training/peers/model-checkpoint.ts',
  'training/peers/native-tensorboard.ts',
  'training/peers/together.ts',
];

/** Whole trainings, their backends, what is computed with the models of their epochs, the commands and the
 * package: `npm run test:training`. */
export default {
  ...alone,
  files: [
    'test/{cli,examples,packaging,scripts,wasm-training}/**/*.ts',
    ...ownProcess.map(file => `test/${file}`),
    ...['deconvnet', 'training'].map(folder => together(folder, ownProcess)),
  ],
  timeout: '10m',
};
