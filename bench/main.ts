import {mkdir, writeFile} from 'node:fs/promises';
import Table from 'cli-table3';
import {Command, InvalidArgumentError} from 'commander';
import {benchCapture, benchNativeCapture} from './capture.js';
import {benchDeconvnet} from './deconvnet.js';
import {benchLargeCapture} from './large-capture.js';
import {benchMetrics} from './metrics.js';
import {benchPeers} from './peers.js';
import {benchmarksPage, PAGE} from './page.js';
import {publish, readPublished, recorded, type BenchRecord} from './record.js';
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

const values = new Command('npm run bench --')
  .description('Measure ours and a named peer side by side, and write bench/results/latest.json.')
  .option(
    '--only <benches>',
    `these alone: ${Object.keys(benches).join(', ')}`,
    readNames,
    Object.keys(benches),
  )
  .option(
    '--publish',
    `commit the results: write bench/published/<bench>.json, and ${PAGE} from all of them`,
    false,
  )
  .option('--smoke', 'so small that it only shows whether everything runs', false)
  .addHelpText(
    'after',
    '\nExamples:\n  $ npm run bench\n  $ npm run bench -- --only metrics,peers\n  $ npm run bench -- --only peers --publish\n  $ npm run bench -- --smoke',
  )
  .allowExcessArguments(false)
  .exitOverride(({exitCode}) => process.exit(exitCode === 0 ? 0 : 2))
  .parse()
  .opts<{only: string[]; smoke: boolean; publish: boolean}>();
process.on('uncaughtException', error => {
  console.error(process.env['DEBUG'] ? error : `bench: ${error.message}`);
  process.exit(1);
});
if (values.publish && values.smoke) throw new Error('--smoke measures nothing that may be published.');
const records: BenchRecord[] = [];
for (const name of values.only) {
  console.log(`bench ${name} …`);
  records.push(await recorded(name, () => benches[name]?.(values) ?? Promise.resolve([])));
}
const results = records.flatMap(record => record.results);

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
await writeFile('bench/results/latest.json', `${JSON.stringify({smoke: values.smoke, records}, null, 2)}\n`);
if (values.publish) {
  await publish(records);
  await writeFile(PAGE, await benchmarksPage(await readPublished()));
}
console.log('ratio: the other median / ours; above 1, ours is faster. Written to bench/results/latest.json');

function show(value: number, unit: string): string {
  return `${value.toPrecision(4)} ${unit}`;
}

function readNames(text: string): string[] {
  const names = text.split(',').map(name => name.trim());
  const unknown = names.find(name => !(name in benches));
  if (unknown === undefined) return names;
  throw new InvalidArgumentError(
    `There is no bench "${unknown}"; it takes ${Object.keys(benches).join(', ')}.`,
  );
}
