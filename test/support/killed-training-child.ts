/** A training for tests that kill it: `node killed-training-child.js DIR` goes on with the run in DIR for ever; says `ready`, then each epoch. */
import * as tf from '@tensorflow/tfjs';
import {cnnSlicer} from 'cnnslicer';
import {tinyCnn, tinyImages, tinyTensors} from './models.js';

const [, , dir = ''] = process.argv;
const {xs, ys} = tinyTensors(tf, 24);
const slicer = cnnSlicer(tf, dir, {probe: tinyImages(12), existing: 'resume', strict: true});
console.log('ready');
const teller = new tf.CustomCallback({onEpochEnd: epoch => console.log(`epoch ${epoch + 1}`)});
await tinyCnn(tf).fit(xs, ys, {epochs: 10_000, verbose: 0, callbacks: [slicer, teller]});
