import {createHash} from 'node:crypto';
import {mkdtemp, readdir, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join, relative} from 'node:path';
import {fileURLToPath} from 'node:url';
import {runTests} from './run-ava.mjs';

/** Time limit of a test file; slower ones are left out. */
const LIMIT_MS = 240_000;

/**
 * Runs every test file once and notes which code it reaches, so that a planted fault is only tried on tests that can
 * notice it. Kept until the test changes. Of a built file that has changed since, it is only known that the test reaches it.
 *
 * @param {{folder: string, tests: string[], isNeeded: (test: string) => boolean, keptIn: string, tell: (line: string) => void}}
 *   options - `folder` holds the built project; `keptIn` is a file. Tests that are not needed now are left out where
 *   nothing is known of them.
 * @returns {Promise<Record<string, {ms: number, reaches: (path: string, offset: number) => boolean, shareOf: (path: string) => number}>>}
 *   by test file: how long it takes, whether it executes a place of a built file, and how much of it, in characters.
 */
export async function coverageOf({folder: root, tests, isNeeded, keptIn, tell}) {
  const digests = await digestsOf(root);
  const kept = await readFile(keptIn, 'utf8').then(JSON.parse, () => ({}));
  for (const test of tests) {
    const digest = digests.get(builtFrom(test));
    if (kept[test]?.digest === digest) continue;
    delete kept[test];
    if (!isNeeded(test)) continue;
    tell(`what ${test} runs`);
    const started = Date.now();
    const files = await reachedBy(test, root, digests);
    if (files === null) tell(`${test} fails without any fault or takes minutes, and is left out`);
    kept[test] = {digest, ms: Date.now() - started, files: files ?? {}};
    await writeFile(keptIn, JSON.stringify(kept));
  }
  const known = tests.filter(test => kept[test]);
  return Object.fromEntries(known.map(test => [test, reach(kept[test], digests)]));
}

function reach({ms, files}, digests) {
  const reaches = (path, offset) => {
    const file = files[path];
    if (file === undefined) return false;
    return (
      file.digest !== digests.get(path) || file.stretches.some(([from, to]) => offset >= from && offset < to)
    );
  };
  // In characters: how much of a file the test executes.
  const shareOf = path => files[path].stretches.reduce((sum, [from, to]) => sum + to - from, 0);
  return {ms, reaches, shareOf};
}

function builtFrom(test) {
  return `build/${test.replace(/\.tsx?$/, '.js')}`;
}

async function digestsOf(root) {
  const digests = new Map();
  for (const folder of ['dist', 'build/test']) {
    for (const name of await readdir(join(root, folder), {recursive: true})) {
      if (!name.endsWith('.js')) continue;
      const bytes = await readFile(join(root, folder, name));
      digests.set(`${folder}/${name}`, createHash('sha256').update(bytes).digest('hex').slice(0, 16));
    }
  }
  return digests;
}

/** `null` if the test does not pass. */
async function reachedBy(test, root, digests) {
  const folder = await mkdtemp(join(tmpdir(), 'faults-'));
  try {
    const outcome = await runTests(root, [test], {
      environment: {NODE_V8_COVERAGE: folder},
      limitMs: LIMIT_MS,
    });
    return outcome === 'passed' ? await readCoverage(root, folder, digests) : null;
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
}

async function readCoverage(root, folder, digests) {
  const painted = new Map();
  for (const name of await readdir(folder)) {
    const {result} = JSON.parse(await readFile(join(folder, name), 'utf8'));
    for (const {url, functions} of result) {
      if (!url.startsWith('file:')) continue;
      const path = relative(root, fileURLToPath(url));
      if (path.startsWith('dist/')) await paint(painted, join(root, path), path, functions);
    }
  }
  return Object.fromEntries(
    [...painted].map(([path, marks]) => [path, {digest: digests.get(path), stretches: stretches(marks)}]),
  );
}

/** V8 lists outer functions and blocks before inner ones; an inner count stands for its stretch. */
async function paint(painted, file, path, functions) {
  const marks = new Uint8Array((await readFile(file, 'utf8')).length);
  for (const {ranges} of functions) {
    for (const {startOffset, endOffset, count} of ranges)
      marks.fill(count > 0 ? 1 : 0, startOffset, endOffset);
  }
  const before = painted.get(path);
  painted.set(path, before ? marks.map((mark, i) => mark | before[i]) : marks);
}

function stretches(marks) {
  const found = [];
  for (let start = marks.indexOf(1); start >= 0;) {
    const end = marks.indexOf(0, start);
    found.push([start, end < 0 ? marks.length : end]);
    start = end < 0 ? -1 : marks.indexOf(1, end);
  }
  return found;
}
