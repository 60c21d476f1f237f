import {brightIsLittle, paletteIndex, rasterize, scalePalette, type Grid} from '../../shared/index.js';
import {chartFont, type Paint, type Pen} from './canvas.js';
import {overDark, overLight, type Theme} from './palette.js';

/** A heatmap of two lists of channels, in the order in which it is drawn. */
export interface HeatmapSpec {
  grid: Grid;
  /** Names of the drawn rows and columns. */
  rowLabels: string[];
  columnLabels: string[];
  rowTitle: string;
  columnTitle: string;
  /** One bar per drawn row and column; NaN has none. */
  rowBars: Float64Array;
  columnBars: Float64Array;
  /** Cells that are struck through, row-major; null is none. */
  struck: Uint8Array | null;
}

/** Positions of the parts of a heatmap, CSS pixels. */
export interface HeatmapLayout {
  left: number;
  top: number;
  /** Sides of the raster. */
  width: number;
  height: number;
  /** Room for the bars right of and below the raster. */
  bars: number;
}

const LABELS = 34;
const BARS = 44;
const GAP = 6;
/** Below this side of a cell its label is not read. */
const LABELLED_CELL = 9;

/** Square cells where there is room for them; CSS pixels. */
export function heatmapLayout({rows, columns}: Grid, width: number, most: number): HeatmapLayout {
  const room = Math.max(80, width - LABELS - GAP - BARS);
  const side = Math.min(room / columns, most / rows, Math.max(40, most / 16));
  return {left: LABELS, top: LABELS, width: side * columns, height: side * rows, bars: BARS};
}

/** Full height of a heatmap, CSS pixels. */
export function heatmapHeight(layout: HeatmapLayout): number {
  return layout.top + layout.height + GAP + layout.bars;
}

/** Finds the row and column at a point: both in the raster, one next to it, null elsewhere. */
export interface HeatmapPlace {
  row: number | null;
  column: number | null;
}

/** Finds the part of the drawing at a point. */
export function placeAt(
  {left, top, width, height}: HeatmapLayout,
  {rows, columns}: Grid,
  x: number,
  y: number,
): HeatmapPlace {
  const column = Math.floor(((x - left) / width) * columns);
  const row = Math.floor(((y - top) / height) * rows);
  return {
    row: row >= 0 && row < rows ? row : null,
    column: column >= 0 && column < columns ? column : null,
  };
}

/** The raster of a heatmap in its own canvas, one pixel a cell. */
export function heatmapRaster(grid: Grid, theme: Theme): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = grid.columns;
  canvas.height = grid.rows;
  const palette = scalePalette(brightIsLittle(theme.name));
  const pixels = rasterize(grid, palette, {cell: 1, hatch: [theme.lineStrong, theme.panel]});
  canvas.getContext('2d')?.putImageData(new ImageData(pixels, grid.columns, grid.rows), 0, 0);
  return canvas;
}

/** Draws a heatmap with its labels and bars. */
export function heatmapPaint(spec: HeatmapSpec, theme: Theme, most: number): Paint {
  const raster = heatmapRaster(spec.grid, theme);
  return (context, width) => {
    const layout = heatmapLayout(spec.grid, width, most);
    context.imageSmoothingEnabled = false;
    context.drawImage(raster, layout.left, layout.top, layout.width, layout.height);
    paintUndefined(context, spec, layout, theme);
    paintStruck(context, spec, layout, theme);
    paintLabels(context, spec, layout, theme);
    paintBars(context, spec, layout, theme);
  };
}

function paintUndefined(
  context: Pen,
  {grid}: HeatmapSpec,
  {left, top, width, height}: HeatmapLayout,
  theme: Theme,
): void {
  const [w, h] = [width / grid.columns, height / grid.rows];
  context.strokeStyle = theme.lineStrong;
  context.lineWidth = 1;
  for (let at = 0; at < grid.values.length; at++) {
    if (!Number.isNaN(grid.values[at])) continue;
    const x = left + (at % grid.columns) * w;
    const y = top + Math.floor(at / grid.columns) * h;
    context.fillStyle = theme.panel;
    context.fillRect(x, y, w, h);
    context.beginPath();
    for (let offset = 3; offset < w + h; offset += 4) {
      context.moveTo(x + Math.max(0, offset - h), y + Math.min(h, offset));
      context.lineTo(x + Math.min(w, offset), y + Math.max(0, offset - w));
    }
    context.stroke();
  }
}

