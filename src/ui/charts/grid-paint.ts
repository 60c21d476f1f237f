import {brightIsLittle, paletteIndex, scalePalette, toHex, type Grid} from '../../shared/index.js';
import {chartFont, type Paint, type Pen} from './canvas.js';
import {fitText, type Measure} from './fit-text.js';
import {
  fitGrid,
  gridLabels,
  labelSize,
  layoutOf,
  titleRoom,
  type FittedGrid,
  type GridNames,
  type GridRoom,
  type MarkedNames,
} from './grid-labels.js';
import {shownBox, visibleCells, type GridLayout, type GridWindow} from './grid-layout.js';
import {gridPixels} from './grid-raster.js';
import {overDark, overLight, type Theme} from './palette.js';

/** A matrix of coloured cells with named rows and columns. */
export interface GridSpec extends GridNames {
  grid: Grid;
  /** Polarity: the paper's capacities are brighter where smaller; elsewhere more is stronger. Default `brightIsLittle`. */
  scale?: 'brightIsLittle' | 'moreIsStronger';
  /** The text of a cell, shown where it fits; empty for none. Default: no texts. */
  textOf?: (row: number, column: number) => string;
}

/** How a grid is looked at. */
export interface GridLook {
  theme: Theme;
  window?: GridWindow;
  /** Device pixels per CSS pixel; default 2, that of files. */
  ratio?: number;
  marked?: MarkedNames;
}

/** Colours of a grid's scale, from little to much. */
export function scaleStops({scale}: Pick<GridSpec, 'scale'>, theme: Theme): readonly string[] {
  return scale === 'moreIsStronger' ? theme.scale : brightIsLittle(theme.name);
}

/** The colour of a value that is defined, `#rrggbb`. */
export function colourOf(
  value: number,
  {grid, scale}: Pick<GridSpec, 'grid' | 'scale'>,
  theme: Theme,
): string {
  const palette = scalePalette(scaleStops({scale}, theme));
  const at = paletteIndex(value, grid.domain) * 3;
  return toHex([palette[at] as number, palette[at + 1] as number, palette[at + 2] as number]);
}

let ruler: CanvasRenderingContext2D | null = null;
const widths = new Map<string, number>();

/** Measures names in the page's font; each is measured once. */
export function measureLabel(text: string): number {
  const known = widths.get(text);
  if (known !== undefined) return known;
  if (!ruler) {
    ruler = document.createElement('canvas').getContext('2d');
    if (ruler) ruler.font = chartFont(labelSize);
  }
  const width = ruler?.measureText(text).width ?? 6 * text.length;
  if (widths.size > 20_000) widths.clear();
  widths.set(text, width);
  return width;
}

/** Fits a grid into its room with the page's font. */
export function fitSpec(spec: GridSpec, room: GridRoom): FittedGrid {
  return fitGrid(spec, room, measureLabel);
}

/** The height of a fitted grid with its names, CSS pixels. */
export function fittedHeight({box}: FittedGrid): number {
  return Math.ceil(box.top + box.height + 2);
}

/** Draws a grid with its names into its room. */
export function gridPaint(spec: GridSpec, room: Omit<GridRoom, 'width'>, look: GridLook): Paint {
  return (context, width) => {
    const fitted = fitSpec(spec, {...room, width});
    paintGrid(context, spec, fitted, look);
  };
}

/** Draws a fitted grid: cells, their texts, and as many names as fit. */
export function paintGrid(context: Pen, spec: GridSpec, fitted: FittedGrid, look: GridLook): GridLayout {
  const {theme, ratio = 2, window, marked} = look;
  const layout = layoutOf(spec, fitted, {ratio, ...(window && {window})});
  paintCells(context, spec, layout, theme);
  paintTexts(context, spec, layout, theme);
  paintNames(context, spec, {fitted, layout, theme, ...(marked && {marked})});
  return layout;
}

/** Up to this number of cells a vector file has a rectangle for each; above, a picture of one pixel a cell. */
const vectorCells = 2500;
/** Cells from this side on have a gap to the next, CSS pixels. */
const gappedCell = 8;

