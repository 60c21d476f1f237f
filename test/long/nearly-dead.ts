import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {cnnSlicer} from 'cnnslicer';
import {openRun} from 'cnnslicer/store';
import {seededRandom} from '#src/shared/index.js';
import {temporaryFolder} from '../support/temporary-folder.js';

const EPOCHS = 3;
const CLASSES = 4;
/** Trainings; a seed each. `CNNSLICER_SEEDS=50` tries more of them. */
const SEEDS = Number(process.env['CNNSLICER_SEEDS'] ?? 4);

const {layers: L} = tf;

/** A network that a large learning rate kills within an epoch or two: in some seeds wholly, in others but for a few units. */
function fragileModel(seed: number): tf.Sequential {
  const from = (i: number) => tf.initializers.heNormal({seed: 10 * seed + i});
  const conv = {filters: 4, kernelSize: 3, activation: 'relu', kernelInitializer: from(1)} as const;
  const model = tf.sequential({
    layers: [
      L.conv2d({inputShape: [8, 8, 1], name: 'conv', ...conv}),
      L.maxPooling2d({poolSize: 2, name: 'pool'}),
      L.flatten(),
      L.dense({units: 16, activation: 'relu', name: 'wide', kernelInitializer: from(2)}),
      L.dense({units: 8, activation: 'relu', name: 'narrow', kernelInitializer: from(3)}),
      L.dense({units: CLASSES, activation: 'softmax', name: 'out', kernelInitializer: from(4)}),
    ],
  });
  model.compile({optimizer: tf.train.sgd(1), loss: 'categoricalCrossentropy'});
  return model;
}

/** Blurred spots, one place a class, with noise. */
function spots(samples: number, seed: number): {xs: Float32Array; labels: Int32Array} {
  const random = seededRandom(seed);
  const labels = Int32Array.from({length: samples}, (_, sample) => sample % CLASSES);
  const xs = Float32Array.from({length: samples * 64}, (_, i) => {
    const label = labels[Math.floor(i / 64)] ?? 0;
    const [row, column] = [Math.floor((i % 64) / 8), i % 8];
    const distance = Math.hypot(row - 2 - 3 * (label >> 1), column - 2 - 3 * (label & 1));
    return Math.max(0, 1 - distance / 3) + 0.2 * random();
  });
  return {xs, labels};
}

for (let seed = 1; seed <= SEEDS; seed++) {
  test(`a training that kills its units is captured whole, seed ${seed}`, async t => {
    const dir = join(await temporaryFolder(t), 'run');
    const probe = spots(128, 1000 + seed);
    const data = spots(96, seed);
    const [x, y] = tf.tidy(() => [
      tf.tensor4d(data.xs, [96, 8, 8, 1]),
      tf.oneHot(tf.tensor1d(data.labels, 'int32'), CLASSES).toFloat(),
    ]);
    const model = fragileModel(seed);
    const slicer = cnnSlicer(tf, dir, {probe, strict: true, background: false});
    await model.fit(x, y, {
      epochs: EPOCHS,
      batchSize: 16,
      shuffle: false,
      verbose: 0,
      callbacks: slicer,
    });
    await slicer.finished;
    tf.dispose([x, y]);
    model.dispose();
    const run = await openRun(dir);
    t.deepEqual(await run.epochs(), [0, 1, 2, 3]);
    const rows = await run.table('layer_entropy');
    t.is(rows.length, (EPOCHS + 1) * run.info.layers.length * (CLASSES + 1));
    t.deepEqual(
      rows.filter(({reason}) => reason === 'failed'),
      [],
    );
    for (const {layer, bits, log2_edges, matrix_bits, n, reason} of rows) {
      if (reason === null) t.true(bits !== null && bits >= 0 && bits <= Number(log2_edges), layer);
      if (matrix_bits !== null) t.true(matrix_bits >= 0 && matrix_bits <= Math.log2(n - 1), layer);
    }
  });
}
