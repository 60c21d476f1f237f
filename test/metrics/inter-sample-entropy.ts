import test from 'ava';
import fc from 'fast-check';
import {interSampleEntropy, unlessEqual} from 'cnnslicer/metrics';
import {seededRandom, shuffle} from '#src/shared/index.js';
import {
  fixtureCases,
  fixtureValues,
  type FixtureArray,
  type FixtureCase,
} from '../support/metric-fixtures.js';
import {closeTo} from '../support/close-to.js';

interface InterCase extends FixtureCase {
  input: FixtureArray & {shape: [samples: number, features: number]};
  params: {k: number};
  expected: {
    H: number;
    edges: number;
    log2_edges: number;
    deficit: number;
    n: number;
    n_invalid: number;
    k_eff: number;
    n_clamped: number;
    n_limit: number;
  };
}

/** NaN of the oracle is null here. */
function agree(actual: number | null, expected: number, tol: number): boolean {
  return Number.isNaN(expected) ? actual === null : actual !== null && Math.abs(actual - expected) <= tol;
}

for (const {name, input, params, expected, tol} of fixtureCases<InterCase>('inter')) {
  test(`agrees with the reference: ${name}`, t => {
    const [samples, features] = input.shape;
    const entropy = interSampleEntropy(fixtureValues(input), {samples, features}, params);
    t.true(agree(entropy.bits, expected.H, tol), `${entropy.bits} for ${expected.H}`);
    t.true(agree(entropy.log2Edges, expected.log2_edges, tol));
    t.true(agree(entropy.deficit, expected.deficit, tol));
    t.is(entropy.reason === null, entropy.bits !== null);
    const {edges, n, invalid, k, clamped, limit} = entropy;
    t.deepEqual([edges, n, invalid, k], [expected.edges, expected.n, expected.n_invalid, expected.k_eff]);
    t.deepEqual([clamped, limit], [expected.n_clamped, expected.n_limit]);
  });
}

/** `samples` unit vectors, all sqrt(2) apart. */
function simplex(samples: number): Float32Array {
  return Float32Array.from({length: samples * samples}, (_, i) => Number(i % (samples + 1) === 0));
}

function noise(length: number, seed: number): Float32Array {
  return Float32Array.from({length}, seededRandom(seed));
}

test('equidistant samples reach the ceiling log2 n(n-1)', t => {
  for (const n of [3, 10, 40]) {
    const {bits, deficit, edges} = interSampleEntropy(simplex(n), {samples: n, features: n}, {k: n - 1});
    t.is(edges, n * (n - 1));
    closeTo(t, bits, Math.log2(n * (n - 1)), 1e-12);
    t.true(Number(deficit) < 1e-12);
  }
});

test('two far clusters of m have log2 2m(m-1) bits at k = m - 1', t => {
  const m = 6;
  const x = new Float32Array(2 * m * (m + 1));
  for (let i = 0; i < 2 * m; i++) {
    x[i * (m + 1) + (i % m)] = 1;
    x[i * (m + 1) + m] = i < m ? 0 : 1e6;
  }
  const {bits} = interSampleEntropy(x, {samples: 2 * m, features: m + 1}, {k: m - 1});
  closeTo(t, bits, Math.log2(2 * m * (m - 1)), 1e-12);
});

test('k is 15 unless there are fewer other samples', t => {
  t.is(interSampleEntropy(noise(200, 1), {samples: 40, features: 5}).k, 15);
  t.is(interSampleEntropy(noise(50, 1), {samples: 10, features: 5}).k, 9);
});

test('too few samples give no entropy, with the reason', t => {
  const reasonOf = (...values: number[]) => {
    const {bits, reason, log2Edges, deficit, edges} = interSampleEntropy(Float32Array.from(values), {
      samples: values.length,
      features: 1,
    });
    t.deepEqual([bits, log2Edges, deficit, edges], [null, null, null, 0]);
    return reason;
  };
  t.is(reasonOf(), 'no-samples');
  t.is(reasonOf(3), 'too-few-samples');
  t.is(reasonOf(3, NaN), 'too-few-samples');
  t.is(reasonOf(NaN, Infinity), 'non-finite');
  t.is(reasonOf(1, 2), 'no-edges');
});

