import {paletteIndex, rasterize, scalePalette, toHex, type Grid} from '../../shared/index.js';
import {chartFont, type Paint, type Pen} from './canvas.js';
import {overDark, overLight, type Theme} from './palette.js';

/** A matrix of labelled cells. */
export interface MatrixSpec {
  grid: Grid;
  rowLabels: string[];
  columnLabels: string[];
  rowTitle: string;
  columnTitle: string;
  /** The text of a cell, row-major; empty for a cell without one. */
  texts: string[];
}

/** The ink that reads best on a cell: the light or the dark end of the theme, whichever is further away. */
export function inkOn(value: number, grid: Grid, theme: Theme): string {
  if (Number.isNaN(value)) return theme.inkFaint;
  const share = paletteIndex(value, grid.domain) / 255;
  const lightCell = theme.name === 'light' ? share < 0.5 : share > 0.62;
  return lightCell ? overLight : overDark;
}

/** Fills a canvas with the coloured cells. */
export function paintCells(
  canvas: HTMLCanvasElement,
  grid: Grid,
  {theme, cell}: {theme: Theme; cell: number},
): void {
  canvas.width = grid.columns * cell;
  canvas.height = grid.rows * cell;
  const pixels = rasterize(grid, scalePalette(theme.scale), {cell, hatch: [theme.lineStrong, theme.panel]});
  canvas.getContext('2d')?.putImageData(new ImageData(pixels, canvas.width, canvas.height), 0, 0);
}

const labelSpace = 96;

/** The matrix with labels and texts, for a picture file; the page draws these as a table instead. */
export function matrixPaint(spec: MatrixSpec, theme: Theme): Paint {
  return (context, width, height) => {
    const {grid} = spec;
    const cell = Math.min((width - labelSpace) / grid.columns, (height - 48) / grid.rows);
    const palette = scalePalette(theme.scale);
    grid.values.forEach((value, i) => {
      const [x, y] = [labelSpace + (i % grid.columns) * cell, 48 + Math.floor(i / grid.columns) * cell];
      if (Number.isNaN(value)) return paintHatch(context, {x, y, side: cell - 1}, theme);
      const at = paletteIndex(value, grid.domain) * 3;
      context.fillStyle = toHex([palette[at] ?? 0, palette[at + 1] ?? 0, palette[at + 2] ?? 0]);
      context.fillRect(x, y, cell - 1, cell - 1);
    });
    context.font = chartFont(11);
    context.textBaseline = 'middle';
    context.fillStyle = theme.inkSoft;
    context.textAlign = 'right';
    spec.rowLabels.forEach((label, row) => context.fillText(label, labelSpace - 8, 48 + cell * (row + 0.5)));
    context.textAlign = 'center';
    spec.columnLabels.forEach((label, column) =>
      context.fillText(label.split(' ')[0] ?? label, labelSpace + cell * (column + 0.5), 38),
    );
    context.fillText(`${spec.columnTitle} →`, labelSpace + (cell * grid.columns) / 2, 14);
    context.textAlign = 'left';
    context.fillText(`${spec.rowTitle} ↓`, 0, 38);
    context.textAlign = 'center';
    spec.texts.forEach((text, i) => {
      const column = i % grid.columns;
      const row = Math.floor(i / grid.columns);
      context.fillStyle = inkOn(grid.values[i] ?? Number.NaN, grid, theme);
      context.fillText(text, labelSpace + cell * (column + 0.5), 48 + cell * (row + 0.5));
    });
  };
}

function paintHatch(context: Pen, {x, y, side}: {x: number; y: number; side: number}, theme: Theme): void {
  context.strokeStyle = theme.lineStrong;
  context.lineWidth = 1;
  context.beginPath();
  for (let offset = 3; offset < 2 * side; offset += 6) {
    context.moveTo(x + Math.max(0, offset - side), y + Math.min(side, offset));
    context.lineTo(x + Math.min(side, offset), y + Math.max(0, offset - side));
  }
  context.stroke();
}
