import {fitText, widestOf, type Measure} from './fit-text.js';
import {gridLayout, type Box, type GridLayout, type GridWindow} from './grid-layout.js';

/** The names of a grid's rows and columns. */
export interface GridNames {
  rowLabels: readonly string[];
  columnLabels: readonly string[];
  rowTitle: string;
  columnTitle: string;
}

/** The space that a grid is fitted into, CSS pixels. */
export interface GridRoom {
  /** Width of everything: names, raster, and what is right of it. */
  width: number;
  /** Maximum height of the raster. */
  tallest: number;
  /** Maximum side of a cell; null stretches the cells until they fill the room. */
  cell: number | null;
  /** Room kept right of the raster. */
  right?: number;
}

/** How the names of columns are written above the raster. */
export interface Headings {
  /** Degrees against the horizontal. */
  angle: 0 | 45 | 90;
  /** Height that they take, and length of the longest, CSS pixels. */
  height: number;
  longest: number;
}

/** A grid in its room: where its cells are, and how its names are written. */
export interface FittedGrid {
  box: Box;
  headings: Headings;
  /** Width that the names of rows take, CSS pixels. */
  longestRow: number;
}

/** Size of the names, and distances, CSS pixels. */
export const labelSize = 11;
export const titleRoom = 18;
const gap = 6;
const line = 13;
const longestHeading = 88;
/** Closest distance of slanted names. */
const slantedPitch = 17;
/** Names up to this width, usually numbers, stay upright and are thinned out. */
const short = 30;

/** Cells smaller than this are no longer kept square, so that a grid of few rows and many columns does not become a line. */
const minSquare = 2;

/** Fits a grid into its room: names upright where they fit, else slanted, else turned; square cells unless they become tiny. */
export function fitGrid(names: GridNames, room: GridRoom, measure: Measure): FittedGrid {
  const [rows, columns] = [names.rowLabels.length, names.columnLabels.length];
  const longestRow = Math.min(132, room.width * 0.3, widestOf(names.rowLabels, measure));
  const widest = widestOf(names.columnLabels, measure);
  const longest = Math.min(longestHeading, widest);
  const left = Math.ceil(titleRoom + longestRow + gap);
  const place = (angle: Headings['angle']) => {
    const height = {0: line, 45: longest * Math.SQRT1_2 + 9, 90: longest}[angle] + gap;
    const top = Math.ceil(titleRoom + height);
    const overhang = {0: widest / 2, 45: longest * Math.SQRT1_2, 90: 8}[angle];
    const wide = Math.max(16, room.width - left - Math.max(room.right ?? 0, overhang));
    const [width, high] = sides({rows, columns}, {...room, width: wide});
    return {box: {left, top, width, height: high}, headings: {angle, height, longest}, longestRow};
  };
  for (const angle of [0, 45] as const) {
    const fitted = place(angle);
    const pitch = angle === 0 ? widest + gap : slantedPitch;
    if (fitted.box.width / columns >= pitch) return fitted;
  }
  return place(widest <= short ? 0 : 90);
}

function sides(
  {rows, columns}: {rows: number; columns: number},
  {width, tallest, cell}: GridRoom,
): [width: number, height: number] {
  if (cell === null) return [width, tallest];
  const side = Math.min(width / columns, tallest / rows, cell);
  const atLeast = (count: number, most: number): number => Math.min(most, minSquare * count);
  return [Math.max(side * columns, atLeast(columns, width)), Math.max(side * rows, atLeast(rows, tallest))];
}

/** A name with its place along its axis, CSS pixels. */
export interface PlacedLabel {
  index: number;
  text: string;
  at: number;
}

/** The names that are shown, thinned out before they touch. */
export interface GridLabels {
  rows: PlacedLabel[];
  columns: PlacedLabel[];
  /** Distance over which a name is its own, CSS pixels. */
  rowPitch: number;
  columnPitch: number;
}

/** The rows or columns, or both, that are marked by the selection. */
export interface MarkedNames {
  row: number | null;
  column: number | null;
}

