import test from 'ava';
import {channelCapacity, pairCodes, type PairCodesOptions} from 'cnnslicer/metrics';
import {maxDifference} from '../support/difference.js';
import {
  fixtureCases,
  fixtureValues,
  type FixtureArray,
  type FixtureCase,
} from '../support/metric-fixtures.js';

interface CapacityCase extends FixtureCase {
  input: {a: FixtureArray; b: FixtureArray};
  params: {bins: number; range: NonNullable<PairCodesOptions['range']>};
  expected: {mi: number[][]; mi_mm: number[][]; H_a: number[]; H_b: number[]; n_pairs: number};
}

for (const {name, tol, input, params, expected} of fixtureCases<CapacityCase>('capacity')) {
  test(`channelCapacity matches the reference: ${name}`, t => {
    const [from, to] = [codesOf(input.a, params), codesOf(input.b, params)];
    const {bits, millerMadow, hx, hy, pairs} = channelCapacity(from, to);
    t.true(maxDifference(bits, expected.mi.flat()) <= tol);
    t.true(maxDifference(millerMadow, expected.mi_mm.flat()) <= tol);
    t.true(maxDifference(hx, expected.H_a) <= tol);
    t.true(maxDifference(hy, expected.H_b) <= tol);
    t.is(pairs, expected.n_pairs);
  });
}

/** The fixture's maps are [samples, height, width, channels]. */
function codesOf(array: FixtureArray, params: CapacityCase['params']) {
  const [samples = 0, height = 0, width = 0, channels = 0] = array.shape;
  const pixels = height * width;
  const values = fixtureValues(array);
  const maps = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    maps[(i % channels) * samples * pixels + Math.floor(i / channels)] = values[i] as number;
  }
  return pairCodes(maps, {channels, samples, pixels}, params);
}
