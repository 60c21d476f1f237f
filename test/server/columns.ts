import test from 'ava';
import {joinColumns} from '#src/server/columns.js';
import type {TypedColumns} from '#src/store/index.js';

const doubles = (...values: number[]) => ({type: 'double' as const, values: Float64Array.from(values)});
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

const LOGS: TypedColumns = {
  rows: 3,
  columns: {epoch: ints(1, 1, 2), name: texts(['loss', 'acc'], 0, 1, 0), value: doubles(0.5, 0.25, 0.125)},
};

test('parts are joined in order, and their words are shared', t => {
  const more = {rows: 1, columns: {epoch: ints(3), name: texts(['acc'], 0), value: doubles(1)}};
  t.deepEqual(joinColumns('logs', [LOGS, more], {names: ['name', 'value'], filter: {}}), {
    rows: 4,
    columns: {name: texts(['loss', 'acc'], 0, 1, 0, 1), value: doubles(0.5, 0.25, 0.125, 1)},
  });
});

test('a filter on a column that a table does not have takes no row', t => {
  for (const filter of [{layer: 'conv'}, {class: null}, {class: 0}]) {
    t.is(joinColumns('logs', [LOGS], {names: ['value'], filter}).rows, 0);
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
    const {mean} = joinColumns('channel_entropy', [part], {names: ['mean'], filter}).columns;
    return [...(mean?.values ?? [])];
  };
  t.deepEqual(means({class: null}), [0, 3]);
  t.deepEqual(means({class: 0}), [1]);
  t.deepEqual(means({class: 1}), [2, 4]);
  t.deepEqual(means({class: 2}), []);
});
