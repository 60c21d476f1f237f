import test from 'ava';
import {
  RunFormatError,
  type ActivationsFile,
  type EpochManifest,
  type TableFile,
  type WeightsFile,
} from 'cnnslicer/store';
import type {RunInfo} from '#src/shared/index.js';
import {assertLabels, assertManifestFits, assertPlausible, assertProbeFits} from '#src/store/limits.js';
import type {ProbeFile} from '#src/store/manifest.js';
import {CONV, DENSE, INPUT, runInfo} from '../support/run-folder.js';

const file = {path: 'activations/epoch=1/conv2d_1.arrow', bytes: 10_000, sha256: '0'.repeat(64)};
const place = {offset: 0, metadataBytes: 0, bodyBytes: 0, valuesOffset: 0};

const activations: ActivationsFile = {
  kind: 'activations',
  ...file,
  layer: 'conv2d_1',
  dtype: 'float32',
  shape: [7, 6, 15],
  spatial: [3, 5],
  batches: Array.from({length: 7}, (_, c) => ({...place, valuesOffset: 360 * c})),
};
const weights: WeightsFile = {
  kind: 'weights',
  ...file,
  path: 'activations/epoch=1/weights.arrow',
  tensors: [{name: 'kernel', dtype: 'float32', shape: [10, 20], ...place}],
};
const table: TableFile = {
  kind: 'table',
  ...file,
  path: 'metrics/logs.parquet',
  table: 'predictions',
  rows: 6,
};
const probe: ProbeFile = {
  kind: 'probe',
  ...file,
  path: 'probe.arrow',
  samples: 6,
  labelsOffset: 0,
  inputs: [{name: 'input_1', column: 'input_1', shape: [4, 3, 2], valuesOffset: 24}],
};

const damaged = (message: RegExp) => ({instanceOf: RunFormatError, code: 'damaged', message});

function fits(...files: EpochManifest['files']): void {
  assertManifestFits({format: 'cnnslicer-epoch', formatVersion: 1, epoch: 1, files}, runInfo(), 'M');
}

test('what a run may be is read, up to the limit and not above it', t => {
  const info = (changes: Partial<RunInfo>) => () => assertPlausible(runInfo(changes), 'run.json');
  const wide = (channels: number, spatial = [3, 5]) =>
    info({layers: [INPUT, {...CONV, channels, spatial}, DENSE]});
  t.notThrows(info({}));
  t.notThrows(wide(2 ** 20));
  t.throws(wide(2 ** 20 + 1), damaged(/1048577 channels of layer conv2d_1; no more than 1048576 are read/));
  t.notThrows(wide(1, [2 ** 13, 2 ** 13]));
  t.throws(wide(1, [2 ** 13, 2 ** 13 + 1]), damaged(/pixels of layer conv2d_1/));
  t.throws(info({probe: {samples: 2 ** 24 + 1, perClass: [1]}}), damaged(/16777217 probe samples/));
  t.throws(info({classes: new Array<string>(2 ** 16 + 1).fill('a')}), damaged(/65537 classes/));
  t.throws(info({layers: new Array(10_001).fill(CONV)}), damaged(/10001 layers/));
  t.throws(info({options: {...runInfo().options, bins: 2 ** 16 + 1}}), damaged(/65537 bins/));
  t.throws(info({options: {...runInfo().options, k: 2 ** 24 + 1}}), damaged(/neighbours/));
});

test('a manifest that fits the run and the sizes of its files is read', t => {
  t.notThrows(() => fits(activations, weights, table));
  t.notThrows(() => fits({...activations, dtype: 'float16'}), 'half the bytes fit all the more');
  t.notThrows(
    () => fits({...activations, shape: [7, 3, 15]}),
    'a run may store fewer samples than it measures',
  );
});

test('a file that is named twice is refused', t => {
  t.throws(() => fits(activations, {...table, path: activations.path}), damaged(/it is named twice/));
});

