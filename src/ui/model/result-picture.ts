import {
  cellOf,
  cellsOf,
  columnNamed,
  isConstant,
  type Cell,
  type Column,
  type QueryResult,
} from '../../shared/index.js';
import {className} from './format.js';

/** The chart for a result, with its data. Undefined is null, or NaN in a grid. */
export type ResultPicture =
  | {kind: 'number'; value: number | null; reason: string | null}
  | {
      kind: 'bars';
      key: string;
      labels: string[];
      /** Class indices where the bars are of classes. */
      classes: (number | null)[] | null;
      values: (number | null)[];
    }
  | {kind: 'lines'; epochs: number[]; lines: ResultLine[]}
  | {
      kind: 'grid';
      rowTitle: string;
      columnTitle: string;
      rowLabels: string[];
      columnLabels: string[];
      values: Float64Array;
    }
  | {kind: 'maps'; maps: ResultMap[]; more: number}
  | {kind: 'none'; why: string};

export interface ResultLine {
  label: string;
  /** Class index where the lines differ by class. */
  class: number | null;
  /** One per epoch. */
  values: (number | null)[];
}

export interface ResultMap {
  label: string;
  /** Extents of the map; empty for a dense unit. */
  shape: number[];
  values: Float32Array;
}

/** Lines that an eye still tells apart, bars that still have a width, maps that a strip still holds, rows of a grid. */
const most = {lines: 24, bars: 32, maps: 48, rows: 2000};

/** Columns that place a value in the hypercube, in the order of its axes. */
const keyNames = [
  'epoch',
  'layer',
  'from_layer',
  'to_layer',
  'from_channel',
  'to_channel',
  'channel',
  'class',
  'sample',
];

interface Key {
  name: string;
  values: readonly Cell[];
}

/** Chooses the drawing of an answer by the axes along which it has more than one value. */
export function resultPicture(result: QueryResult, classes: readonly string[]): ResultPicture {
  const {columns, rows, value} = result;
  if (rows === 0) return {kind: 'none', why: 'The answer is empty.'};
  const varying = keyNames.flatMap((name): Key[] => {
    const column: Column | undefined = columns[name];
    return column === undefined || isConstant(column) ? [] : [{name, values: cellsOf(column)}];
  });
  const words = (key: Key, row: number) => inWords(key.name, key.values[row] ?? null, classes);
  const valueColumn = columnNamed(result, value);
  if (valueColumn.type === 'map') return maps(result, varying, words);
  const values = cellsOf(valueColumn) as (number | null)[];
  const others = varying.filter(({name}) => name !== 'epoch');
  const label = (by: readonly Key[], row: number) => by.map(key => words(key, row)).join(' · ');
  const named = (by: readonly Key[], row: number) => by.map(key => nameOf(key, words(key, row))).join(' · ');
  if (varying.length === 0) {
    const reason: Column | undefined = columns['reason'];
    return {
      kind: 'number',
      value: values[0] ?? null,
      reason: reason?.type === 'string' ? cellOf(reason, 0) : null,
    };
  }
  if (varying.length > others.length) {
    const epoch = varying[0] as Key;
    const grid = crossed(
      rows,
      row => named(others, row),
      row => String(epoch.values[row]),
      values,
    );
    const classOf = new Map<string, Cell>();
    const ofClass = others.find(({name}) => name === 'class');
    for (let row = 0; ofClass && row < rows; row++)
      classOf.set(named(others, row), ofClass.values[row] ?? null);
    if (grid.rowLabels.length > most.rows) return tooMany(rows);
    if (grid.rowLabels.length > most.lines)
      return {kind: 'grid', rowTitle: titleOf(others), columnTitle: 'epoch', ...grid};
    return {kind: 'lines', ...linesOf(grid, classOf)};
  }
  const column = varying.at(-1) as Key;
  if (varying.length === 1 && rows <= most.bars) {
    const labels = values.map((_, row) => words(column, row));
    const classesOf = column.name === 'class' ? (column.values as (number | null)[]) : null;
    return {kind: 'bars', key: column.name, labels, classes: classesOf, values};
  }
  const rowKeys = varying.filter(key => key !== column);
  const grid = crossed(
    rows,
    row => label(rowKeys, row),
    row => words(column, row),
    values,
  );
  if (grid.rowLabels.length > most.rows) return tooMany(rows);
  return {kind: 'grid', rowTitle: titleOf(rowKeys), columnTitle: titleOf([column]), ...grid};
}

type Crossed = Pick<Extract<ResultPicture, {kind: 'grid'}>, 'rowLabels' | 'columnLabels' | 'values'>;

/** Values laid out by two labels, each in the order in which it first comes. */
function crossed(
  rows: number,
  rowLabel: (row: number) => string,
  columnLabel: (row: number) => string,
  values: readonly (number | null)[],
): Crossed {
  const places: [row: number, column: number][] = [];
  const [down, right] = [new Map<string, number>(), new Map<string, number>()];
  const place = (known: Map<string, number>, label: string): number => {
    const at = known.get(label) ?? known.size;
    known.set(label, at);
    return at;
  };
  for (let row = 0; row < rows; row++)
    places.push([place(down, rowLabel(row)), place(right, columnLabel(row))]);
  const grid = new Float64Array(down.size * right.size).fill(Number.NaN);
  places.forEach(([row, column], at) => (grid[row * right.size + column] = values[at] ?? Number.NaN));
  return {rowLabels: [...down.keys()], columnLabels: [...right.keys()], values: grid};
}

function linesOf(
  {rowLabels, columnLabels, values}: Crossed,
  classOf: ReadonlyMap<string, Cell>,
): {epochs: number[]; lines: ResultLine[]} {
  const epochs = columnLabels.map(Number);
  const lines = rowLabels.map((label, row) => {
    const index = classOf.get(label);
    const line = values.slice(row * epochs.length, (row + 1) * epochs.length);
    return {
      label,
      class: typeof index === 'number' ? index : null,
      values: Array.from(line, value => (Number.isNaN(value) ? null : value)),
    };
  });
  return {epochs, lines};
}

function maps(
  result: QueryResult,
  varying: readonly Key[],
  words: (key: Key, row: number) => string,
): ResultPicture {
  const [shape, map] = [columnNamed(result, 'shape'), columnNamed(result, result.value)];
  const {rows} = result;
  const shown = Math.min(rows, most.maps);
  return {
    kind: 'maps',
    more: rows - shown,
    maps: Array.from({length: shown}, (_, row) => ({
      label: varying.map(key => nameOf(key, words(key, row))).join(' · '),
      shape: String(cellOf(shape, row) ?? '')
        .split('x')
        .filter(extent => extent !== '')
        .map(Number),
      values: map.values[row] as Float32Array,
    })),
  };
}

function inWords(key: string, value: Cell, classes: readonly string[]): string {
  if (key === 'class') return typeof value === 'number' ? className(classes, value) : 'all classes';
  if (key === 'channel') return value === null ? 'whole layer' : String(value);
  return String(value);
}

/** Adds a label if the value alone is unclear. */
function nameOf({name}: Key, value: string): string {
  return ['channel', 'class', 'sample', 'epoch'].includes(name) && /^\d/.test(value)
    ? `${name} ${value}`
    : value;
}

function titleOf(keys: readonly Key[]): string {
  return keys.map(({name}) => name.replace('_', ' ')).join(' · ');
}

function tooMany(rows: number): ResultPicture {
  return {
    kind: 'none',
    why: `${rows.toLocaleString('en')} values are too many for one drawing; the views show them one epoch at a time, and the export has them all.`,
  };
}
