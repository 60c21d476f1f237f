import {
  cellOf,
  columnNamed,
  isConstant,
  isNull,
  type Aggregate,
  type AggregateAxis,
  type AggregateQuery,
  type Cell,
  type Column,
  type Table,
} from '../../shared/index.js';
import {partOfRows, withPauses, type AnswerParts} from '../../measures/answer/answer-parts.js';
import {assertFits, type Extent} from '../../measures/answer/answer-size.js';
import {NoSuchSlice} from '../../measures/slice/no-such-slice.js';
import {RunningMoments} from './running-moments.js';

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

/** Advice on how to request something to aggregate. */
const REMEDIES: Readonly<Record<AggregateAxis, string>> = {
  channel: 'this measure has one value a layer',
  class: 'ask for classes with label=* or a list of them',
  epoch: 'this measure has no epochs',
};

/**
 * Combines the values along an axis, for each combination of the other keys. Undefined values are left out:
 * `values` and `undefined` count either kind. Null where none is defined.
 *
 * Each part is folded as it comes, so that the values are never held together.
 *
 * @throws {NoSuchSlice} if the answer has nothing along the axis; once the parts are asked for also where that shows only
 *   in the values, or where even one value for each combination is more than one answer holds.
 */
export function aggregate(answer: AnswerParts, {aggregate: by, over}: AggregateQuery): AnswerParts {
  const {columns, value} = answer;
  const keys = columns.filter(({name}) => Object.hasOwn(KEYS, name));
  const kept = keys.filter(({name}) => KEYS[name] !== over);
  const along = keys.filter(({name}) => KEYS[name] === over).map(({name}) => name);
  const nothing = () =>
    new NoSuchSlice(`There is nothing to take the ${by} over ${over}: ${REMEDIES[over]}.`);
  if (along.length === 0) throw nothing();
  const result: AnswerParts['columns'] = [
    ...kept,
    {name: value, type: 'double'},
    {name: 'values', type: 'int32'},
    {name: 'undefined', type: 'int32'},
  ];
  const extent = without(answer.extent, over);
  return {
    ...answer,
    measure: `${by} over ${over} of ${answer.measure}`,
    columns: result,
    extent,
    parts: (async function* () {
      assertFits(extent, result.length);
      const fold = new Fold(
        kept.map(({name}) => name),
        value,
      );
      let something = false;
      for await (const part of withPauses(answer.parts)) {
        something ||= along.some(name => hasValue(part, name));
        fold.add(part);
      }
      if (!something) throw nothing();
      yield partOfRows(result, fold.rows(by));
    })(),
  };
}

function without(extent: Extent, over: AggregateAxis): Extent {
  switch (over) {
    case 'epoch':
      return {...extent, epochs: 1};
    case 'class':
      return {...extent, classes: 1};
    case 'channel':
      return {...extent, channels: extent.layers};
  }
}

function hasValue(table: Table, name: string): boolean {
  const column = columnNamed(table, name);
  for (let row = 0; row < table.rows; row++) if (!isNull(column, row)) return true;
  return false;
}

function keyText(column: Column, row: number): string {
  return JSON.stringify(cellOf(column, row));
}

/** The values of each combination of keys, as far as they are needed. */
class Fold {
  readonly #keys: readonly string[];
  readonly #value: string;
  readonly #groups = new Map<string, {key: Cell[]; moments: RunningMoments; undefined: number}>();

  constructor(keys: readonly string[], value: string) {
    this.#keys = keys;
    this.#value = value;
  }

  add(part: Table): void {
    const keys = this.#keys.map(name => columnNamed(part, name));
    const texts = keys.map(column => keyText(column, 0));
    const varying = [...keys.entries()].filter(([, column]) => !isConstant(column));
    const values = columnNamed(part, this.#value);
    let group = undefined;
    for (let row = 0; row < part.rows; row++) {
      for (const [i, column] of varying) texts[i] = keyText(column, row);
      // If no key varies, the first row has found the only group.
      if (group === undefined || varying.length > 0) {
        const text = texts.join(',');
        group = this.#groups.get(text);
        if (group === undefined) {
          const key = keys.map(column => cellOf(column, row));
          group = {key, moments: new RunningMoments(), undefined: 0};
          this.#groups.set(text, group);
        }
      }
      const value = cellOf(values, row);
      if (typeof value === 'number') group.moments.add(value);
      else group.undefined++;
    }
  }

  rows(by: Aggregate): Record<string, Cell>[] {
    return Array.from(this.#groups.values(), ({key, moments, undefined: without}) => ({
      ...Object.fromEntries(this.#keys.map((name, i) => [name, key[i] ?? null])),
      [this.#value]: moments.count === 0 ? null : moments[by],
      values: moments.count,
      undefined: without,
    }));
  }
}
