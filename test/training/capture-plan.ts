import {readdir, stat} from 'node:fs/promises';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {cnnSlicer, type CnnSlicerOptions} from 'cnnslicer';
import {openRun} from 'cnnslicer/store';
import {countCaptures, planCapture, type Demand} from '#src/capture/capture-plan.js';
import {costOf} from '#src/capture/cost-line.js';
import {seededRandom} from '#src/shared/index.js';
import {CONV, DENSE} from '../support/run-folder.js';
import {tinyCnn, tinyImages, tinyTensors} from '../support/models.js';
import {temporaryFolder} from '../support/temporary-folder.js';
import {warnings} from '../support/warnings.js';

/** 1000 values a sample, 256 samples: 1.024 MB an epoch as float32, and what Arrow adds. */
const demand = (changes: Partial<Demand> = {}): Demand => ({
  layers: [
    {...CONV, spatial: [9, 10], channels: 10},
    {...DENSE, channels: 100},
  ],
  samples: 256,
  inputBytes: 1_000_000,
  others: {run: 0, epoch: 0},
  captures: 10,
  options: {dtype: 'float32', activations: 'all', batchSize: 32},
  budget: {disk: 2e9, memory: 512e6},
  ...changes,
});

/** What is warned of. */
const warning = (...of: Parameters<typeof costOf>) => {
  const {line, notable} = costOf(...of);
  return notable ? line : null;
};

/** What is stored where a run may take so many bytes an epoch. */
const storedIn = (epochBytes: number, changes: Partial<Demand> = {}) => {
  const {dtype, activations} = planCapture(
    demand({budget: {disk: 10 * epochBytes, memory: 512e6}, ...changes}),
  );
  return [activations, dtype];
};

test('what fits into the budget is captured as asked for, without a warning', t => {
  const wanted = demand();
  const plan = planCapture(wanted);
  t.like(plan, {activations: 'all', dtype: 'float32', batchSize: 32, leftOut: []});
  t.deepEqual([plan.epochBytes, plan.runBytes, plan.waitingBytes], [1_297_880, 12_978_800, 0]);
  t.deepEqual(costOf(plan, wanted, {disk: 1e12, memory: 1e12}), {
    line: "an epoch takes 1.3 MB of disk, the run (10 epochs) 13 MB; up to 221 MB of memory; dtype: 'float16' halves it.",
    notable: false,
  });
});

test('above the budget fewer samples are stored, then in half precision, then fewer still, then none', t => {
  t.deepEqual(storedIn(1_297_880), ['all', 'float32']);
  t.deepEqual(storedIn(1_297_879), [{samples: 255}, 'float32']);
  t.deepEqual(storedIn(360_920), [{samples: 64}, 'float32']);
  t.deepEqual(storedIn(360_919), [{samples: 108}, 'float16']);
  t.deepEqual(storedIn(51_480), [{samples: 1}, 'float16']);
  t.deepEqual(storedIn(51_479), ['none', 'float16']);
  t.deepEqual(storedIn(1_297_880, {others: {run: 0, epoch: 24_000}}), [{samples: 251}, 'float32']);
  t.deepEqual(storedIn(1_297_880, {others: {run: 10 * 24_000, epoch: 0}}), [{samples: 251}, 'float32']);
  const few = {options: {...demand().options, activations: {samples: 20}}};
  t.deepEqual(storedIn(146_200, few), [{samples: 20}, 'float32']);
  t.deepEqual(storedIn(146_199, few), [{samples: 20}, 'float16']);
});

test('a run never takes more than its budget beyond what is no activation, whatever it is made of', t => {
  const random = seededRandom(3);
  const upTo = (most: number) => 1 + Math.floor(most * random());
  for (let i = 0; i < 2000; i++) {
    const wanted = demand({
      layers: [{...CONV, spatial: [upTo(300), upTo(300)], channels: upTo(64)}, DENSE],
      samples: upTo(500),
      others: {run: upTo(1e7), epoch: upTo(1e6)},
      captures: upTo(100),
      budget: {disk: 10 ** (6 + 4 * random()), memory: 10 ** (8 + random())},
    });
    const plan = planCapture(wanted);
    const {others, captures, budget} = wanted;
    t.true(plan.runBytes <= Math.max(budget.disk, others.run + others.epoch * captures!));
    t.true(plan.runBytes <= plan.wantedRunBytes);
  }
  t.pass();
});

