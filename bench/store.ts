/**
 * The run folder's writing and reading speed, against a raw file of the same floats and against parquetjs-lite.
 * Times are medians; raw and stored files are measured in turns, so that both see the same disk.
 */
import {mkdtemp, open, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {openRun, RunWriter, type ProbeData} from 'cnnslicer/store';
import parquetjs from 'parquetjs-lite';
import {seededRandom, type ChannelEntropyRow, type LayerInfo, type RunInfo} from '#src/shared/index.js';
import {decodeTable} from '#src/store/decode-table.js';
import {encodeTable, metricTable} from '#src/store/table-file.js';
import {median} from './median.js';
import type {BenchResult} from './result.js';

const RUNS = 7;
const SAMPLES = 256;
/** 32 channels of 28 x 28 for 256 samples: 25.7 MB. */
const LAYER: LayerInfo = {index: 1, name: 'conv2d_1', className: 'Conv2D', spatial: [28, 28], channels: 32};
const INPUT: LayerInfo = {index: 0, name: 'input_1', className: 'InputLayer', spatial: [28, 28], channels: 1};
const PIXELS = 28 * 28;
/** parquetjs-lite gets one channel of 32 (0.8 MB), and its time is multiplied: all of it takes most of a minute. */
const PEER_CHANNELS = 1;
const TABLE_ROWS = 20_000;

/** Measures the store; takes some ten to twenty seconds, and 60 MB of disk in the temporary folder. */
export async function benchStore(): Promise<BenchResult[]> {
  const folder = await mkdtemp(join(tmpdir(), 'cnnslicer-bench-'));
  try {
    return [...(await benchActivations(folder)), ...(await benchTables(folder))];
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
}

async function benchActivations(folder: string): Promise<BenchResult[]> {
  const random = seededRandom(1);
  const maps = Float32Array.from({length: SAMPLES * PIXELS * LAYER.channels}, () => random());
  const raw = join(folder, 'raw');
  const writer = await RunWriter.create(join(folder, 'run'), runInfo(), probe());
  const times = new Map<string, number[]>();
  const time = (name: string, work: () => Promise<unknown>) => timeInto(times, name, work);
  let run = await openRun(join(folder, 'run'));
  for (let i = 0; i <= RUNS; i++) {
    if (i === 1) times.clear(); // the first round warms up
    const epoch = await writer.epoch(0);
    await time('raw write', () => writeRaw(raw, maps));
    await time('write', () => epoch.activations(LAYER, maps, SAMPLES));
    await time('commit', () => epoch.commit());
    run = await openRun(join(folder, 'run'));
    await run.manifest(0);
    await time('raw read', () => readFile(raw));
    await time('read', () => run.activations(0, 1));
    await time('channel', () => run.activations(0, 1, {channels: [17]}));
  }
  const peer = await peerActivations(folder, maps);
  const scaled = `parquetjs-lite, ${PEER_CHANNELS} of ${LAYER.channels} channels, scaled`;
  const timeOf = (name: string) => median(times.get(name) ?? []);
  return [
    compared('write 25.7 MB of activations', timeOf('write'), ['raw file and fsync', timeOf('raw write')]),
    compared('write 25.7 MB of activations', timeOf('write'), [scaled, peer.write]),
    compared('read 25.7 MB of activations', timeOf('read'), ['raw file', timeOf('raw read')]),
    compared('read 25.7 MB of activations', timeOf('read'), [scaled, peer.read]),
    {name: 'read 1 channel of 32', unit: 'ms', value: timeOf('channel'), runs: RUNS},
    {name: 'commit an epoch', unit: 'ms', value: timeOf('commit'), runs: RUNS},
  ];
}

async function benchTables(folder: string): Promise<BenchResult[]> {
  const rows = entropyRows();
  const path = join(folder, 'peer-table.parquet');
  const times = new Map<string, number[]>();
  let bytes = new Uint8Array();
  for (let i = 0; i <= RUNS; i++) {
    if (i === 1) times.clear();
    await timeInto(times, 'write', () => {
      bytes = new Uint8Array(encodeTable('channel_entropy', metricTable('channel_entropy', rows)));
      return Promise.resolve();
    });
    await timeInto(times, 'read', () => decodeTable('channel_entropy', bytes));
  }
  for (let i = 0; i < 3; i++) {
    await timeInto(times, 'peer write', () => writePeerTable(path, rows));
    await timeInto(times, 'peer read', () => readPeer(path));
  }
  const timeOf = (name: string) => median(times.get(name) ?? []);
  const size = `${TABLE_ROWS} rows of channel_entropy`;
  return [
    compared(`encode ${size}`, timeOf('write'), ['parquetjs-lite', timeOf('peer write')]),
    compared(`decode ${size}`, timeOf('read'), ['parquetjs-lite', timeOf('peer read')]),
  ];
}

/** The least that keeps floats safe: one file, one fsync. */
async function writeRaw(path: string, values: Float32Array): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.writeFile(new Uint8Array(values.buffer));
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Milliseconds that parquetjs-lite would need for all channels, from those it is given: rows of a list of floats. */
async function peerActivations(folder: string, maps: Float32Array): Promise<{write: number; read: number}> {
  const path = join(folder, 'peer.parquet');
  const schema = new parquetjs.ParquetSchema({
    channel: {type: 'INT32'},
    sample: {type: 'INT32'},
    map: {type: 'FLOAT', repeated: true},
  });
  const scale = LAYER.channels / PEER_CHANNELS;
  const start = performance.now();
  const writer = await parquetjs.ParquetWriter.openFile(schema, path);
  for (let channel = 0; channel < PEER_CHANNELS; channel++) {
    for (let sample = 0; sample < SAMPLES; sample++) {
      const first = sample * PIXELS * LAYER.channels + channel;
      const map = Array.from({length: PIXELS}, (_, p) => maps[first + p * LAYER.channels]);
      await writer.appendRow({channel, sample, map});
    }
  }
  await writer.close();
  const written = performance.now();
  await readPeer(path);
  return {write: (written - start) * scale, read: (performance.now() - written) * scale};
}

async function writePeerTable(path: string, rows: readonly ChannelEntropyRow[]): Promise<void> {
  const number = {type: 'DOUBLE', optional: true, compression: 'SNAPPY'};
  const integer = {type: 'INT32', optional: true, compression: 'SNAPPY'};
  const text = {type: 'UTF8', optional: true, compression: 'SNAPPY'};
  const schema = new parquetjs.ParquetSchema({
    epoch: integer,
    layer: text,
    channel: integer,
    class: integer,
    mean: number,
    std: number,
    dead: number,
    zeros: number,
    n: integer,
    range: text,
    bins: integer,
    reason: text,
  });
  const writer = await parquetjs.ParquetWriter.openFile(schema, path);
  for (const row of rows) await writer.appendRow(row);
  await writer.close();
}

async function readPeer(path: string): Promise<number> {
  const reader = await parquetjs.ParquetReader.openFile(path);
  const cursor = reader.getCursor();
  let rows = 0;
  while ((await cursor.next()) !== null) rows++;
  await reader.close();
  return rows;
}

async function timeInto(
  times: Map<string, number[]>,
  name: string,
  work: () => Promise<unknown>,
): Promise<void> {
  const start = performance.now();
  await work();
  const taken = performance.now() - start;
  times.set(name, [...(times.get(name) ?? []), taken]);
}

/** `ratio` is the peer's time over ours: above 1, we are faster. */
function compared(name: string, value: number, [peerName, peerValue]: [string, number]): BenchResult {
  return {
    name,
    unit: 'ms',
    value,
    peer: {name: peerName, value: peerValue},
    ratio: peerValue / value,
    runs: RUNS,
  };
}

function entropyRows(): ChannelEntropyRow[] {
  const random = seededRandom(2);
  return Array.from({length: TABLE_ROWS}, (_, i) => ({
    epoch: 3,
    layer: `conv2d_${i % 4}`,
    channel: i >> 4,
    class: i % 11 === 0 ? null : i % 11,
    mean: 5 * random(),
    std: random(),
    dead: 0,
    zeros: random(),
    n: 256,
    range: 'layer',
    bins: 32,
    reason: null,
  }));
}

function probe(): ProbeData {
  const values = new Float32Array(SAMPLES * PIXELS);
  return {labels: new Int32Array(SAMPLES), inputs: [{name: 'input_1', shape: [28, 28, 1], values}]};
}

function runInfo(): RunInfo {
  return {
    format: 'cnnslicer-run',
    formatVersion: 1,
    name: 'bench',
    status: 'training',
    createdAt: new Date(0).toISOString(),
    process: {pid: process.pid, host: ''},
    versions: {cnnslicer: '', tfjs: '', node: process.versions.node},
    backend: '',
    seed: 1,
    layers: [INPUT, LAYER],
    inputs: 1,
    architecture: [],
    topology: {},
    classes: ['a'],
    probe: {samples: SAMPLES, perClass: [SAMPLES]},
    evaluation: {source: 'probe', samples: SAMPLES},
    training: {samples: null, batchSize: null, epochs: 1, initialEpoch: 0},
    options: {
      everyEpochs: 1,
      dtype: 'float32',
      activations: 'all',
      weights: false,
      bins: 32,
      range: 'layer',
      k: 15,
    },
  };
}
