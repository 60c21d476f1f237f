import type {Aggregate, AggregateAxis, AggregateQuery, ResultCell, ResultColumn} from '../../shared/index.js';
import type {Answer} from './evaluation.js';
import {NoSuchSlice} from './no-such-slice.js';

/** Columns that name an entry of the hypercube, by the axis they belong to. */
const KEYS: Readonly<Record<string, AggregateAxis | null>> = {
  epoch: 'epoch',
  layer: null,
  from_layer: null,
  to_layer: null,
  channel: 'channel',
  from_channel: 'channel',
  to_channel: 'channel',
  class: 'class',
  name: 'class',
};

/** What to ask for to have something to aggregate. */
const REMEDIES: Readonly<Record<AggregateAxis, string>> = {
  channel: 'this measure has one value a layer',
  class: 'ask for classes with label=* or a list of them',
  epoch: 'this measure has no epochs',
};

/**
 * One value in place of many along an axis, for each combination of the other keys. Undefined values are left out:
 * `values` and `undefined` tell how many there were of either. Null where none is defined.
 *
 * @throws {NoSuchSlice} if the answer has nothing along the axis.
 */
export function aggregate(answer: Answer, {aggregate: by, over}: AggregateQuery): Answer {
  const keys = answer.columns.filter(({name}) => Object.hasOwn(KEYS, name));
  const along = keys.filter(({name, values}) => KEYS[name] === over && values.some(value => value !== null));
  if (along.length === 0)
    throw new NoSuchSlice(`There is nothing to take the ${by} over ${over}: ${REMEDIES[over]}.`);
  const kept = keys.filter(({name}) => KEYS[name] !== over);
  const values = answer.columns.find(({name}) => name === answer.value)?.values ?? [];
  const groups = new Map<string, {first: number; numbers: number[]; undefined: number}>();
  for (let row = 0; row < answer.rows; row++) {
    const key = JSON.stringify(kept.map(column => column.values[row]));
    const group = groups.get(key) ?? {first: row, numbers: [], undefined: 0};
    groups.set(key, group);
    const value = values[row];
    if (typeof value === 'number') group.numbers.push(value);
    else group.undefined++;
  }
  const rows = [...groups.values()];
  const column = (
    name: string,
    type: ResultColumn['type'],
    valueOf: (group: (typeof rows)[number]) => ResultCell,
  ) => ({
    name,
    type,
    values: rows.map(valueOf),
  });
  return {
    ...answer,
    measure: `${by} over ${over} of ${answer.measure}`,
    rows: rows.length,
    columns: [
      ...kept.map(({name, type, values: from}) => column(name, type, ({first}) => from[first] ?? null)),
      column(answer.value, 'double', ({numbers}) => (numbers.length > 0 ? AGGREGATES[by](numbers) : null)),
      column('values', 'int32', ({numbers}) => numbers.length),
      column('undefined', 'int32', group => group.undefined),
    ],
  };
}

const AGGREGATES: Readonly<Record<Aggregate, (values: readonly number[]) => number>> = {
  mean,
  max: values => values.reduce((a, b) => Math.max(a, b)),
  min: values => values.reduce((a, b) => Math.min(a, b)),
  /** Of the population. */
  std: values => {
    const center = mean(values);
    return Math.sqrt(mean(values.map(value => (value - center) ** 2)));
  },
};

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