test('non-finite samples are left out and counted', t => {
  const x = noise(120, 2);
  const some = Float32Array.from([...x.subarray(0, 60), NaN, 0, 0, 0, ...x.subarray(60), 0, 0, -Infinity, 0]);
  const clean = interSampleEntropy(x, {samples: 30, features: 4}, {k: 5});
  t.deepEqual(interSampleEntropy(some, {samples: 32, features: 4}, {k: 5}), {...clean, invalid: 2});
});

test('duplicates beyond log2(k) clamp their samples, and exactly log2(k) of them are the limit', t => {
  // Copies of a first point, then far points; at k = 4 the target is 2.
  const withCopies = (copies: number) => {
    const x = Float32Array.from([...Array<number>(copies).fill(0), 100, 210, 330, 460, 600]);
    const {clamped, limit, bits} = interSampleEntropy(x, {samples: x.length, features: 1}, {k: 4});
    t.not(bits, null);
    return {clamped, limit};
  };
  t.deepEqual(withCopies(1), {clamped: 0, limit: 0});
  t.deepEqual(withCopies(2), {clamped: 0, limit: 0});
  t.deepEqual(withCopies(3), {clamped: 0, limit: 3});
  t.deepEqual(withCopies(4), {clamped: 4, limit: 0});
});

test('all samples equal: each holds to its first k, with equal weight, and tables have no entropy of them', t => {
  const entropy = interSampleEntropy(new Float32Array(24), {samples: 12, features: 2}, {k: 11});
  const {bits, edges, clamped, log2Edges} = entropy;
  t.true(entropy.equal);
  t.like(unlessEqual(entropy), {
    bits: null,
    reason: 'no-variance',
    log2Edges: null,
    deficit: null,
    clamped: 12,
  });
  t.is(clamped, 12);
  t.is(edges, 132);
  t.is(log2Edges, Math.log2(132));
  closeTo(t, bits, Math.log2(132), 1e-12);
});

test('equidistant samples clamp the umap kernel: nothing is left of their distances', t => {
  const entropy = interSampleEntropy(simplex(6), {samples: 6, features: 6}, {k: 5, kernel: 'umap'});
  t.is(entropy.kernel, 'umap');
  t.is(entropy.clamped, 6);
  closeTo(t, entropy.bits, Math.log2(30), 1e-12);
});

test('the umap kernel subtracts the nearest distance above 0', t => {
  // Four points on a line, k = 3: the excess distances of the ends are 0, 1, 3 and of the inner ones 0, 1, 1 and 0, 1, 2.
  const x = Float32Array.of(0, 1, 2, 4);
  const {bits} = interSampleEntropy(x, {samples: 4, features: 1}, {k: 3, kernel: 'umap'});
  const excess = [
    [NaN, 0, 1, 3],
    [0, NaN, 0, 2],
    [1, 0, NaN, 1],
    [2, 1, 0, NaN],
  ];
  closeTo(t, bits, entropyByDefinition(excess, Math.log2(3)), 1e-8);
});

test('the umap kernel passes over duplicates in search of the nearest distance', t => {
  // k = 4, so the target is 2: each copy at 0 is left with excess distances 0, 0, 1 and 3, two of them 0.
  const x = Float32Array.of(0, 0, 3, 4, 6);
  const {limit, clamped} = interSampleEntropy(x, {samples: 5, features: 1}, {k: 4, kernel: 'umap'});
  t.deepEqual([limit, clamped], [2, 0]);
});

/** Eq. 4-7 over a whole matrix of distances, with bisection; rows that cannot meet the target count their zeros. */
function entropyByDefinition(distances: number[][], target: number): number {
  const weights = distances.map((row, i) => {
    const others = row.filter((_, j) => j !== i);
    const sumAt = (s: number) => others.reduce((sum, d) => sum + Math.exp(-d / s), 0);
    if (others.filter(d => d === 0).length >= target) return row.map((d, j) => Number(j !== i && d === 0));
    let [lo, hi] = [1e-3, 1e3];
    for (let step = 0; step < 200; step++) {
      const middle = (lo + hi) / 2;
      if (sumAt(middle) < target) lo = middle;
      else hi = middle;
    }
    return row.map((d, j) => (j === i ? 0 : Math.exp(-d / lo)));
  });
  const pairs = weights.flatMap((row, i) => row.map((w, j) => w + Number(weights[j]?.[i])));
  const total = pairs.reduce((sum, w) => sum + w, 0);
  return pairs.reduce((bits, w) => bits - (w > 0 ? (w / total) * Math.log2(w / total) : 0), 0);
}

