import {testProgram} from '../support/npm-program.js';

// The others load more before they read their flags: test/long/npm-programs.ts.
testProgram('kills', 'scripts/kills.mjs', '--kills=none');
