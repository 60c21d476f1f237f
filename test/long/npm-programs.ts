import {testProgram} from '../support/npm-program.js';

testProgram('bench', 'build/bench/main.js', '--only=none');
testProgram('reproduce', 'build/reproduce/main.js', '--seeds=none');
testProgram('random-layers', 'scripts/random-layers.mjs', '--count=none');
testProgram('tamper', 'scripts/tamper.mjs', '--every=0');
testProgram('faults', 'scripts/faults/main.mjs', '--count=none');
