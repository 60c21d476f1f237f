// Random layers of every kind on the wasm backend against the cpu backend, forward and all gradients, to 1e-4 relative.
// usage: npm run random-layers -- [--seed 1] [--count 2000] [--kind conv2d]; exit status 1 if one is wrong.
import {parseArgs} from 'node:util';
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import {enableWasmTraining} from 'cnnslicer/wasm';
import {checkRandomLayer} from '../build/test/support/random-layers/check.js';

const {values} = parseArgs({
  options: {
    seed: {type: 'string', default: '1'},
    count: {type: 'string', default: '2000'},
    kind: {type: 'string'},
  },
});
const [seed, count] = [Number(values.seed), Number(values.count)];
await tf.setBackend('wasm');
await enableWasmTraining(tf);
const worst = new Map();
let wrong = 0;
for (let index = 0; index < count; index++) {
  const told = `seed ${seed}, layer ${index}`;
  try {
    const {kind, error, layer} = await checkRandomLayer(seed, index, values.kind);
    const before = worst.get(kind) ?? {count: 0, error: 0};
    worst.set(kind, {count: before.count + 1, error: Math.max(before.error, error)});
    if (!(error < 1e-4)) {
      wrong++;
      console.log(`wrong by ${error.toExponential(1)} (${told}): ${kind}: ${layer}`);
    }
  } catch (error) {
    wrong++;
    console.log(`refused (${told}): ${error.message.slice(0, 300)}`);
  }
}
for (const [kind, {count, error}] of worst) console.log(`${kind}: ${count}, worst ${error.toExponential(1)}`);
console.log(`${count - wrong} of ${count} random layers are right`);
process.exitCode = wrong > 0 ? 1 : 0;
