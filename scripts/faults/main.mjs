// Plants small faults in the built code, one after the other, and tells which of them no test notices.
import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {integer} from '../../dist/cli/shared-options.js';
import {seededRandom} from '../../dist/shared/index.js';
import {program} from '../program.mjs';
import {coverageOf} from './coverage.mjs';
import {allFaults, draw, isSame} from './draw.mjs';
import {isNamedAfter, nearestTests} from './nearest-tests.mjs';
import {makeSandbox} from './sandbox.mjs';
import {testFiles} from './test-files.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

const TESTS_AT_ONCE = 3;
/** A machine may be busy; what takes so much longer than without the fault hangs. */
const LONGER = 5;
const START_MS = 30_000;

const options = program(
  'faults',
  'Plant small faults in the built code, one after the other, and tell which of them no test notices.',
  [
    '--count 60 --seed 1',
    '--only store/ --count 40',
    '--list build/faults.json',
    '--list build/faults.json --again',
    '--tests 20',
  ],
)
  .option('--count <number>', 'how many', integer(1), 60)
  .option('--seed <number>', 'of the draw', integer(0), 1)
  .option('--only <folder>', 'of one folder of dist; default all', '')
  .option('--tests <number>', 'test files that a fault is tried on', integer(1), 6)
  .option('--list <file>', 'keep there what is found, and go on with what is kept')
  .option('--again', 'try those of the list once more that were not noticed', false)
  .parse()
  .opts();
const tell = line => console.log(line);

const sandbox = await makeSandbox(root);
/** Behaviour of the tests without a fault. */
const passing = new Map();
try {
  const tests = await testFiles(root);
  const before = options.list && (await readFile(options.list, 'utf8').then(JSON.parse, () => null));
  const faults = await (before ? located(before) : drawn());
  const untried = faults.filter(isUntried);
  for (const [i, fault] of untried.entries()) {
    const noticed = fault.outcome === null ? 'noticed' : 'fixed';
    if (fault.start === undefined) fault.outcome = 'gone';
    else fault.outcome = (await hasNoticed(fault, tests)) ? noticed : 'not noticed';
    tell(`${i + 1} of ${untried.length} ${fault.outcome.padEnd(11)} ${describe(fault)}`);
    if (options.list) await writeFile(options.list, `${JSON.stringify(faults.map(listed), null, 2)}\n`);
  }
  for (const outcome of new Set(faults.map(fault => fault.outcome))) {
    const {length} = faults.filter(fault => fault.outcome === outcome);
    tell(`${outcome}: ${length} of ${faults.length}, ${((100 * length) / faults.length).toFixed(1)} %`);
  }
} finally {
  await sandbox.remove();
}

/** What is known of all tests, and in any case what those that are needed reach. */
function coverageFor(tests, isNeeded) {
  return coverageOf({
    folder: sandbox.folder,
    tests,
    isNeeded,
    keptIn: join(root, 'build/faults-coverage.json'),
    tell,
  });
}

function isUntried({outcome}) {
  return outcome === null || (options.again && outcome === 'not noticed');
}

/** One folder after the other; callbacks last, whose tests take longest. */
async function drawn() {
  const all = await allFaults(sandbox.folder, options.only);
  const faults = draw(all, options.count, seededRandom(options.seed));
  return faults.sort((a, b) => (a.path < b.path ? 1 : -1)).map(fault => ({...fault, outcome: null}));
}

/** The faults of a list with the places where they are now; one whose line is gone has none. */
async function located(list) {
  const all = await allFaults(sandbox.folder);
  return list.map(fault => ({...all.find(other => isSame(fault, other)), ...fault}));
}

/** Whether a test notices a fault: the one of the same name, which most do, or one of the nearest others. */
async function hasNoticed(fault, tests) {
  const named = test => isNamedAfter(test, fault.source);
  const first = nearestTests(fault, await coverageFor(tests, named), Infinity).filter(({test}) =>
    named(test),
  );
  if (first.length > 0 && (await isNoticed(fault, first))) return true;
  const [, place] = fault.source.split('/');
  const coverage = await coverageFor(tests, test => test.startsWith(`test/${place}/`));
  const others = nearestTests(fault, coverage, options.tests).filter(({test}) => !named(test));
  for (let i = 0; i < others.length; i += TESTS_AT_ONCE) {
    if (await isNoticed(fault, others.slice(i, i + TESTS_AT_ONCE))) return true;
  }
  return false;
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