test('activations of another shape than run.json says are refused', t => {
  t.throws(() => fits({...activations, layer: 'conv2d_9'}), damaged(/run.json has no layer conv2d_9/));
  t.throws(
    () => fits({...activations, shape: [8, 6, 15]}),
    damaged(/8 x 6 x 15 values, and run.json says 7 x 6 x 15/),
  );
  t.throws(() => fits({...activations, shape: [7, 7, 15]}), damaged(/7 x 7 x 15/));
  t.throws(() => fits({...activations, shape: [7, 6, 16]}), damaged(/7 x 6 x 16/));
});

test('batches are one a channel, and each lies inside the file', t => {
  const {batches} = activations;
  t.throws(() => fits({...activations, batches: batches.slice(1)}), damaged(/6 batches for 7 channels/));
  const end = (bytes: number) => () => fits({...activations, bytes});
  t.notThrows(end(7 * 360));
  t.throws(end(7 * 360 - 1), damaged(/values outside the file/));
});

test('weights lie inside their file, and together take no more than it has', t => {
  const [kernel] = weights.tensors as [WeightsFile['tensors'][number]];
  const of =
    (bytes: number, tensors = [kernel]) =>
    () =>
      fits({...weights, bytes, tensors});
  t.notThrows(of(800));
  t.throws(of(799), damaged(/values of kernel outside the file/));
  t.throws(of(1599, [kernel, {...kernel, name: 'other'}]), damaged(/1600 bytes of values in 1599/));
  t.notThrows(of(200, [{...kernel, dtype: 'bool'}]));
});

test('a table has no more rows than the run has places for', t => {
  const rows = (name: string, count: number) => () => fits({...table, table: name, rows: count});
  const channels = INPUT.channels + CONV.channels + DENSE.channels;
  for (const [name, max] of [
    ['predictions', 6],
    ['confusion', 9],
    ['class_entropy', 3],
    ['layer_entropy', 3 * 4],
    ['channel_entropy', channels * 4],
    ['logs', 100_000],
    ['of-a-later-version', 2 ** 24],
  ] as const) {
    t.notThrows(rows(name, max), name);
    t.throws(rows(name, max + 1), damaged(new RegExp(`no more than ${max} can be right`)), name);
  }
});

test('the probe has the samples and inputs of the run, inside its file', t => {
  const of = (changes: Partial<ProbeFile>) => () =>
    assertProbeFits({...probe, ...changes}, runInfo(), 'probe');
  const [input] = probe.inputs as [ProbeFile['inputs'][number]];
  t.notThrows(of({}));
  t.notThrows(of({bytes: 24 + 4 * 6 * 24}));
  t.throws(of({bytes: 24 + 4 * 6 * 24 - 1}), damaged(/values of input_1 outside the file/));
  t.throws(of({samples: 5}), damaged(/5 samples instead of 6/));
  t.throws(of({inputs: []}), damaged(/0 inputs instead of 1/));
  t.throws(of({labelsOffset: 9_977}), damaged(/labels outside the file/));
  t.throws(of({inputs: [{...input, shape: [4, 3]}]}), damaged(/12 values of input_1 instead of 24/));
});

test('labels are classes of the run; where it has none, they say so', t => {
  const labels =
    (info: RunInfo, ...values: number[]) =>
    () =>
      assertLabels({dir: 'runs/a', info}, Int32Array.of(...values));
  t.notThrows(labels(runInfo(), 0, 1, 2));
  t.throws(labels(runInfo(), 0, 3), damaged(/runs\/a is damaged: it has label 3, and run.json 3 classes/));
  t.throws(labels(runInfo(), -1), damaged(/label -1/));
  const without = runInfo({classes: []});
  t.notThrows(labels(without, -1, -1));
  t.throws(labels(without, 0), damaged(/label 0, and run.json 0 classes/));
});
