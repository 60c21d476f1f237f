import {basename, dirname} from 'node:path';

/**
 * Tests that execute the place of a fault, nearest first: of the same name, then of the same folder, then all others;
 * among equals those that execute most of the file, then the quickest.
 *
 * @param {{path: string, source: string, start: number}} fault
 * @param {Awaited<ReturnType<import('./coverage.mjs').coverageOf>>} coverage
 * @param {number} count - At most.
 * @returns {{test: string, ms: number}[]}
 */
export function nearestTests({path, source, start}, coverage, count) {
  return Object.entries(coverage)
    .filter(([, {reaches}]) => reaches(path, start))
    .map(([test, {ms, shareOf}]) => ({test, ms, share: shareOf(path), distance: distanceOf(test, source)}))
    .sort((a, b) => a.distance - b.distance || b.share - a.share || a.ms - b.ms)
    .slice(0, count);
}

/** Whether a test is that of a file, by its name. */
export function isNamedAfter(test, source) {
  const name = path => basename(path).replace(/\.\w+$/, '');
  return name(test) === name(source);
}

function distanceOf(test, source) {
  if (isNamedAfter(test, source)) return 0;
  const folder = dirname(source).replace(/^src/, 'test');
  if (dirname(test) === folder) return 1;
  return dirname(test).split('/')[1] === folder.split('/')[1] ? 2 : 3;
}
