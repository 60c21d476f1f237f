import test from 'ava';
import fc from 'fast-check';
import {rowsOf, type Aggregate, type AggregateAxis, type Cell} from '#src/shared/index.js';
import {aggregate} from '#src/analysis/query/aggregate.js';
import {RunningMoments} from '#src/analysis/query/running-moments.js';
import {collected, columnsFor, partOfRows, type AnswerParts} from '#src/measures/answer/answer-parts.js';
import {NoSuchSlice} from '#src/measures/slice/no-such-slice.js';
import {closeTo} from '../../support/close-to.js';

interface Row {
  epoch: number;
  layer: string;
  channel: number;
  class: number | null;
  bits: number | null;
}

const columns = columnsFor<Row>({
  epoch: 'int32',
  layer: 'string',
  channel: 'int32',
  class: 'int32',
  bits: 'double',
});

/** An answer whose parts are these rows. */
function answerOf(...parts: Row[][]): AnswerParts {
  return {
    measure: 'H',
    value: 'bits',
    unit: 'bit',
    columns,
    extent: {epochs: 2, classes: 2, layers: 1, channels: 3},
    parts: (async function* () {
      for (const rows of parts) yield await Promise.resolve(partOfRows(columns, rows));
    })(),
    facts: () => ({n: 6}),
  };
}

async function aggregated(
  by: Aggregate,
  over: AggregateAxis,
  ...parts: Row[][]
): Promise<Record<string, Cell>[]> {
  const of = {
    measure: 'H',
    slice: {samples: 'all', layers: 'all', channels: 'all', epochs: 'all'},
    options: {},
  } as const;
  return rowsOf(await collected(aggregate(answerOf(...parts), {aggregate: by, of, over})));
}

const row = (epoch: number, channel: number, bits: number | null, of: number | null = null): Row => ({
  epoch,
  layer: 'conv',
  channel,
  class: of,
  bits,
});

test('a mean over the channels has one row for each epoch, layer and class', async t => {
  t.deepEqual(await aggregated('mean', 'channel', [row(0, 0, 1), row(0, 1, 3)], [row(1, 0, 5)]), [
    {epoch: 0, layer: 'conv', class: null, bits: 2, values: 2, undefined: 0},
    {epoch: 1, layer: 'conv', class: null, bits: 5, values: 1, undefined: 0},
  ]);
});

test('undefined values are left out and counted; of nothing but them there is no value', async t => {
  const rows = [row(0, 0, null), row(0, 1, 4), row(1, 0, null), row(1, 1, null)];
  const found = await aggregated('max', 'channel', rows);
  t.deepEqual(
    found.map(({bits, values, undefined: without}) => [bits, values, without]),
    [
      [4, 1, 1],
      [null, 0, 2],
    ],
  );
});

test('the same combination in several parts is one row', async t => {
  const found = await aggregated('min', 'epoch', [row(0, 0, 2), row(0, 1, 8)], [row(1, 0, 1), row(1, 1, 9)]);
  t.deepEqual(
    found.map(({channel, bits}) => [channel, bits]),
    [
      [0, 1],
      [1, 8],
    ],
  );
});

test('rows keep the class that all samples together have, which is none', async t => {
  const found = await aggregated('mean', 'channel', [row(0, 0, 1), row(0, 0, 2, 0), row(0, 0, 3, 1)]);
  t.deepEqual(
    found.map(entry => entry['class']),
    [null, 0, 1],
  );
});

test('an axis that the answer lacks, or has nothing along, is refused', async t => {
  await t.throwsAsync(aggregated('mean', 'class', [row(0, 0, 1)]), {
    instanceOf: NoSuchSlice,
    message: 'There is nothing to take the mean over class: ask for classes with label=* or a list of them.',
  });
});

test('every aggregate of a group equals that of its values taken together, however they are parted', async t => {
  const value = fc.option(fc.double({min: -1e3, max: 1e3, noNaN: true}));
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(2), value), {minLength: 1, maxLength: 30}),
      fc.nat(29),
      async (cells, cut) => {
        const rows = cells.map(([epoch, bits], i) => row(epoch, i, bits));
        const found = await aggregated('std', 'channel', rows.slice(0, cut), rows.slice(cut));
        t.is(found.length, new Set(rows.map(({epoch}) => epoch)).size);
        for (const {epoch, bits, values, undefined: without} of found) {
          const group = rows.filter(entry => entry.epoch === epoch);
          const known = group.map(entry => entry.bits).filter(entry => entry !== null);
          t.deepEqual([values, without], [known.length, group.length - known.length]);
          if (known.length === 0) t.is(bits, null);
          else closeTo(t, Number(bits), deviation(known), 1e-6);
        }
      },
    ),
    {numRuns: 40},
  );
});

function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

test('moments of equal values have no spread, also of large ones', t => {
  const moments = new RunningMoments();
  for (let i = 0; i < 1000; i++) moments.add(1e15 + 0.25);
  t.deepEqual(
    [moments.mean, moments.std, moments.min, moments.max],
    [1e15 + 0.25, 0, 1e15 + 0.25, 1e15 + 0.25],
  );
});

test('a small spread around a large mean is not lost to rounding', t => {
  const moments = new RunningMoments();
  for (const value of [4, 7, 13, 16]) moments.add(1e9 + value);
  closeTo(t, moments.std, Math.sqrt(22.5), 1e-9);
});
