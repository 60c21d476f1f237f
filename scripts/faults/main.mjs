/**
 * Plants small faults in the built code, one after the other, and tells which of them no test notices.
 *
 *   npm run faults -- --count 60 --seed 1                 a sample of all folders
 *   npm run faults -- --only store/ --count 40            of one folder
 *   npm run faults -- --list build/faults.json            keep what was found
 */
import {readdir, readFile, writeFile} from 'node:fs/promises';
import {SourceMap} from 'node:module';
import {dirname, join, normalize} from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import {seededRandom} from '../../dist/shared/index.js';
import {coverageOf} from './coverage.mjs';
import {faultsOf} from './plant.mjs';
import {makeSandbox} from './sandbox.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Where faults are planted: all code that a wrong number, a lost epoch or a fallen server can come from. */
const PLACES = ['dist/store/', 'dist/server/', 'dist/metrics/', 'dist/shared/notation/', 'dist/callbacks/'];
/** Compared with other backends kernel by kernel, or made by a program. */
const LEFT_OUT = /callbacks\/(wasm|deconvnet)\/|notation\/grammar\.js$|\/(api|index)\.js$/;
/** Pages, pictures and installers say nothing about these parts that nearer tests do not say sooner. */
const TESTS = /^test\/(store|server|metrics|shared|analysis|callbacks|tensorboard|cli\/commands)/;
const NOT_TESTS = /^test\/(support|callbacks\/(wasm|deconvnet|peers|native))|\.d\.ts$/;

const TESTS_AT_ONCE = 4;

const {values: options} = parseArgs({
  options: {
    count: {type: 'string', default: '60'},
    seed: {type: 'string', default: '1'},
    only: {type: 'string', default: ''},
    list: {type: 'string'},
  },
});
const tell = line => console.log(line);

const sandbox = await makeSandbox(root);
try {
  const reached = await coverageOf({
    folder: sandbox.folder,
    tests: await testFiles(),
    keptIn: join(root, 'build/faults-coverage.json'),
    tell,
  });
  const planted = draw(await allFaults(), Number(options.count), seededRandom(Number(options.seed)));
  const found = [];
  for (const [i, fault] of planted.entries()) {
    const noticed = await isNoticed(fault, reached);
    found.push({...fault, noticed});
    tell(`${i + 1} of ${planted.length} ${noticed ? 'noticed    ' : 'NOT NOTICED'} ${describe(fault)}`);
    if (options.list) await writeFile(options.list, JSON.stringify(found, null, 1));
  }
  const share = found.filter(({noticed}) => noticed).length / found.length;
  tell(`${found.length} faults planted, ${(100 * share).toFixed(1)} % noticed.`);
} finally {
  await sandbox.remove();
}

async function testFiles() {
  const names = (await readdir(join(root, 'test'), {recursive: true})).map(name => `test/${name}`);
  return names.filter(name => /\.tsx?$/.test(name) && TESTS.test(name) && !NOT_TESTS.test(name)).sort();
}

async function allFaults() {
  const names = (await readdir(join(root, 'dist'), {recursive: true})).map(name => `dist/${name}`);
  const files = names.filter(name => name.endsWith('.js') && PLACES.some(place => name.startsWith(place)));
  const faults = [];
  for (const path of files.filter(name => !LEFT_OUT.test(name) && name.includes(options.only)).sort()) {
    const text = await readFile(join(root, path), 'utf8');
    for (const fault of faultsOf(text))
      faults.push({path, ...fault, ...(await sourceOf(path, text, fault.start))});
  }
  return faults;
}

/** The same share of each place, so that a large folder does not hide a small one. */
function draw(faults, count, random) {
  const places = PLACES.map(place => faults.filter(({path}) => path.startsWith(place))).filter(
    of => of.length > 0,
  );
  const drawn = [];
  for (let i = 0; drawn.length < count && places.some(of => of.length > 0); i++) {
    const of = places[i % places.length];
    if (of.length > 0) drawn.push(...of.splice(Math.floor(random() * of.length), 1));
  }
  return drawn;
}

/** The quickest tests come first; most faults are noticed by the first few. */
async function isNoticed(fault, reached) {
  const reaches = ({files}) =>
    files[fault.path]?.some(([from, to]) => fault.start >= from && fault.start < to);
  const tests = Object.entries(reached)
    .filter(([, of]) => reaches(of))
    .sort(([, a], [, b]) => a.ms - b.ms)
    .map(([test]) => test);
  for (let i = 0; i < tests.length; i += TESTS_AT_ONCE) {
    if (!(await sandbox.passWith(fault, tests.slice(i, i + TESTS_AT_ONCE)))) return true;
  }
  return false;
}

async function sourceOf(path, text, offset) {
  const before = text.slice(0, offset).split('\n');
  const map = new SourceMap(JSON.parse(await readFile(join(root, `${path}.map`), 'utf8')));
  const {originalSource, originalLine} = map.findEntry(before.length - 1, before.at(-1).length);
  const line = text.split('\n')[before.length - 1].trim();
  return {
    source: normalize(join(dirname(path), originalSource ?? '')),
    line: (originalLine ?? 0) + 1,
    code: line,
  };
}

function describe({source, line, code, what}) {
  return `${source}:${line} (${what}) ${code}`;
}
