import type {QueryResult, ResultCell} from '../../shared/index.js';
import {className} from './format.js';

/** The chart for a result, with its data. Undefined is null, or NaN in a grid. */
export type ResultPicture =
  | {kind: 'number'; value: number | null; reason: string | null}
  | {kind: 'bars'; key: string; labels: string[]; values: (number | null)[]}
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
  /** Class index where the lines differ by class alone. */
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
  values: readonly ResultCell[];
}

/** Chooses the drawing of an answer by the axes along which it has more than one value. */
export function resultPicture(result: QueryResult, classes: readonly string[]): ResultPicture {
  const {columns, rows, value} = result;
  if (rows === 0) return {kind: 'none', why: 'The answer is empty.'};
  const keys = keyNames.flatMap(name => columns.find(column => column.name === name) ?? []);
  const varying = keys.filter(({values}) => values.some(entry => entry !== values[0]));
  const words = (key: Key, row: number) => inWords(key.name, key.values[row] ?? null, classes);
  if (columns.find(({name}) => name === value)?.type === 'map') return maps(result, varying, words);
  const values = (columns.find(({name}) => name === value)?.values ?? []) as (number | null)[];
  const others = varying.filter(({name}) => name !== 'epoch');
  const label = (by: readonly Key[], row: number) => by.map(key => words(key, row)).join(' · ');
  const named = (by: readonly Key[], row: number) => by.map(key => nameOf(key, words(key, row))).join(' · ');
  if (varying.length === 0) {
    const reason = columns.find(({name}) => name === 'reason')?.values[0] ?? null;
    return {kind: 'number', value: values[0] ?? null, reason: typeof reason === 'string' ? reason : null};
  }
  if (varying.length > others.length) {
    const epoch = varying[0] as Key;
    const grid = crossed(
      rows,
      row => named(others, row),
      row => String(epoch.values[row]),
      values,
    );
    const byClass = others.length === 1 && others[0]?.name === 'class';
    if (grid.rowLabels.length > most.rows) return tooMany(rows);
    if (grid.rowLabels.length > most.lines)
      return {kind: 'grid', rowTitle: titleOf(others), columnTitle: 'epoch', ...grid};
    return {kind: 'lines', ...linesOf(grid, byClass ? distinct(others[0]?.values ?? []) : [])};
  }
  const column = varying.at(-1) as Key;
  if (varying.length === 1 && rows <= most.bars) {
    return {kind: 'bars', key: column.name, labels: values.map((_, row) => words(column, row)), values};
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
  classes: readonly ResultCell[],
): {epochs: number[]; lines: ResultLine[]} {
  const epochs = columnLabels.map(Number);
  const lines = rowLabels.map((label, row) => {
    const index = classes[row];
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
  {columns, rows, value}: QueryResult,
  varying: readonly Key[],
  words: (key: Key, row: number) => string,
): ResultPicture {
  const column = (name: string) => columns.find(other => other.name === name)?.values ?? [];
  const [shape, map] = [column('shape'), column(value)];
  const shown = Math.min(rows, most.maps);
  return {
    kind: 'maps',
    more: rows - shown,
    maps: Array.from({length: shown}, (_, row) => ({
      label: varying.map(key => nameOf(key, words(key, row))).join(' · '),
      shape: String(shape[row] ?? '')
        .split('x')
        .filter(extent => extent !== '')
        .map(Number),
      values: map[row] as Float32Array,
    })),
  };
}

function inWords(key: string, value: ResultCell, classes: readonly string[]): string {
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

function distinct(values: readonly ResultCell[]): ResultCell[] {
  return [...new Set(values)];
}

function tooMany(rows: number): ResultPicture {
  return {
    kind: 'none',
    why: `${rows.toLocaleString('en')} values are too many for one drawing; the views show them one epoch at a time, and the export has them all.`,
  };
}
