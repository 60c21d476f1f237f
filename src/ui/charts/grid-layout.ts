import type {Grid} from '../../shared/index.js';
import {pixelCells, type PixelCells} from './pixel-cells.js';

/** The part of a grid that is seen, in cells; fractions are parts of cells. */
export interface GridWindow {
  row: number;
  column: number;
  rows: number;
  columns: number;
}

/** A rectangle, CSS pixels. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** A cell by its place in the drawing. */
export interface GridCell {
  row: number;
  column: number;
}

/** A place in a drawing: both in the raster, one beside it, neither elsewhere. */
export interface GridPlace {
  row: number | null;
  column: number | null;
}

/** Where the cells of a grid are: the one source of painting, pointing, keyboard, labels and export. CSS pixels. */
export interface GridLayout extends Box {
  rows: number;
  columns: number;
  window: GridWindow;
  /** Sides of a cell. */
  cellWidth: number;
  cellHeight: number;
  /** Device pixels per CSS pixel. */
  ratio: number;
  /** The cells behind the raster's device pixels, from left to right and from top to bottom. */
  across: PixelCells;
  down: PixelCells;
}

/** The window that shows a whole grid. */
export function wholeWindow({rows, columns}: {rows: number; columns: number}): GridWindow {
  return {row: 0, column: 0, rows, columns};
}

/**
 * Lays out a grid in a box, whose edges move to whole device pixels.
 *
 * @param grid - Numbers of rows and columns; at least 1 each.
 */
export function gridLayout(
  {rows, columns}: {rows: number; columns: number},
  box: Box,
  {ratio = 1, window = wholeWindow({rows, columns})}: {ratio?: number; window?: GridWindow} = {},
): GridLayout {
  const snapped = (length: number): number => Math.round(length * ratio);
  const [wide, high] = [Math.max(1, snapped(box.width)), Math.max(1, snapped(box.height))];
  const [width, height] = [wide / ratio, high / ratio];
  return {
    ...{rows, columns, window, ratio, width, height},
    left: snapped(box.left) / ratio,
    top: snapped(box.top) / ratio,
    cellWidth: width / window.columns,
    cellHeight: height / window.rows,
    across: pixelCells({first: window.column, shown: window.columns, cells: columns, pixels: wide}),
    down: pixelCells({first: window.row, shown: window.rows, cells: rows, pixels: high}),
  };
}

/** The rectangle of a cell, which may reach beyond the raster, or lie outside it, where the window shows a part. */
export function cellBox(layout: GridLayout, {row, column}: GridCell): Box {
  const {left, top, window, cellWidth, cellHeight} = layout;
  return {
    left: left + (column - window.column) * cellWidth,
    top: top + (row - window.row) * cellHeight,
    width: cellWidth,
    height: cellHeight,
  };
}

/** The part of a cell's rectangle that is in the raster; null if none is. */
export function shownBox(layout: GridLayout, cell: GridCell): Box | null {
  const box = cellBox(layout, cell);
  const [left, top] = [Math.max(layout.left, box.left), Math.max(layout.top, box.top)];
  const width = Math.min(layout.left + layout.width, box.left + box.width) - left;
  const height = Math.min(layout.top + layout.height, box.top + box.height) - top;
  return width > 0 && height > 0 ? {left, top, width, height} : null;
}

/** Cells that share a device pixel, ends not included. */
export interface GridBlock {
  rows: readonly [from: number, to: number] | null;
  columns: readonly [from: number, to: number] | null;
}

/** The cells that are drawn at a point; a side is null where the point is beside the raster. */
export function blockAt(layout: GridLayout, x: number, y: number): GridBlock {
  const {left, top, ratio, across, down} = layout;
  return {rows: rangeAt(down, (y - top) * ratio), columns: rangeAt(across, (x - left) * ratio)};
}

function rangeAt({from, to}: PixelCells, along: number): readonly [number, number] | null {
  const pixel = Math.floor(along + 1e-6);
  const [first, end] = [from[pixel], to[pixel]];
  return first === undefined || end === undefined ? null : [first, end];
}

/** The largest of a block's cells, whose colour its pixel has; of equal ones, and of undefined ones alone, the first. */
export function drawnCell(
  {values, columns}: Pick<Grid, 'values' | 'columns'>,
  rows: readonly [from: number, to: number],
  across: readonly [from: number, to: number],
): GridCell {
  let [row, column, most] = [rows[0], across[0], Number.NaN];
  for (let r = rows[0]; r < rows[1]; r++) {
    for (let c = across[0]; c < across[1]; c++) {
      const value = values[r * columns + c] as number;
      if (value > most || (Number.isNaN(most) && !Number.isNaN(value))) [row, column, most] = [r, c, value];
    }
  }
  return {row, column};
}

/** What is drawn at a point: a cell, a row or a column alone beside the raster, or nothing. */
export function placeAt(grid: Grid, layout: GridLayout, x: number, y: number): GridPlace {
  const {rows, columns} = blockAt(layout, x, y);
  if (rows && columns) return drawnCell(grid, rows, columns);
  return {row: rows && rows[0], column: columns && columns[0]};
}

/** Rows and columns of which a part is seen, ends not included. */
export function visibleCells({window, rows, columns}: GridLayout): {
  rows: readonly [from: number, to: number];
  columns: readonly [from: number, to: number];
} {
  return {
    rows: [Math.floor(window.row), Math.min(rows, Math.ceil(window.row + window.rows))],
    columns: [Math.floor(window.column), Math.min(columns, Math.ceil(window.column + window.columns))],
  };
}
