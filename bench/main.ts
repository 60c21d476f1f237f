import {mkdir, writeFile} from 'node:fs/promises';
import {cpus} from 'node:os';
import {parseArgs} from 'node:util';
import Table from 'cli-table3';
import {benchCapture, benchNativeCapture} from './capture.js';
import {benchDeconvnet} from './deconvnet.js';
import {benchLargeCapture} from './large-capture.js';
import {benchMetrics} from './metrics.js';
import {benchPeers} from './peers.js';
import type {BenchResult} from './result.js';
import {benchStart} from './start.js';
import {benchStore} from './store.js';
import {benchViewer} from './viewer.js';
import {benchWasmTraining} from './wasm-training.js';

/** Each measures ours and its peer side by side, in this process. */
const benches: Record<string, (options: {smoke: boolean}) => Promise<BenchResult[]>> = {
  start: benchStart,
  metrics: benchMetrics,
  peers: benchPeers,
  store: benchStore,
  wasm: benchWasmTraining,
  capture: benchCapture,
  'capture-native': benchNativeCapture,
  'capture-large': benchLargeCapture,
  deconvnet: benchDeconvnet,
  viewer: benchViewer,
};

const {values} = parseArgs({options: {smoke: {type: 'boolean', default: false}, only: {type: 'string'}}});
const names = values.only?.split(',') ?? Object.keys(benches);
const results: BenchResult[] = [];
for (const name of names) {
  const bench = benches[name];
  if (!bench)
    throw new Error(`bench: there is no "${name}"; --only takes ${Object.keys(benches).join(', ')}.`);
  console.log(`bench ${name} …`);
  results.push(...(await bench(values)));
}

const table = new Table({
  head: ['what', 'median', 'compared with', 'its median', 'ratio', 'runs', 'note'],
  colAligns: ['left', 'right', 'left', 'right', 'right', 'right', 'left'],
  style: {head: [], border: [], compact: true},
});
for (const {name, unit, value, peer, ratio, runs, note} of results) {
  table.push([
    name,
    show(value, unit),
    peer?.name ?? '',
    peer ? show(peer.value, unit) : '',
    ratio?.toFixed(2) ?? '',
    runs,
    note ?? '',
  ]);
}
console.log(table.toString());

await mkdir('bench/results', {recursive: true});
const machine = {node: process.version, cpu: cpus()[0]?.model, cores: cpus().length};
await writeFile(
  'bench/results/latest.json',
  `${JSON.stringify({date: new Date().toISOString(), machine, smoke: values.smoke, results}, null, 2)}\n`,
);
console.log('ratio: the other median / ours; above 1, ours is faster. Written to bench/results/latest.json');

function show(value: number, unit: string): string {
  return `${value.toPrecision(4)} ${unit}`;
}
