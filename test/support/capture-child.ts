/**
 * A training with the callback, for tests that run it in another runtime than Node, as in `bun capture-child.js DIR`.
 * Prints as JSON what became of it; with `exit` after DIR it ends by process.exit once the second epoch is trained.
 */
import * as tf from '@tensorflow/tfjs';
import {findings, openCube} from 'cnnslicer/analysis';
import {cnnSlicer} from 'cnnslicer';
import {verifyRun} from 'cnnslicer/store';
import {tinyCnn, tinyImages, tinyTensors} from './models.js';

const [dir = '', exit] = process.argv.slice(2);
const {xs, ys} = tinyTensors(tf, 24);
const slicer = cnnSlicer(tf, dir, {probe: tinyImages(12)});
const ending = new tf.CustomCallback({
  onEpochEnd: epoch => {
    if (exit && epoch === 1) process.exit(0);
    return Promise.resolve();
  },
});
await tinyCnn(tf).fit(xs, ys, {epochs: 3, verbose: 0, callbacks: [slicer, ending]});
await slicer.finished;
const cube = await openCube(dir);
const capacity = await cube.query('C(dCNN(*, 1, *, 2), dCNN(*, 2, *, 2))');
const {ok, intact} = await verifyRun(dir);
const {versions, status} = cube.info;
const found = await findings(cube);
await cube.close();
console.log(JSON.stringify({versions, status, ok, intact, rows: capacity.rows, found: found.length}));
