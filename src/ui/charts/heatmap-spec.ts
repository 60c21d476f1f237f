import {paletteIndex, rasterize, scalePalette, type Grid} from '../../shared/index.js';
import type {Pen} from './canvas.js';
import {fitSpec, fittedHeight, paintGrid, scaleStops, type GridLook, type GridSpec} from './grid-paint.js';
import type {GridRoom} from './grid-labels.js';
import {shownBox, visibleCells, type GridLayout, type GridPlace} from './grid-layout.js';
import {overDark, overLight, type Theme} from './palette.js';
import type {PixelCells} from './pixel-cells.js';

/** A heatmap of two lists of channels, in the order in which it is drawn. */
export interface HeatmapSpec extends GridSpec {
  /** One bar per drawn row and column; NaN has none. */
  rowBars: Float64Array;
  columnBars: Float64Array;
  /** Cells that are struck through, row-major; null is none. */
  struck: Uint8Array | null;
}

/** Room for the bars right of and below the raster, and its distance, CSS pixels. */
const BARS = 44;
const GAP = 6;
/** Height of the bars with their distance. */
export const heatmapBelow = BARS + GAP;

/** The room of a heatmap: square cells where there is room for them, and bars along them; CSS pixels. */
export function heatmapRoom(tallest: number): Omit<GridRoom, 'width'> {
  return {tallest, cell: Math.max(40, tallest / 16), right: BARS + GAP};
}

/** The raster of a grid in its own canvas, one pixel a cell. */
export function heatmapRaster(grid: Grid, theme: Theme): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = grid.columns;
  canvas.height = grid.rows;
  const palette = scalePalette(scaleStops({}, theme));
  const pixels = rasterize(grid, palette, {cell: 1, hatch: [theme.lineStrong, theme.panel]});
  canvas.getContext('2d')?.putImageData(new ImageData(pixels, grid.columns, grid.rows), 0, 0);
  return canvas;
}

/** Draws a heatmap with its names and bars, for a file. */
export function heatmapDrawing(spec: HeatmapSpec, width: number, tallest: number, look: GridLook) {
  const fitted = fitSpec(spec, {...heatmapRoom(tallest), width});
  return {
    width,
    height: fittedHeight(fitted) + heatmapBelow,
    paint: (context: Pen) => {
      const layout = paintGrid(context, spec, fitted, look);
      paintAlong(context, spec, layout, look.theme);
    },
  };
}

/** Draws the bars along a raster, and a dot in each struck cell. */
export function paintAlong(context: Pen, spec: HeatmapSpec, layout: GridLayout, theme: Theme): void {
  const {rowBars, columnBars} = spec;
  const longest = Math.max(largest(rowBars), largest(columnBars), 1e-9);
  paintStruck(context, spec, layout);
  context.fillStyle = theme.inkFaint;
  paintRowBars(context, rowBars, layout, longest);
  paintColumnBars(context, columnBars, layout, longest);
}

function largest(bars: Float64Array): number {
  return bars.reduce((most, bar) => (bar > most ? bar : most), 0);
}

/** Smallest cell with a dot, CSS pixels. */
const dottedCell = 3;

/** A dot in each struck cell: there may be nothing behind its value. */
function paintStruck(context: Pen, {grid, struck}: HeatmapSpec, layout: GridLayout): void {
  const {cellWidth, cellHeight} = layout;
  const side = Math.min(cellWidth, cellHeight);
  if (!struck || side < dottedCell) return;
  const {rows, columns} = visibleCells(layout);
  for (let row = rows[0]; row < rows[1]; row++) {
    for (let column = columns[0]; column < columns[1]; column++) {
      const at = row * grid.columns + column;
      const box = shownBox(layout, {row, column});
      if (struck[at] === 0 || !box || box.width < cellWidth / 2 || box.height < cellHeight / 2) continue;
      const dark = paletteIndex(grid.values[at] ?? 0, grid.domain) < 128;
      context.fillStyle = dark ? `${overLight}99` : `${overDark}aa`;
      context.beginPath();
      const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
      context.arc(x, y, Math.max(0.5, side / 7), 0, 2 * Math.PI);
      context.fill();
    }
  }
}

/**
 * Draws the profiles of a row and a column instead of the bars: what the row's channel shares with each column, below, and
 * what the column's shares with each row, at the right. Their lengths are on the scale of the colours.
 */
export function paintProfiles(
  context: Pen,
  spec: HeatmapSpec,
  layout: GridLayout,
  at: GridPlace,
  theme: Theme,
): void {
  const {rows, columns, values, domain} = spec.grid;
  const {row, column} = at;
  const clear = (x: number, y: number, wide: number, high: number): void => {
    context.fillStyle = theme.panel;
    context.fillRect(x, y, wide, high);
    context.fillStyle = theme.accent;
  };
  if (column !== null) {
    clear(layout.left + layout.width + GAP, layout.top, BARS, layout.height);
    const profile = Float64Array.from({length: rows}, (_, i) => values[i * columns + column] as number);
    paintRowBars(context, profile, layout, domain[1]);
  }
  if (row !== null) {
    clear(layout.left, layout.top + layout.height + GAP, layout.width, BARS);
    paintColumnBars(
      context,
      Float64Array.from(values.subarray(row * columns, (row + 1) * columns)),
      layout,
      domain[1],
    );
  }
}

function paintRowBars(context: Pen, bars: Float64Array, layout: GridLayout, longest: number): void {
  const x = layout.left + layout.width + GAP;
  eachBar(layout.down, layout, bars, longest, (along, thick, length) =>
    context.fillRect(x, layout.top + along, length, thick),
  );
}

function paintColumnBars(context: Pen, bars: Float64Array, layout: GridLayout, longest: number): void {
  const y = layout.top + layout.height + GAP;
  eachBar(layout.across, layout, bars, longest, (along, thick, length) =>
    context.fillRect(layout.left + along, y, thick, length),
  );
}

/** A bar for each run of device pixels that show the same cells: the longest of theirs. */
function eachBar(
  {from, to}: PixelCells,
  {ratio}: GridLayout,
  bars: Float64Array,
  longest: number,
  draw: (along: number, thick: number, length: number) => void,
): void {
  for (let start = 0, end: number; start < from.length; start = end) {
    for (end = start + 1; end < from.length && from[end] === from[start]; end++);
    const most = largest(bars.subarray(from[start], to[start]));
    const thick = (end - start) / ratio;
    if (most > 0 && longest > 0) draw(start / ratio, thick > 4 ? thick - 1 : thick, (most / longest) * BARS);
  }
}
