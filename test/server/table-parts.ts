import test from 'ava';
import {cellsOf, type Column, type Table} from '#src/shared/index.js';
import {joinedParts, withoutNonFinite} from '#src/server/table-parts.js';

const doubles = (...values: number[]) => ({
  type: 'double' as const,
  values: Float64Array.from(values),
  nulls: null,
});
const ints = (...values: number[]) => ({
  type: 'int32' as const,
  values: Int32Array.from(values),
  nulls: null,
});
const texts = (words: string[], ...codes: number[]) => ({
  type: 'string' as const,
  values: Int32Array.from(codes),
  words,
});

const LOGS: Table = {
  rows: 3,
  columns: {epoch: ints(1, 1, 2), name: texts(['loss', 'acc'], 0, 1, 0), value: doubles(0.5, 0.25, 0.125)},
};

test('parts are joined in order, and their words are shared', t => {
  const more = {rows: 1, columns: {epoch: ints(3), name: texts(['acc'], 0), value: doubles(1)}};
  t.deepEqual(joinedParts('logs', [LOGS, more], {names: ['name', 'value'], filter: {}}), {
    rows: 4,
    columns: {name: texts(['loss', 'acc'], 0, 1, 0, 1), value: doubles(0.5, 0.25, 0.125, 1)},
  });
});

test('where no epoch has the table there are its columns without rows', t => {
  const {rows, columns} = joinedParts('logs', [], {names: ['value', 'name'], filter: {}});
  t.is(rows, 0);
  t.deepEqual(
    Object.entries(columns).map(([name, {type, values}]) => [name, type, values.length]),
    [
      ['value', 'double', 0],
      ['name', 'string', 0],
    ],
  );
});

test('a filter on a column that a table does not have takes no row', t => {
  for (const filter of [{layer: 'conv'}, {class: null}, {class: 0}]) {
    t.is(joinedParts('logs', [LOGS], {names: ['value'], filter}).rows, 0);
  }
});

test('rows of a class, and those of all classes together, are taken where they lie', t => {
  const classes = {
    type: 'int32' as const,
    values: Int32Array.of(0, 0, 1, 0, 1),
    nulls: Uint8Array.of(1, 0, 0, 1, 0),
  };
  const part = {rows: 5, columns: {class: classes, mean: doubles(0, 1, 2, 3, 4)}};
  const means = (filter: {class: number | null}) => {
    const {mean} = joinedParts('channel_entropy', [part], {names: ['mean'], filter}).columns;
    return [...(mean?.values ?? [])];
  };
  t.deepEqual(means({class: null}), [0, 3]);
  t.deepEqual(means({class: 0}), [1]);
  t.deepEqual(means({class: 1}), [2, 4]);
  t.deepEqual(means({class: 2}), []);
});

test('what JSON does not have is null; a column of finite numbers is left as it is', t => {
  const loss = {...doubles(1, NaN, Infinity, NaN), nulls: Uint8Array.of(0, 0, 0, 1)};
  const {columns} = withoutNonFinite({rows: 4, columns: {loss, epoch: ints(0, 1, 2, 3)}});
  t.deepEqual(cellsOf(columns['loss'] as Column), [1, null, null, null]);
  t.deepEqual(columns['epoch'], ints(0, 1, 2, 3));
  const finite: Column = {...doubles(1, NaN), nulls: Uint8Array.of(0, 1)};
  t.is(withoutNonFinite({rows: 2, columns: {finite}}).columns['finite'], finite);
});
