import {wholeWindow, type GridCell, type GridLayout, type GridWindow} from './grid-layout.js';

/** Largest side of a cell that zooming makes, CSS pixels. */
const largestCell = 40;
/** A grid whose cells are this large is read without zooming, CSS pixels. */
const readableCell = 14;

/** Tells whether a grid has cells too small to be read or hit in its box. */
export function canZoom({width, height, rows, columns}: GridLayout): boolean {
  return Math.min(width / columns, height / rows) < readableCell;
}

/** Tells whether all cells are in the window. */
export function isWhole({window, rows, columns}: GridLayout): boolean {
  return window.rows >= rows && window.columns >= columns;
}

/**
 * Makes cells larger or smaller around a point that stays where it is. While cells are not square, zooming in widens the
 * shorter side first, so that a grid of few rows and many columns keeps its rows.
 *
 * @param factor - Growth of a cell's side; below 1 zooms out.
 * @param at - The point in CSS pixels.
 */
export function zoomed(layout: GridLayout, factor: number, at: {x: number; y: number}): GridWindow {
  const {window, rows, columns, width, height, cellWidth, cellHeight} = layout;
  const least = {width: width / columns, height: height / rows};
  const most = Math.max(largestCell, least.width, least.height);
  const [wide, high] = factor > 1 ? grown() : shrunk();
  const share = {x: clamp((at.x - layout.left) / width, 0, 1), y: clamp((at.y - layout.top) / height, 0, 1)};
  const [newColumns, newRows] = [width / wide, height / high];
  return withinGrid(layout, {
    rows: newRows,
    columns: newColumns,
    row: window.row + share.y * (window.rows - newRows),
    column: window.column + share.x * (window.columns - newColumns),
  });

  function grown(): [number, number] {
    const side = Math.min(most, Math.min(cellWidth, cellHeight) * factor);
    return [Math.max(cellWidth, side), Math.max(cellHeight, side)];
  }

  function shrunk(): [number, number] {
    const sides = [
      ...(window.columns < columns ? [cellWidth] : []),
      ...(window.rows < rows ? [cellHeight] : []),
    ];
    const side = Math.max(0, ...sides) * factor;
    return [
      Math.max(least.width, Math.min(cellWidth, side)),
      Math.max(least.height, Math.min(cellHeight, side)),
    ];
  }
}

/** Moves the window so that what was under the pointer goes with it; distances in CSS pixels. */
export function panned(layout: GridLayout, right: number, down: number): GridWindow {
  const {window, cellWidth, cellHeight} = layout;
  return withinGrid(layout, {
    ...window,
    row: window.row - down / cellHeight,
    column: window.column - right / cellWidth,
  });
}

/** The window moved as little as needed to show a cell whole; the same window if it is seen. */
export function revealing(layout: GridLayout, {row, column}: GridCell): GridWindow {
  const {window} = layout;
  const moved = {
    ...window,
    row: clamp(window.row, row + 1 - window.rows, row),
    column: clamp(window.column, column + 1 - window.columns, column),
  };
  return moved.row === window.row && moved.column === window.column ? window : withinGrid(layout, moved);
}

/** A window that fits a grid: another grid's zoom is not kept. */
export function windowFor(
  grid: {rows: number; columns: number},
  kept: (GridWindow & {of: string}) | null,
): GridWindow {
  return kept?.of === `${grid.rows} ${grid.columns}` ? kept : wholeWindow(grid);
}

function withinGrid({rows, columns}: GridLayout, window: GridWindow): GridWindow {
  // A window that is whole but for rounding is whole.
  const upTo = (shown: number, all: number): number => (shown > all - 1e-6 ? all : shown);
  const [high, wide] = [upTo(window.rows, rows), upTo(window.columns, columns)];
  return {
    rows: high,
    columns: wide,
    row: clamp(window.row, 0, rows - high),
    column: clamp(window.column, 0, columns - wide),
  };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