const samplesAndK = fc
  .tuple(fc.integer({min: 2, max: 14}), fc.integer({min: 1, max: 4}), fc.integer({min: 1, max: 20}))
  .chain(([samples, features, k]) =>
    fc.record({
      shape: fc.constant({samples, features}),
      k: fc.constant(k),
      // Multiples of 1/8 make exact duplicates and ties likely.
      x: fc
        .array(fc.integer({min: -16, max: 16}), {
          minLength: samples * features,
          maxLength: samples * features,
        })
        .map(values => Float32Array.from(values, value => value / 8)),
    }),
  );

test('0 <= H <= log2(edges) <= log2 n(n-1), for both kernels', t => {
  fc.assert(
    fc.property(samplesAndK, fc.constantFrom('paper', 'umap'), ({x, shape, k}, kernel) => {
      const {bits, edges, log2Edges, deficit, reason, clamped, limit, n} = interSampleEntropy(x, shape, {
        k,
        kernel,
      });
      if (bits === null) return reason === 'no-edges' && edges === 0 && log2Edges === null;
      return (
        bits >= 0 &&
        bits <= Number(log2Edges) + 1e-9 &&
        Number(deficit) >= 0 &&
        edges <= n * (n - 1) &&
        edges % 2 === 0 &&
        clamped + limit <= n
      );
    }),
    {seed: 1, numRuns: 300},
  );
  t.pass();
});

test('the order of the samples does not matter', t => {
  // Distances between random points do not tie, so that neighbour lists do not depend on order.
  const x = noise(60 * 3, 3);
  const order = shuffle([...Array(60).keys()], seededRandom(4));
  const shuffled = Float32Array.from(order.flatMap(row => [...x.subarray(3 * row, 3 * row + 3)]));
  const shape = {samples: 60, features: 3};
  const [a, b] = [interSampleEntropy(x, shape), interSampleEntropy(shuffled, shape)];
  closeTo(t, a.bits, Number(b.bits), 1e-10);
  t.is(a.edges, b.edges);
});

test('scale does not matter, from 2^-100 to 2^100', t => {
  const x = noise(60 * 3, 5);
  const shape = {samples: 60, features: 3};
  const {bits} = interSampleEntropy(x, shape);
  for (const power of [-100, -20, 20, 100]) {
    const scaled = interSampleEntropy(
      x.map(value => value * 2 ** power),
      shape,
    );
    closeTo(t, scaled.bits, Number(bits), 1e-10);
  }
});

test('wrong arguments are refused by name', t => {
  const x = new Float32Array(6);
  const shape = {samples: 3, features: 2};
  t.throws(() => interSampleEntropy(x, {...shape, features: 3}), {
    instanceOf: RangeError,
    message: 'interSampleEntropy: x of shape [3, 3] must have 9 elements, got 6.',
  });
  t.throws(() => interSampleEntropy(x, shape, {k: 0}), {
    instanceOf: RangeError,
    message: 'interSampleEntropy: k must be an integer >= 1, got 0.',
  });
  t.throws(() => interSampleEntropy(x, shape, {kernel: 'gauss' as 'paper'}), {
    instanceOf: TypeError,
    message: "interSampleEntropy: kernel must be 'paper' or 'umap', got gauss.",
  });
});

test('samples that are all equally far from each other reach the ceiling and never pass it', t => {
  for (let samples = 3; samples <= 60; samples++) {
    const corners = Float32Array.from({length: samples ** 2}, (_, i) => (i % (samples + 1) === 0 ? 1 : 0));
    const entropy = interSampleEntropy(corners, {samples, features: samples}, {k: samples - 1});
    const {bits, log2Edges, deficit} = entropy;
    t.true(deficit !== null && deficit >= 0 && deficit < 1e-12, `${samples}: ${deficit}`);
    closeTo(t, bits, log2Edges as number, 1e-12);
  }
});
