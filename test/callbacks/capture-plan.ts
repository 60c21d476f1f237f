import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {cnnSlicer} from 'cnnslicer';
import {openRun} from 'cnnslicer/store';
import {countCaptures, planCapture, type Demand} from '#src/callbacks/capture-plan.js';
import {costLine} from '#src/callbacks/cost-line.js';
import {seededRandom} from '#src/shared/index.js';
import {CONV, DENSE} from '../support/run-folder.js';
import {tinyCnn, tinyImages, tinyTensors} from '../support/models.js';
import {temporaryFolder} from '../support/temporary-folder.js';
import {warnings} from '../support/warnings.js';

/** 1000 values a sample, 256 samples: 1.024 MB an epoch as float32. */
const demand = (changes: Partial<Demand> = {}): Demand => ({
  layers: [
    {...CONV, spatial: [9, 10], channels: 10},
    {...DENSE, channels: 100},
  ],
  samples: 256,
  weightBytes: 0,
  captures: 10,
  options: {dtype: 'float32', activations: 'all', batchSize: 32},
  budget: {disk: 2e9, memory: 512e6},
  ...changes,
});

/** What is stored where a run may take so many bytes an epoch. */
const storedIn = (epochBytes: number, changes: Partial<Demand> = {}) => {
  const {dtype, activations} = planCapture(
    demand({budget: {disk: 10 * epochBytes, memory: 512e6}, ...changes}),
  );
  return [activations, dtype];
};

test('what fits into the budget is captured as asked for, and nothing is said', t => {
  const wanted = demand();
  const plan = planCapture(wanted);
  t.like(plan, {activations: 'all', dtype: 'float32', batchSize: 32, leftOut: []});
  t.deepEqual([plan.epochBytes, plan.runBytes], [1_024_000, 10_240_000]);
  t.is(costLine(plan, wanted, 1e12), null);
});

test('above the budget fewer samples are stored, then in half precision, then fewer still, then none', t => {
  t.deepEqual(storedIn(1_024_000), ['all', 'float32']);
  t.deepEqual(storedIn(1_023_000), [{samples: 255}, 'float32']);
  t.deepEqual(storedIn(256_000), [{samples: 64}, 'float32']);
  t.deepEqual(storedIn(255_000), [{samples: 127}, 'float16']);
  t.deepEqual(storedIn(2_000), [{samples: 1}, 'float16']);
  t.deepEqual(storedIn(1_999), ['none', 'float16']);
  t.deepEqual(storedIn(1_024_000, {weightBytes: 24_000}), [{samples: 250}, 'float32']);
  const few = {options: {...demand().options, activations: {samples: 20}}};
  t.deepEqual(storedIn(80_000, few), [{samples: 20}, 'float32']);
  t.deepEqual(storedIn(79_000, few), [{samples: 20}, 'float16']);
});

test('a run never takes more than its budget beyond its weights, whatever it is made of', t => {
  const random = seededRandom(3);
  const upTo = (most: number) => 1 + Math.floor(most * random());
  for (let i = 0; i < 2000; i++) {
    const wanted = demand({
      layers: [{...CONV, spatial: [upTo(300), upTo(300)], channels: upTo(64)}, DENSE],
      samples: upTo(500),
      weightBytes: upTo(1e6),
      captures: upTo(100),
      budget: {disk: 10 ** (6 + 4 * random()), memory: 10 ** (8 + random())},
    });
    const plan = planCapture(wanted);
    const {weightBytes, captures, budget} = wanted;
    t.true(plan.runBytes <= Math.max(budget.disk, weightBytes * captures!));
    t.true(plan.runBytes <= plan.wantedRunBytes);
  }
  t.pass();
});

test('batches are made smaller to fit into memory, and a layer is left out that no batch can hold', t => {
  const large = {...CONV, name: 'large', spatial: [1000, 1000], channels: 20};
  const small = {...CONV, name: 'small', spatial: [1000, 1000], channels: 4};
  t.is(planCapture(demand({layers: [small]})).batchSize, 4);
  t.like(planCapture(demand({layers: [small, large]})), {leftOut: [], batchSize: 1});
  const tight = {disk: 2e9, memory: 128e6};
  t.deepEqual(planCapture(demand({layers: [small, large], budget: tight})).leftOut, [large]);
});

test('captures are counted: the first, every so many epochs, and the last', t => {
  const count = (epochs: number | null, initialEpoch: number, every: number) =>
    countCaptures({epochs, initialEpoch}, every);
  t.deepEqual([count(20, 0, 1), count(7, 0, 3), count(6, 0, 3), count(10, 4, 3)], [21, 4, 3, 4]);
  t.is(count(null, 0, 1), null);
});

test('one line says what a run takes, what was left out, and what changes it', t => {
  const wanted = demand({captures: 2000});
  t.is(
    costLine(planCapture(wanted), wanted, 1e9),
    'an epoch takes 1 MB of disk, the run (2000 epochs) 2 GB; activations of 250 of 256 samples are stored as float32, as budget.disk is less than the 2.05 GB of all; only 1 GB are free.',
  );
  const roomy = {...wanted, budget: {disk: Infinity, memory: 512e6}};
  t.is(
    costLine(planCapture(roomy), roomy, null),
    "an epoch takes 1.02 MB of disk, the run (2000 epochs) 2.05 GB; dtype: 'float16' halves it.",
  );
});

test.serial(
  'a run above its budget says so in one line, and its options are those that took effect',
  async t => {
    const dir = join(await temporaryFolder(t), 'run');
    const {xs, ys} = tinyTensors(tf, 24);
    const slicer = cnnSlicer(tf, dir, {
      probe: tinyImages(30),
      samples: 30,
      weights: false,
      budget: {disk: 3 * 30 * (144 + 36 + 3) * 4 - 1},
    });
    const said = await warnings(t, () => tinyCnn(tf).fit(xs, ys, {epochs: 2, verbose: 0, callbacks: slicer}));
    t.is(said.length, 1, said.join('\n'));
    t.regex(
      said[0]!,
      /: an epoch takes .+; activations of all 30 samples are stored as float16, as budget\.disk is less/,
    );
    const run = await openRun(dir);
    t.like(run.info.options, {activations: 'all', dtype: 'float16'});
    tf.dispose([xs, ys]);
  },
);
