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
try {
  const coverage = await coverageOf({
    folder: sandbox.folder,
    tests: await testFiles(root),
    keptIn: join(root, 'build/faults-coverage.json'),
    tell,
  });
  const faults = await (options.again ? fromList(options.again) : drawn());
  const untried = faults.filter(({outcome}) => outcome === undefined);
  for (const [i, fault] of untried.entries()) {
    fault.outcome = fault.gone ? 'gone' : await tried(fault, coverage);
    delete fault.gone;
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

async function drawn() {
  return draw(
    await allFaults(sandbox.folder, options.only),
    Number(options.count),
    seededRandom(Number(options.seed)),
  );
}

/** The faults of a list: those that were not noticed where they are now, or `gone` with their line. */
async function fromList(path) {
  const all = await allFaults(sandbox.folder);
  return JSON.parse(await readFile(path, 'utf8')).map(({outcome, ...fault}) => {
    if (outcome === 'noticed' || outcome === 'mended') return {...fault, outcome};
    const now = all.find(other => isSame(fault, other));
    return now ? {...now, again: true} : {...fault, gone: true};
  });
}

async function tried(fault, coverage) {
  const tests = nearestTests(fault, coverage, 1000 * Number(options.patience));
  for (let i = 0; i < tests.length; i += TESTS_AT_ONCE) {
    if (await isNoticed(fault, tests.slice(i, i + TESTS_AT_ONCE))) return fault.again ? 'mended' : 'noticed';
  }
  return 'not noticed';
}

/** A test that fails once may be one that fails now and then; it has to fail twice. */
async function isNoticed(fault, tests) {
  const usualMs = tests.reduce((sum, {ms}) => sum + ms, 0);
  const run = () =>
    sandbox.runWith(
      fault,
      tests.map(({test}) => test),
      START_MS + LONGER * usualMs,
    );
  const outcome = await run();
  return outcome === 'failed' ? (await run()) !== 'passed' : outcome === 'too late';
}

function listed({source, line, column, what, code, outcome}) {
  return {source, line, column, what, code, outcome};
}

function describe({source, line, code, what}) {
  return `${source}:${line} (${what}) ${code}`;
}