/** A dot in each struck cell: there may be nothing behind its value. */
function paintStruck(
  context: Pen,
  {grid, struck}: HeatmapSpec,
  {left, top, width, height}: HeatmapLayout,
  theme: Theme,
): void {
  if (!struck) return;
  const [w, h] = [width / grid.columns, height / grid.rows];
  const radius = Math.max(0.5, Math.min(w, h) / 7);
  for (let at = 0; at < struck.length; at++) {
    if (struck[at] === 0) continue;
    const dark = paletteIndex(grid.values[at] ?? 0, grid.domain) < 128;
    context.fillStyle = dark ? `${overLight}99` : `${overDark}aa`;
    context.beginPath();
    const x = left + ((at % grid.columns) + 0.5) * w;
    context.arc(x, top + (Math.floor(at / grid.columns) + 0.5) * h, radius, 0, 2 * Math.PI);
    context.fill();
  }
  context.fillStyle = theme.ink;
}

function paintLabels(
  context: Pen,
  spec: HeatmapSpec,
  {left, top, width, height}: HeatmapLayout,
  theme: Theme,
): void {
  const {grid, rowLabels, columnLabels} = spec;
  const [w, h] = [width / grid.columns, height / grid.rows];
  context.font = chartFont(10);
  context.fillStyle = theme.inkSoft;
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  const everyRow = Math.ceil(LABELLED_CELL / h);
  rowLabels.forEach((label, row) => {
    if (row % everyRow === 0) context.fillText(label, left - GAP, top + (row + 0.5) * h);
  });
  context.textAlign = 'center';
  context.textBaseline = 'bottom';
  const everyColumn = Math.ceil((1.6 * LABELLED_CELL) / w);
  columnLabels.forEach((label, column) => {
    if (column % everyColumn === 0) context.fillText(label, left + (column + 0.5) * w, top - 4);
  });
  context.fillStyle = theme.inkFaint;
  context.textBaseline = 'top';
  context.textAlign = 'left';
  context.fillText(`${spec.columnTitle} →`, left, 2, width);
  context.save();
  context.translate(2, top + height);
  context.rotate(-Math.PI / 2);
  context.fillText(`${spec.rowTitle} →`, 0, 0, height);
  context.restore();
}

function paintBars(
  context: Pen,
  {rowBars, columnBars}: HeatmapSpec,
  layout: HeatmapLayout,
  theme: Theme,
): void {
  const longest = Math.max(...[...rowBars, ...columnBars].filter(bar => !Number.isNaN(bar)), 1e-9);
  context.fillStyle = theme.inkFaint;
  paintRowBars(context, rowBars, layout, longest);
  paintColumnBars(context, columnBars, layout, longest);
}

/**
 * Draws the profiles of a row and a column instead of the bars: what the row's channel shares with each column, below, and
 * what the column's shares with each row, at the right. Their lengths are on the scale of the colours.
 */
export function profilePaint(spec: HeatmapSpec, theme: Theme, most: number, at: HeatmapPlace): Paint {
  const {rows, columns, values, domain} = spec.grid;
  return (context, width) => {
    const layout = heatmapLayout(spec.grid, width, most);
    const {row, column} = at;
    const clear = (x: number, y: number, wide: number, high: number): void => {
      context.fillStyle = theme.panel;
      context.fillRect(x, y, wide, high);
      context.fillStyle = theme.accent;
    };
    if (column !== null) {
      clear(layout.left + layout.width + GAP, layout.top, layout.bars, layout.height);
      const profile = Float64Array.from({length: rows}, (_, i) => values[i * columns + column] as number);
      paintRowBars(context, profile, layout, domain[1]);
    }
    if (row !== null) {
      clear(layout.left, layout.top + layout.height + GAP, layout.width, layout.bars);
      paintColumnBars(context, values.subarray(row * columns, (row + 1) * columns), layout, domain[1]);
    }
  };
}

function paintRowBars(context: Pen, bars: Float64Array, layout: HeatmapLayout, longest: number): void {
  const high = layout.height / bars.length;
  bars.forEach((bar, row) => {
    const length = barLength(bar, layout, longest);
    context.fillRect(layout.left + layout.width + GAP, layout.top + row * high, length, high - gapOf(high));
  });
}

function paintColumnBars(context: Pen, bars: Float64Array, layout: HeatmapLayout, longest: number): void {
  const wide = layout.width / bars.length;
  bars.forEach((bar, column) => {
    const length = barLength(bar, layout, longest);
    context.fillRect(
      layout.left + column * wide,
      layout.top + layout.height + GAP,
      wide - gapOf(wide),
      length,
    );
  });
}

function barLength(bar: number, {bars}: HeatmapLayout, longest: number): number {
  return Number.isNaN(bar) || longest <= 0 ? 0 : (bar / longest) * bars;
}

function gapOf(side: number): number {
  return side > 4 ? 1 : 0;
}
