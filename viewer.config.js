import alone from './ava.config.js';
import {together} from './scripts/together.mjs';

/** Looks at what is loaded. */
const ownProcess = ['ui/state/start.ts'];

/** The viewer in a real browser, and its state: `npm run test:viewer`. */
export default {
  ...alone,
  files: [...ownProcess.map(file => `test/${file}`), together('ui', ownProcess)],
  timeout: '10m',
};
