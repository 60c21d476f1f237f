import {paletteIndex, rasterize, scalePalette, type Grid} from '../../shared/index.js';
import type {Paint} from './canvas.js';
import type {Theme} from './palette.js';

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
  return lightCell ? '#10151d' : '#ffffff';
}

/** The coloured cells as a picture in its own canvas, `cell` pixels a side. */
export function matrixPicture(grid: Grid, theme: Theme, cell: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  paintCells(canvas, grid, {theme, cell});
  return canvas;
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
    context.imageSmoothingEnabled = false;
    context.drawImage(matrixPicture(grid, theme, 8), labelSpace, 48, cell * grid.columns, cell * grid.rows);
    context.font = '11px system-ui, -apple-system, "Segoe UI", Roboto, "Open Sans", sans-serif';
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