test('batches are made smaller to fit into memory, and a layer is left out that no batch can hold', t => {
  const large = {...CONV, name: 'large', spatial: [1000, 1000], channels: 20};
  const small = {...CONV, name: 'small', spatial: [1000, 1000], channels: 4};
  t.is(planCapture(demand({layers: [small]})).batchSize, 2);
  t.like(planCapture(demand({layers: [small, large]})), {leftOut: [], batchSize: 1});
  const tight = {disk: 2e9, memory: 128e6};
  t.deepEqual(planCapture(demand({layers: [small, large], budget: tight})).leftOut, [large]);
});

test('captures are counted: the first, every n-th epoch, and the last', t => {
  const count = (epochs: number | null, initialEpoch: number, every: number) =>
    countCaptures({epochs, initialEpoch}, every);
  t.deepEqual([count(20, 0, 1), count(7, 0, 3), count(6, 0, 3), count(10, 4, 3)], [21, 4, 3, 4]);
  t.is(count(null, 0, 1), null);
});

test('one line says what a run takes, what was left out, and what changes it', t => {
  const wanted = demand({captures: 2000});
  t.is(
    warning(planCapture(wanted), wanted, {disk: 1e9, memory: 50e6}),
    'an epoch takes 995 kB of disk, the run (2000 epochs) 1.99 GB; up to 221 MB of memory; activations of 194 of 256 samples are stored as float32, as budget.disk is less than the 2.6 GB of all; only 1 GB of disk are free; only 50 MB of memory are free, a smaller budget.memory takes less.',
  );
  const roomy = {...wanted, budget: {disk: Infinity, memory: 512e6}};
  t.is(
    warning(planCapture(roomy), roomy, {disk: null, memory: null}),
    "an epoch takes 1.3 MB of disk, the run (2000 epochs) 2.6 GB; up to 221 MB of memory; dtype: 'float16' halves it.",
  );
});

test('the line names the option that halves what is stored, whatever is stored', t => {
  for (const [options, halves] of [
    [{dtype: 'float32', activations: 'all'}, "dtype: 'float16' halves it."],
    [{dtype: 'float16', activations: 'all'}, 'activations: {samples: 128} halves it.'],
    [{dtype: 'float16', activations: {samples: 7}}, 'activations: {samples: 4} halves it.'],
    [{dtype: 'float16', activations: 'none'}, 'everyEpochs: 2 halves it.'],
  ] as const) {
    const wanted = demand({captures: 9000, budget: {disk: Infinity, memory: 512e6}});
    const stored = {...wanted, others: {run: 0, epoch: 1e6}, options: {...wanted.options, ...options}};
    t.true(warning(planCapture(stored), stored, {disk: null, memory: null})?.endsWith(halves), halves);
  }
});

test('activations that wait on disk to be measured are said, and count towards what must be free', t => {
  const large = demand({layers: [{...CONV, spatial: [500, 100], channels: 20}], samples: 100, captures: 2});
  const none = {...large, options: {...large.options, activations: 'none' as const}};
  const plan = planCapture(none);
  t.is(plan.waitingBytes, 4e8);
  t.is(
    warning(plan, none, {disk: 3e8, memory: null}),
    'an epoch takes 0 kB of disk, the run (2 epochs) 0 kB; 400 MB more while an epoch is measured; up to 447 MB of memory; 8 samples a forward pass; only 300 MB of disk are free; everyEpochs: 2 halves it.',
  );
  t.false(costOf(plan, none, {disk: 5e8, memory: null}).notable);
});

test('what a capture takes of memory is within its budget, the inputs and the recorder apart', t => {
  const random = seededRandom(5);
  const upTo = (most: number) => 1 + Math.floor(most * random());
  for (let i = 0; i < 2000; i++) {
    const spatial = [upTo(300), upTo(300)];
    const wanted = demand({
      layers: Array.from({length: upTo(20)}, () => ({...CONV, spatial, channels: upTo(64)})),
      samples: upTo(1000),
      budget: {disk: Infinity, memory: 10 ** (8 + random())},
    });
    const {memoryBytes, batchSize, leftOut} = planCapture(wanted);
    const {budget, inputBytes, layers} = wanted;
    const sample = layers
      .filter(layer => !leftOut.includes(layer))
      .reduce((sum, {channels}) => sum + 4 * channels * (spatial[0] as number) * (spatial[1] as number), 0);
    // A batch of one sample is larger than its share where there is no smaller one.
    const atMost = batchSize > 1 ? budget.memory : budget.memory + 3 * sample;
    t.true(memoryBytes <= inputBytes + 216e6 + atMost, JSON.stringify({memoryBytes, wanted}));
  }
});

