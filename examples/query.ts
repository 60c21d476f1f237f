/**
 * A run is a hypercube dCNN(samples, layers, channels, epochs): ask it in the notation, or go through its feature maps.
 *
 *   npm run example mnist && npm run example query
 */
import {openCube, resultRows} from 'cnnslicer/analysis';

const [dir = 'runs/mnist'] = process.argv.slice(2);
const run = await openCube(dir); // reads nothing yet but run.json
const epochs = await run.epochs();
const last = epochs.at(-1);
console.log(`${run.info.name}: ${run.info.layers.length} layers, epochs ${epochs.join(', ')}`);

// Every answer is a table, with the facts that it rests on.
const entropy = await run.query(`H(dCNN(*, conv_1, *, ${last}))`);
console.log(`${entropy.measure}, ${entropy.unit}s`, entropy.facts);
console.table(resultRows(entropy), ['channel', 'bits', 'dead']);

// Undefined is null, with a reason: a class that is never predicted has no H(label | y).
console.table(resultRows(await run.query('H(label | y, epoch=0)')), ['name', 'bits', 'reason']);

// A capacity says something above what chance alone gives: shuffle the samples and compare.
const layers = `dCNN(*, conv_1, *, ${last}), dCNN(*, conv_2, *, ${last})`;
console.table(resultRows(await run.query(`max(C(${layers}, permutations=20) over channel)`)));

// The maps themselves, one channel at a time, read when the loop gets there.
const threes = await run.slice({samples: {labels: [3]}, layers: ['conv_1'], epochs: [last ?? 0]});
for await (const {channel, samples, maps} of threes.maps()) {
  const mean = maps.reduce((sum, value) => sum + value, 0) / maps.length;
  console.log(`channel ${channel}: ${samples.length} maps of a 3, mean activation ${mean.toFixed(3)}`);
}
await run.close();
