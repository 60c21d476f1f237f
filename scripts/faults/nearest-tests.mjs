import {basename, dirname} from 'node:path';

/**
 * Tests that execute the place of a fault, nearest first: of the same name, then of the same folder, then all others;
 * among equals the quickest. As many as take the given time.
 *
 * @param {{path: string, source: string, start: number}} fault
 * @param {Awaited<ReturnType<import('./coverage.mjs').coverageOf>>} coverage
 * @param {number} patienceMs
 * @returns {{test: string, ms: number}[]}
 */
export function nearestTests({path, source, start}, coverage, patienceMs) {
  const near = Object.entries(coverage)
    .filter(([, {reaches}]) => reaches(path, start))
    .map(([test, {ms}]) => ({test, ms, distance: distanceOf(test, source)}))
    .sort((a, b) => a.distance - b.distance || a.ms - b.ms);
  let left = patienceMs;
  return near.filter(({ms}) => {
    if (ms > left) return false;
    left -= ms;
    return true;
  });
}

function distanceOf(test, source) {
  const name = path => basename(path).replace(/\.\w+$/, '');
  if (name(test) === name(source)) return 0;
  const folder = dirname(source).replace(/^src/, 'test');
  if (dirname(test) === folder) return 1;
  return dirname(test).split('/')[1] === folder.split('/')[1] ? 2 : 3;
}