function paintCells(context: Pen, spec: GridSpec, layout: GridLayout, theme: Theme): void {
  const {left, top, width, height, cellWidth, cellHeight} = layout;
  const {grid} = spec;
  // Only a pen that writes a document has titles.
  if (context.titled && grid.rows * grid.columns <= vectorCells)
    return paintVectorCells(context, spec, layout, theme);
  const colours = {
    palette: scalePalette(scaleStops(spec, theme)),
    hatch: [theme.lineStrong, theme.panel],
  } as const;
  const canvas = document.createElement('canvas');
  canvas.width = layout.across.from.length;
  canvas.height = layout.down.from.length;
  const pixels = gridPixels(grid, layout, colours);
  canvas.getContext('2d')?.putImageData(new ImageData(pixels, canvas.width, canvas.height), 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(canvas, left, top, width, height);
  if (!spec.textOf || Math.min(cellWidth, cellHeight) < gappedCell) return;
  context.fillStyle = theme.panel;
  const shown = visibleCells(layout);
  for (let column = shown.columns[0] + 1; column < shown.columns[1]; column++)
    context.fillRect(left + (column - layout.window.column) * cellWidth - 0.5, top, 1, height);
  for (let row = shown.rows[0] + 1; row < shown.rows[1]; row++)
    context.fillRect(left, top + (row - layout.window.row) * cellHeight - 0.5, width, 1);
}

function paintVectorCells(context: Pen, spec: GridSpec, layout: GridLayout, theme: Theme): void {
  const {grid} = spec;
  eachVisible(layout, (row, column) => {
    const box = shownBox(layout, {row, column});
    if (!box) return;
    const edge = spec.textOf && Math.min(box.width, box.height) >= gappedCell ? 1 : 0;
    const value = grid.values[row * grid.columns + column] as number;
    if (Number.isNaN(value)) return paintHatch(context, box, theme);
    context.fillStyle = colourOf(value, spec, theme);
    context.fillRect(box.left, box.top, box.width - edge, box.height - edge);
  });
}

function paintTexts(context: Pen, spec: GridSpec, layout: GridLayout, theme: Theme): void {
  const {textOf, grid} = spec;
  const {left, top, window, cellWidth, cellHeight} = layout;
  if (!textOf || cellHeight < 14 || cellWidth < 12) return;
  context.font = chartFont(labelSize);
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  eachVisible(layout, (row, column) => {
    const text = textOf(row, column);
    const isSeen = row + 0.5 > window.row && column + 0.5 > window.column;
    if (text === '' || !isSeen || measureLabel(text) > cellWidth - 3) return;
    context.fillStyle = inkOn(grid.values[row * grid.columns + column] as number, spec, theme);
    const x = left + (column + 0.5 - window.column) * cellWidth;
    const y = top + (row + 0.5 - window.row) * cellHeight;
    if (x < left + layout.width && y < top + layout.height) context.fillText(text, x, y);
  });
}

/** The ink that reads best on a cell: the light or the dark end of the theme, whichever is further away. */
export function inkOn(value: number, {grid}: Pick<GridSpec, 'grid'>, theme: Theme): string {
  if (Number.isNaN(value)) return theme.ink;
  const share = paletteIndex(value, grid.domain) / 255;
  const lightCell = theme.name === 'light' ? share < 0.5 : share > 0.62;
  return lightCell ? overLight : overDark;
}

function eachVisible(layout: GridLayout, act: (row: number, column: number) => void): void {
  const {rows, columns} = visibleCells(layout);
  for (let row = rows[0]; row < rows[1]; row++)
    for (let column = columns[0]; column < columns[1]; column++) act(row, column);
}

interface NamesLook {
  fitted: FittedGrid;
  layout: GridLayout;
  theme: Theme;
  marked?: MarkedNames;
}

function paintNames(context: Pen, spec: GridSpec, {fitted, layout, theme, marked}: NamesLook): void {
  const {left, top, width, height} = layout;
  const {angle} = fitted.headings;
  const labels = gridLabels(spec, layout, fitted, measureLabel, marked);
  const inkOf = (index: number, mark: number | null | undefined): void => {
    context.fillStyle = index === mark ? theme.accent : theme.inkSoft;
    context.font = chartFont(labelSize, index === mark ? 700 : 400);
  };
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  for (const {index, text, at} of labels.rows) {
    inkOf(index, marked?.row);
    context.fillText(text, left - 6, at);
  }
  for (const {index, text, at} of labels.columns) {
    inkOf(index, marked?.column);
    context.textAlign = angle === 0 ? 'center' : 'left';
    context.save();
    context.translate(at, top - (angle === 0 ? 10 : 6));
    if (angle !== 0) context.rotate((-angle * Math.PI) / 180);
    context.fillText(text, 0, 0);
    context.restore();
  }
  paintTitles(context, spec, {left, top, width, height}, {theme, measure: measureLabel});
}

function paintTitles(
  context: Pen,
  {rowTitle, columnTitle}: GridSpec,
  {left, top, width, height}: {left: number; top: number; width: number; height: number},
  {theme, measure}: {theme: Theme; measure: Measure},
): void {
  context.font = chartFont(labelSize);
  context.fillStyle = theme.inkFaint;
  context.textBaseline = 'top';
  context.textAlign = 'left';
  // Names of layers may be longer than a small grid's side: they reach into the margins before they are shortened.
  context.fillText(
    `${fitText(columnTitle, left + width - 40, measure)} →`,
    Math.min(left, Math.max(0, left + width - measure(columnTitle) - 20)),
    2,
  );
  context.save();
  context.translate(2, top + height);
  context.rotate(-Math.PI / 2);
  context.fillText(`← ${fitText(rowTitle, top + height - titleRoom - 20, measure)}`, 0, 0);
  context.restore();
}

function paintHatch(
  context: Pen,
  {left, top, width, height}: {left: number; top: number; width: number; height: number},
  theme: Theme,
): void {
  context.strokeStyle = theme.lineStrong;
  context.lineWidth = 1;
  context.beginPath();
  for (let offset = 3; offset < width + height; offset += 6) {
    context.moveTo(left + Math.max(0, offset - height), top + Math.min(height, offset));
    context.lineTo(left + Math.min(width, offset), top + Math.max(0, offset - width));
  }
  context.stroke();
}
