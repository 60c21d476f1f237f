import {testEnding, type Ending} from '../support/ended-training.js';

/** Ways in which a script may end, besides `process.exit`. */
const endings: Record<string, Ending> = {
  'an uncaught error': {
    end: "setImmediate(() => { throw new Error('uncaught'); }); const until = performance.now() + 1; while (performance.now() < until);",
    reported: {code: 1, signal: null},
  },
  'an unhandled rejection': {
    end: "Promise.reject(new Error('unhandled'));",
    reported: {code: 1, signal: null},
  },
  SIGTERM: {end: "process.kill(process.pid, 'SIGTERM');", reported: {code: null, signal: 'SIGTERM'}},
  SIGINT: {end: "process.kill(process.pid, 'SIGINT');", reported: {code: null, signal: 'SIGINT'}},
  SIGHUP: {end: "process.kill(process.pid, 'SIGHUP');", reported: {code: null, signal: 'SIGHUP'}},
};

for (const [name, ending] of Object.entries(endings)) testEnding(name, ending);
