// Random layers of every kind on the wasm backend against the cpu backend, forward and all gradients, to 1e-4 relative.
// Exit status 1 if one is wrong.
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import {enableWasmTraining} from 'cnnslicer/wasm';
import {checkRandomLayer} from '../build/test/support/random-layers/check.js';
import {integer} from '../dist/cli/shared-options.js';
import {program} from './program.mjs';

const {
  seed,
  count,
  kind: only,
} = program(
  'random-layers',
  'Try random layers of every kind on the wasm backend against the cpu backend, forward and all gradients.',
  ['', '--count 200 --kind conv2d --seed 7'],
)
  .option('--seed <number>', 'of the layers', integer(0), 1)
  .option('--count <number>', 'how many', integer(1), 2000)
  .option('--kind <name>', 'one kind alone; default all')
  .parse()
  .opts();
await tf.setBackend('wasm');
await enableWasmTraining(tf);
const worst = new Map();
let wrong = 0;
for (let index = 0; index < count; index++) {
  const label = `seed ${seed}, layer ${index}`;
  try {
    const {kind, error, layer} = await checkRandomLayer(seed, index, only);
    const before = worst.get(kind) ?? {count: 0, error: 0};
    worst.set(kind, {count: before.count + 1, error: Math.max(before.error, error)});
    if (!(error < 1e-4)) {
      wrong++;
      console.log(`wrong by ${error.toExponential(1)} (${label}): ${kind}: ${layer}`);
    }
  } catch (error) {
    wrong++;
    console.log(`refused (${label}): ${error.message.slice(0, 300)}`);
  }
}
for (const [kind, {count, error}] of worst) console.log(`${kind}: ${count}, worst ${error.toExponential(1)}`);
console.log(`${count - wrong} of ${count} random layers are right`);
process.exitCode = wrong > 0 ? 1 : 0;
