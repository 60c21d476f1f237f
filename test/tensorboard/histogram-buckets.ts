import test from 'ava';
import fc from 'fast-check';
import {histogramBuckets} from '#src/tensorboard/histogram-buckets.js';
import {seededRandom} from '#src/shared/index.js';
import {python, pythonTest} from '../support/python.js';

/** Column 0 is left edges, 1 right edges, 2 counts. */
function column(rows: Float64Array, index: number): number[] {
  return Array.from({length: rows.length / 3}, (_, row) => rows[row * 3 + index] ?? NaN);
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

test('0..30 falls one value a bucket, and the upper bound into the last', t => {
  const rows = histogramBuckets(Float32Array.from({length: 31}, (_, i) => i));
  t.deepEqual(
    column(rows, 0),
    Array.from({length: 30}, (_, i) => i),
  );
  t.deepEqual(
    column(rows, 1),
    Array.from({length: 30}, (_, i) => i + 1),
  );
  t.deepEqual(column(rows, 2), [...new Array<number>(29).fill(1), 2]);
});

test('constant data, one value included, is counted in the last bucket, all edges equal', t => {
  for (const values of [[-2.5, -2.5, -2.5], [7]]) {
    const rows = histogramBuckets(values);
    t.deepEqual(new Set([...column(rows, 0), ...column(rows, 1)]), new Set([values[0]]));
    t.deepEqual(column(rows, 2), [...new Array<number>(29).fill(0), values.length]);
  }
});

test('no data and nothing but non-finite data give 30 rows of zeros', t => {
  t.deepEqual(histogramBuckets([]), new Float64Array(90));
  t.deepEqual(histogramBuckets([NaN, Infinity, -Infinity]), new Float64Array(90));
});

test('non-finite values change nothing', t => {
  t.deepEqual(histogramBuckets([NaN, 3, Infinity, 1, -Infinity, 2]), histogramBuckets([3, 1, 2]));
});

test('a range too small or too large for a double is still counted', t => {
  const counts = (values: number[]) => column(histogramBuckets(values), 2);
  t.is(counts([0, 5e-324]).at(-1), 2);
  const huge = counts([-Number.MAX_VALUE, 0.1 * Number.MAX_VALUE, Number.MAX_VALUE]);
  t.deepEqual([huge[0], huge[16], huge[29]], [1, 1, 1]);
});

test('for any finite values the counts sum to n, edges ascend from min to max and buckets touch', t => {
  const values = fc.array(fc.double({noNaN: true, noDefaultInfinity: true}), {minLength: 1});
  fc.assert(
    fc.property(values, data => {
      const rows = histogramBuckets(data);
      const [left, right, counts] = [column(rows, 0), column(rows, 1), column(rows, 2)];
      t.is(sum(counts), data.length);
      t.true(left[0] === Math.min(...data) && right[29] === Math.max(...data));
      t.true(left.every((edge, i) => edge <= (right[i] ?? NaN)));
      t.deepEqual(left.slice(1), right.slice(0, -1));
    }),
    {seed: 2, numRuns: 500},
  );
});

pythonTest("the buckets are those of TensorBoard's own histogram_pb, bit for bit", async t => {
  const random = seededRandom(3);
  const cases = [
    Array.from({length: 1000}, () => random()),
    Array.from({length: 1000}, () => (random() - 0.5) * 1e-6 + 5),
    Array.from({length: 257}, () => Math.floor(random() * 10)),
    [4, 4, 4],
    [1, 2],
    [],
  ];
  const program = `
import json, sys
from tensorboard.plugins.histogram.summary_v2 import histogram_pb
from tensorboard.util import tensor_util
rows = lambda values: tensor_util.make_ndarray(histogram_pb('h', values).value[0].tensor).ravel().tolist()
print(json.dumps([rows(values) for values in json.loads(sys.argv[1])]))`;
  const expected = JSON.parse(await python('-c', program, JSON.stringify(cases))) as number[][];
  t.deepEqual(
    cases.map(values => Array.from(histogramBuckets(values))),
    expected,
  );
});
