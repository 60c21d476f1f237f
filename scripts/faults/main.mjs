/**
 * Plants small faults in the built code, one after the other, and tells which of them no test notices.
 *
 *   npm run faults -- --count 60 --seed 1                 a sample of all folders
 *   npm run faults -- --only store/ --count 40            of one folder
 *   npm run faults -- --list build/faults.json            keep what was found
 *   npm run faults -- --again build/faults.json           try those once more that were not noticed, and keep what is found
 *   npm run faults -- --patience 300                      seconds of tests that a fault is tried on, instead of 60
 */
import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import {seededRandom} from '../../dist/shared/index.js';
import {coverageOf} from './coverage.mjs';
import {allFaults, draw, isSame} from './draw.mjs';
import {nearestTests} from './nearest-tests.mjs';
import {makeSandbox} from './sandbox.mjs';
import {testFiles} from './test-files.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Most faults are noticed by the first. */
const NEAREST = 2;
const TESTS_AT_ONCE = 4;
/** A machine may be busy; what takes so much longer than without the fault hangs. */
const LONGER = 5;
const START_MS = 30_000;

const {values: options} = parseArgs({
  options: {
    count: {type: 'string', default: '60'},
    seed: {type: 'string', default: '1'},
    only: {type: 'string', default: ''},
    patience: {type: 'string', default: '60'},
    list: {type: 'string'},
    again: {type: 'string'},
  },
});
const tell = line => console.log(line);
const keptIn = options.again ?? options.list;

const sandbox = await makeSandbox(root);
/** What tests do without a fault. */
const passing = new Map();
try {
  const tests = await testFiles(root);
  const faults = await (options.again ? fromList(options.again) : drawn());
  const untried = faults.filter(({outcome}) => outcome === undefined);
  for (const [i, fault] of untried.entries()) {
    fault.outcome = fault.gone ? 'gone' : await tried(fault, await coverageFor(fault, tests));
    tell(`${i + 1} of ${untried.length} ${fault.outcome.padEnd(11)} ${describe(fault)}`);
    if (keptIn) await writeFile(keptIn, `${JSON.stringify(faults.map(listed), null, 1)}\n`);
  }
  for (const outcome of new Set(faults.map(fault => fault.outcome))) {
    const {length} = faults.filter(fault => fault.outcome === outcome);
    tell(`${outcome}: ${length} of ${faults.length}, ${((100 * length) / faults.length).toFixed(1)} %`);
  }
} finally {
  await sandbox.remove();
}

/** What is known of all tests, and in any case what those of the fault's own folder reach. */
function coverageFor({source}, tests) {
  const [, place] = source.split('/');
  return coverageOf({
    folder: sandbox.folder,
    tests,
    isNeeded: test => test.startsWith(`test/${place}/`),
    keptIn: join(root, 'build/faults-coverage.json'),
    tell,
  });
}

/** One folder after the other; those of the list that were tried before keep their outcome. */
async function drawn() {
  const all = await allFaults(sandbox.folder, options.only);
  const faults = draw(all, Number(options.count), seededRandom(Number(options.seed)));
  const before = options.list ? await readList(options.list).catch(() => []) : [];
  for (const fault of faults) fault.outcome = before.find(other => isSame(fault, other))?.outcome;
  return faults.sort((a, b) => (a.path < b.path ? 1 : -1)); // callbacks last, whose tests take longest
}

async function readList(path) {
  return JSON.parse(await readFile(path, 'utf8'));
}

/** The faults of a list: those that were not noticed where they are now, or `gone` with their line. */
async function fromList(path) {
  const all = await allFaults(sandbox.folder);
  return (await readList(path)).map(({outcome, ...fault}) => {
    if (outcome === 'noticed' || outcome === 'mended') return {...fault, outcome};
    const now = all.find(other => isSame(fault, other));
    return now ? {...now, again: true} : {...fault, gone: true};
  });
}

async function tried(fault, coverage) {
  const tests = nearestTests(fault, coverage, 1000 * Number(options.patience));
  for (let i = 0, count = NEAREST; i < tests.length; i += count, count = TESTS_AT_ONCE) {
    if (await isNoticed(fault, tests.slice(i, i + count))) return fault.again ? 'mended' : 'noticed';
  }
  return 'not noticed';
}

/** A test that fails with the fault has noticed it if it passes without. */
async function isNoticed(fault, tests) {
  if ((await run(tests, fault)) === 'passed') return false;
  const sound = [];
  for (const test of tests) if (await passes(test)) sound.push(test);
  return sound.length === tests.length || (sound.length > 0 && (await run(sound, fault)) !== 'passed');
}

/** Whether a test passes without any fault. */
async function passes(test) {
  if (!passing.has(test.test)) passing.set(test.test, await run([test], null));
  return passing.get(test.test) === 'passed';
}

function run(tests, fault) {
  const usualMs = tests.reduce((sum, {ms}) => sum + ms, 0);
  const files = tests.map(({test}) => test);
  return sandbox.run(files, {fault, limitMs: START_MS + LONGER * usualMs});
}

function listed({source, line, column, what, code, outcome}) {
  return {source, line, column, what, code, outcome};
}

function describe({source, line, code, what}) {
  return `${source}:${line} (${what}) ${code}`;
}
