import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import test, {type ExecutionContext} from 'ava';
import {cnnSlicer} from 'cnnslicer';
import {enableWasmTraining} from 'cnnslicer/wasm';
import {temporaryFolder} from '../support/temporary-folder.js';
import {warnings} from '../support/warnings.js';

const {layers} = tf;

/** What a capture of layers over images 9 x 8 says before it begins. */
async function said(t: ExecutionContext, over: tf.layers.Layer[], captures = 1): Promise<string[]> {
  const input = tf.input({shape: [9, 8, 2]});
  const model = tf.model({inputs: input, outputs: through(over, input)});
  const xs = tf.zeros([2, 9, 8, 2]);
  const folder = await temporaryFolder(t);
  const lines = await warnings(t, async () => {
    for (let run = 0; run < captures; run++) {
      const slicer = cnnSlicer(tf, `${folder}/${run}`, {probe: {xs}, strict: true, background: false});
      slicer.setModel(model);
      await slicer.capture(0);
      await slicer.close();
    }
  });
  return lines.filter(line => /backend has/.test(line));
}

const through = (over: tf.layers.Layer[], input: tf.SymbolicTensor) =>
  over.reduce((output, layer) => layer.apply(output) as tf.SymbolicTensor, input);

const conv = (config: object) => layers.conv2d({filters: 2, kernelSize: 3, ...config});
const remedy = "before training, await enableWasmTraining(tf) from 'cnnslicer/wasm'.";

test.serial('on wasm alone, one line names what cannot be trained or is wrong, and what to add', async t => {
  await tf.setBackend('wasm');
  const network = [conv({name: 'a'}), layers.maxPooling2d({name: 'pool', poolSize: 2}), conv({name: 'b', kernelSize: 1})]; // prettier-ignore
  t.deepEqual(await said(t, network, 2), [
    `cnnslicer: tfjs' wasm backend has no gradient of a, b, wrong gradient of pool; ${remedy}`,
  ]);
  const frozen = conv({name: 'frozen', trainable: false});
  t.deepEqual(await said(t, [frozen, layers.dense({units: 2})]), []);
});

test.serial('on wasm alone, windows that leave rows unused beside padding have a wrong output', async t => {
  await tf.setBackend('wasm');
  const windows: [object, boolean][] = [
    [{kernelSize: [1, 3], strides: [2, 1]}, false], // 9 rows: none is left
    [{kernelSize: [3, 1], strides: [1, 2]}, true], // of 8 columns one is
    [{kernelSize: [3, 1], strides: [1, 2], padding: 'valid'}, false],
    [{kernelSize: 1, strides: 2}, false],
  ];
  for (const [config, wrong] of windows) {
    const [line = ''] = await said(t, [conv({padding: 'same', name: 'windows', ...config})]);
    t.is(/wrong output of windows/.test(line), wrong, JSON.stringify(config));
    t.true(/wrong output|no gradient/.test(line));
  }
});

test.serial('layers within models and wrappers are found', async t => {
  await tf.setBackend('wasm');
  const inner = tf.sequential({name: 'inner', layers: [conv({name: 'deep', inputShape: [9, 8, 2]})]});
  t.regex((await said(t, [inner])).join(), /no gradient of deep;/);
  const steps = layers.timeDistributed({layer: layers.conv1d({name: 'steps', filters: 2, kernelSize: 2})});
  t.regex((await said(t, [steps])).join(), /no gradient of steps;/);
});

test.serial('after enableWasmTraining nothing is said', async t => {
  await tf.setBackend('wasm');
  await enableWasmTraining(tf);
  const pool = layers.averagePooling2d({poolSize: 2, padding: 'same'});
  t.deepEqual(await said(t, [conv({padding: 'same', strides: [1, 2], kernelSize: [3, 1]}), pool]), []);
});

test.serial('on cpu, the layers are named whose gradient or output tfjs has wrong', async t => {
  await tf.setBackend('cpu');
  const other = 'use the wasm backend with enableWasmTraining(tf), or tfjs-node.';
  const up = () => layers.upSampling2d({name: 'up', size: [2, 1]});
  t.deepEqual(await said(t, [up()]), [`cnnslicer: tfjs' cpu backend has wrong gradient of up; ${other}`]);
  t.deepEqual(await said(t, [layers.upSampling2d({size: [2, 2], interpolation: 'bilinear'})]), []);
  const pool = (strides: number) => layers.averagePooling2d({name: 'pool', poolSize: 2, strides, padding: 'same'}); // prettier-ignore
  t.regex((await said(t, [pool(2)])).join(), /wrong gradient of pool/); // 9 rows: one is padded
  const norm = (axis: number) => layers.batchNormalization({name: 'norm', axis});
  t.regex((await said(t, [norm(1)])).join(), /wrong output of norm/);
  t.deepEqual(await said(t, [norm(3), conv({padding: 'same'})]), []);
  const volumes = (poolSize: [number, number, number]) => [
    layers.reshape({targetShape: [9, 4, 2, 2]}),
    layers.maxPooling3d({name: 'volumes', poolSize, strides: [1, 1, 1]} as never),
  ];
  t.regex((await said(t, volumes([2, 2, 1]))).join(), /wrong gradient of volumes/);
  t.deepEqual(await said(t, volumes([1, 2, 2])), []);
});
