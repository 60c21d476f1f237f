import {chartFont, type Paint} from './canvas.js';
import {heatmapRaster} from './heatmap-spec.js';
import type {Theme} from './palette.js';
import type {Grid} from '../../shared/index.js';

/** A table of numbers as colours that fills its space, cells stretched; rows and columns named. */
export interface GridSpec {
  grid: Grid;
  rowLabels: string[];
  columnLabels: string[];
  rowTitle: string;
  columnTitle: string;
}

const MARGIN = {right: 4, top: 4, bottom: 30};
/** Widest labels of rows, and what a letter takes, CSS pixels. */
const LABELS = {most: 132, letter: 6.2};

/** Position of the raster, CSS pixels. */
export function gridLayout({rowLabels}: GridSpec, width: number, height: number) {
  const longest = Math.max(0, ...rowLabels.map(label => label.length));
  const left = 22 + Math.min(LABELS.most, longest * LABELS.letter);
  return {
    left,
    top: MARGIN.top,
    width: Math.max(8, width - left - MARGIN.right),
    height: Math.max(8, height - MARGIN.top - MARGIN.bottom),
  };
}

/** The cell under a point; null outside the raster. */
export function gridCellAt(
  spec: GridSpec,
  at: {x: number; y: number},
  size: {width: number; height: number},
): {row: number; column: number} | null {
  const box = gridLayout(spec, size.width, size.height);
  const {rows, columns} = spec.grid;
  const column = Math.floor(((at.x - box.left) / box.width) * columns);
  const row = Math.floor(((at.y - box.top) / box.height) * rows);
  return row >= 0 && row < rows && column >= 0 && column < columns ? {row, column} : null;
}

/** Draws the grid, with as many labels as have room. */
export function gridPaint(spec: GridSpec, theme: Theme): Paint {
  const raster = heatmapRaster(spec.grid, theme);
  return (context, width, height) => {
    const box = gridLayout(spec, width, height);
    const {rows, columns} = spec.grid;
    context.imageSmoothingEnabled = false;
    context.drawImage(raster, box.left, box.top, box.width, box.height);
    context.font = chartFont(11);
    context.fillStyle = theme.inkSoft;
    context.textBaseline = 'middle';
    context.textAlign = 'right';
    const everyRow = Math.ceil((13 * rows) / box.height);
    spec.rowLabels.forEach((label, row) => {
      if (row % everyRow !== 0) return;
      context.fillText(label, box.left - 6, box.top + ((row + 0.5) * box.height) / rows, LABELS.most);
    });
    context.textAlign = 'center';
    context.textBaseline = 'top';
    const widest = Math.max(...spec.columnLabels.map(label => context.measureText(label).width)) + 8;
    const everyColumn = Math.ceil((widest * columns) / box.width);
    spec.columnLabels.forEach((label, column) => {
      if (column % everyColumn !== 0) return;
      const x = box.left + ((column + 0.5) * box.width) / columns;
      context.fillText(
        label,
        Math.min(x, width - context.measureText(label).width / 2),
        box.top + box.height + 3,
      );
    });
    context.fillStyle = theme.inkFaint;
    context.textAlign = 'right';
    context.fillText(`${spec.columnTitle} →`, box.left + box.width, box.top + box.height + 16);
    context.save();
    context.translate(4, box.top);
    context.rotate(-Math.PI / 2);
    context.fillText(`${spec.rowTitle} →`, 0, 0, box.height);
    context.restore();
  };
}
