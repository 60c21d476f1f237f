import {createHash} from 'node:crypto';
import {mkdtemp, readdir, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join, relative} from 'node:path';
import {fileURLToPath} from 'node:url';
import {passTests} from './run-ava.mjs';

/**
 * Runs every test file once and notes which code it reaches, so that a planted fault is only tried on tests that can
 * notice it. Kept until a built file changes.
 *
 * @param {{folder: string, tests: string[], keptIn: string, tell: (line: string) => void}} options - `folder` holds the
 *   built project; `keptIn` is a file.
 * @returns {Promise<Record<string, {ms: number, files: Record<string, [number, number][]>}>>} by test file: how long it
 *   takes, and the stretches of built files, in characters, that it executes.
 */
export async function coverageOf({folder: root, tests, keptIn, tell}) {
  const built = await digestOf([join(root, 'dist'), join(root, 'build/test')]);
  const kept = await readFile(keptIn, 'utf8').then(JSON.parse, () => ({}));
  const reached = kept.built === built ? kept.reached : {};
  for (const [i, test] of tests.entries()) {
    if (reached[test]) continue;
    tell(`${i + 1} of ${tests.length}: what ${test} runs`);
    const folder = await mkdtemp(join(tmpdir(), 'faults-'));
    const started = Date.now();
    const passed = await passTests(root, [test], {NODE_V8_COVERAGE: folder});
    if (!passed) tell(`${test} fails without any fault, and is left out`);
    reached[test] = {ms: Date.now() - started, files: passed ? await readCoverage(root, folder) : {}};
    await rm(folder, {recursive: true, force: true});
    await writeFile(keptIn, JSON.stringify({built, reached}));
  }
  return reached;
}

async function digestOf(folders) {
  const hash = createHash('sha256');
  for (const folder of folders) {
    for (const entry of (await readdir(folder, {recursive: true}))
      .filter(name => name.endsWith('.js'))
      .sort()) {
      hash.update(entry).update(await readFile(join(folder, entry)));
    }
  }
  return hash.digest('hex');
}

async function readCoverage(root, folder) {
  const painted = new Map();
  for (const name of await readdir(folder)) {
    const {result} = JSON.parse(await readFile(join(folder, name), 'utf8'));
    for (const {url, functions} of result) {
      if (!url.startsWith('file:')) continue;
      const path = relative(root, fileURLToPath(url));
      if (path.startsWith('dist/')) await paint(painted, join(root, path), path, functions);
    }
  }
  return Object.fromEntries([...painted].map(([path, marks]) => [path, stretches(marks)]));
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