/** Bytes that the files of a folder take. */
async function bytesIn(dir: string): Promise<number> {
  const names = await readdir(dir, {recursive: true});
  const stats = await Promise.all(names.map(name => stat(join(dir, name))));
  return stats.reduce((sum, file) => sum + (file.isFile() ? file.size : 0), 0);
}

const {xs, ys} = tinyTensors(tf, 24);
const probe = tinyImages(30);

test.serial(
  'a run above its budget says so in one line, and its options are those that took effect',
  async t => {
    const dir = join(await temporaryFolder(t), 'run');
    const budget = {disk: 135e3};
    const slicer = cnnSlicer(tf, dir, {probe, weights: false, tensorboard: false, budget});
    const said = await warnings(t, () => tinyCnn(tf).fit(xs, ys, {epochs: 2, verbose: 0, callbacks: slicer}));
    t.is(said.length, 1, said.join('\n'));
    t.regex(
      said[0]!,
      /: an epoch takes .+; activations of all 30 samples are stored as float16, as budget\.disk is less/,
    );
    t.like((await openRun(dir)).info.options, {activations: 'all', dtype: 'float16'});
    t.true((await bytesIn(dir)) <= budget.disk);
  },
);

for (const [name, options] of Object.entries<Partial<CnnSlicerOptions>>({
  'with all that belongs to it': {},
  'in half precision': {dtype: 'float16'},
  'without events': {tensorboard: false},
  'with many pictures': {
    tensorboard: {
      featureMaps: 3,
      capacity: [
        ['conv', 'pool'],
        ['conv', 'dense'],
      ],
    },
  },
})) {
  test.serial(`what is said of the disk is what a run takes, or a little more: ${name}`, async t => {
    const dir = join(await temporaryFolder(t), 'run');
    const slicer = cnnSlicer(tf, dir, {probe, ...options, budget: {disk: 1e9}});
    // So many epochs that the run is notable, and is broken off after some.
    const model = tinyCnn(tf);
    slicer.setModel(model);
    slicer.setParams({epochs: 30_000, initialEpoch: 0});
    const said = await warnings(t, async () => {
      await slicer.onTrainBegin();
      for (let epoch = 0; epoch < 3; epoch++) await slicer.onEpochEnd(epoch, {loss: 1});
      await slicer.onTrainEnd();
    });
    const [, bytes, unit] = /an epoch takes (\S+) (kB|MB)/.exec(said[0] ?? '') ?? [];
    const perEpoch = Number(bytes) * (unit === 'kB' ? 1e3 : 1e6);
    const once = await bytesIn(join(dir, 'probe'));
    const taken = ((await bytesIn(dir)) - once) / 4;
    t.true(taken <= perEpoch + 30_000, `${taken} bytes for ${perEpoch}`);
  });
}

test.serial('unannounced epochs are stored without activations above the budget', async t => {
  const dir = join(await temporaryFolder(t), 'run');
  const budget = {disk: 1e6};
  const slicer = cnnSlicer(tf, dir, {probe, tensorboard: false, budget});
  slicer.setModel(tinyCnn(tf));
  const said = await warnings(t, async () => {
    for (let epoch = 0; epoch < 45; epoch++) await slicer.capture(epoch);
    await slicer.close();
  });
  t.is(said.length, 1, said.join('\n'));
  t.regex(
    said[0]!,
    /: epoch \d+: the activations are not stored: the epoch takes \S+ kB of disk, and \S+ kB are left of budget\.disk\./,
  );
  const run = await openRun(dir);
  t.is((await run.epochs()).length, 45);
  const taken = await bytesIn(join(dir, 'activations'));
  t.true(taken <= budget.disk && taken >= budget.disk / 3, String(taken));
  await t.throwsAsync(run.activations(44, 'conv'), {message: /the activations are not stored/});
});

test.serial('further fits of a run go on within its budget, and what is short is reported once', async t => {
  const dir = join(await temporaryFolder(t), 'run');
  const budget = {disk: 300e3};
  const slicer = cnnSlicer(tf, dir, {probe, tensorboard: false, weights: false, budget});
  const model = tinyCnn(tf);
  const said = await warnings(t, async () => {
    for (let i = 0; i < 12; i++) await model.fit(xs, ys, {epochs: 1, verbose: 0, callbacks: slicer});
  });
  t.is(said.filter(line => line.includes('are left of budget.disk')).length, 1, said.join('\n'));
  t.is((await (await openRun(dir)).epochs()).length, 13);
  t.true((await bytesIn(join(dir, 'activations'))) <= budget.disk);
});
