import {readdir, readFile} from 'node:fs/promises';
import {SourceMap} from 'node:module';
import {dirname, join, normalize} from 'node:path';
import {faultsOf} from './plant.mjs';

/** Where faults are planted: all code that can cause a wrong number, a lost epoch or a crashed server. */
const PLACES = [
  'dist/store/',
  'dist/server/',
  'dist/metrics/',
  'dist/measures/',
  'dist/shared/notation/',
  'dist/capture/',
  'dist/recorder/',
];
/** Generated, or only lists of names. */
const LEFT_OUT = /notation\/grammar\.js$|\/(api|index)\.js$/;

/**
 * All faults that can be planted in the built project, each with the line of source that it is in.
 *
 * @param {string} root - The project.
 * @param {string} [only] - Part of the path of built files.
 */
export async function allFaults(root, only = '') {
  const names = (await readdir(join(root, 'dist'), {recursive: true})).map(name => `dist/${name}`);
  const files = names.filter(name => name.endsWith('.js') && PLACES.some(place => name.startsWith(place)));
  const faults = [];
  for (const path of files.filter(name => !LEFT_OUT.test(name) && name.includes(only)).sort()) {
    const text = await readFile(join(root, path), 'utf8');
    const map = new SourceMap(JSON.parse(await readFile(join(root, `${path}.map`), 'utf8')));
    for (const fault of faultsOf(text))
      faults.push({path, ...fault, ...placeOf(path, text, map, fault.start)});
  }
  return faults;
}

/**
 * Some of them; the same share of each place, so that a large folder does not hide a small one.
 *
 * @param {Awaited<ReturnType<typeof allFaults>>} faults
 * @param {number} count
 * @param {() => number} random
 */
export function draw(faults, count, random) {
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

/** Whether a fault of an earlier list is this one: the lines around it may have moved, not its own. */
export function isSame(fault, other) {
  return ['source', 'code', 'column', 'what'].every(key => fault[key] === other[key]);
}

function placeOf(path, text, map, offset) {
  const lines = text.slice(0, offset).split('\n');
  const [row, before] = [lines.length - 1, lines.at(-1)];
  const {originalSource, originalLine} = map.findEntry(row, before.length);
  return {
    source: normalize(join(dirname(path), originalSource ?? '')),
    line: (originalLine ?? 0) + 1,
    column: before.trimStart().length,
    code: text.split('\n')[row].trim(),
  };
}