/** Chooses the names that fit: all, or every second, fifth, tenth and so on; a marked one is always among them. */
export function gridLabels(
  names: GridNames,
  layout: GridLayout,
  {headings, longestRow}: FittedGrid,
  measure: Measure,
  marked: MarkedNames = {row: null, column: null},
): GridLabels {
  const {left, top, window, cellWidth, cellHeight} = layout;
  const widest = headings.angle === 0 ? widestOf(names.columnLabels, measure) + gap : 0;
  const pitch = {0: widest, 45: slantedPitch, 90: line}[headings.angle];
  const placed = (
    labels: readonly string[],
    axis: {first: number; shown: number; side: number; start: number; pitch: number; most: number},
    mark: number | null,
  ): PlacedLabel[] =>
    shownIndices({...axis, cells: labels.length}, mark).map(index => ({
      index,
      text: fitText(labels[index] ?? '', axis.most, measure),
      at: axis.start + (index + 0.5 - axis.first) * axis.side,
    }));
  const down = {first: window.row, shown: window.rows, side: cellHeight, start: top, pitch: line};
  const across = {first: window.column, shown: window.columns, side: cellWidth, start: left, pitch};
  return {
    rows: placed(names.rowLabels, {...down, most: longestRow + 1}, marked.row),
    columns: placed(
      names.columnLabels,
      {...across, most: headings.angle === 0 ? widest : headings.longest + 1},
      marked.column,
    ),
    rowPitch: Math.max(line, cellHeight),
    columnPitch: Math.max(pitch, cellWidth),
  };
}

/** Indices whose centres are seen, at least `pitch` apart. */
function shownIndices(
  axis: {first: number; shown: number; side: number; cells: number; pitch: number},
  marked: number | null,
): number[] {
  const {first, shown, side, cells, pitch} = axis;
  const every = niceCount(pitch / side);
  const isSeen = (index: number): boolean => index + 0.5 >= first && index + 0.5 <= first + shown;
  const shownMark = marked !== null && marked < cells && isSeen(marked) ? marked : null;
  const indices: number[] = shownMark === null ? [] : [shownMark];
  for (let index = Math.ceil((first - 0.5) / every) * every; index < cells && isSeen(index); index += every) {
    const isFree = shownMark === null || Math.abs(index - shownMark) * side >= pitch;
    if (index >= 0 && isFree) indices.push(index);
  }
  return indices.sort((a, b) => a - b);
}

/** The least of 1, 2, 5, 10, 20 and so on that is at least as large. */
function niceCount(least: number): number {
  if (least <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(least));
  return ([1, 2, 5].find(factor => factor * power >= least - 1e-9) ?? 10) * power;
}

/** The name under a point beside the raster, as it is drawn; null where none is. */
export function labelAt(
  labels: GridLabels,
  {layout, headings}: {layout: GridLayout; headings: Headings},
  {x, y}: {x: number; y: number},
): {row: number} | {column: number} | null {
  const nearest = (placed: readonly PlacedLabel[], along: number, pitch: number): number | null =>
    placed.find(({at}) => Math.abs(at - along) <= pitch / 2)?.index ?? null;
  if (x < layout.left && x >= titleRoom && y >= layout.top) {
    const row = nearest(labels.rows, y, labels.rowPitch);
    return row === null ? null : {row};
  }
  if (y >= layout.top || y < titleRoom) return null;
  // A slanted name goes to the right as it rises.
  const along = headings.angle === 45 ? x - (layout.top - gap - y) : x;
  const column = nearest(
    labels.columns,
    along,
    headings.angle === 0 ? labels.columnPitch : labels.columnPitch,
  );
  return column === null ? null : {column};
}

/** Lays out a fitted grid. */
export function layoutOf(
  names: GridNames,
  fitted: FittedGrid,
  look: {ratio?: number; window?: GridWindow},
): GridLayout {
  return gridLayout({rows: names.rowLabels.length, columns: names.columnLabels.length}, fitted.box, look);
}
