import type {Paint} from './canvas.js';
import {gridLayout, shownBox, type GridLayout} from './grid-layout.js';
import type {Theme} from './palette.js';

export interface StripCell {
  label: string;
  /** Drawn at the foot of the cell. */
  colour?: string;
  isMarked?: boolean;
}

/** Room for the pointer above the cells, and their height, CSS pixels. */
const above = 5;
const cellHeight = 20;
export const stripHeight = above + cellHeight;

/** Cells from this width on have lines between them, CSS pixels. */
const ruledCell = 4;

/** The cells of a strip as a grid of one row, which fills the width. */
export function stripLayout(cells: readonly StripCell[], width: number, ratio: number): GridLayout {
  const box = {left: 0, top: above, width: Math.max(1, width), height: cellHeight};
  return gridLayout({rows: 1, columns: Math.max(1, cells.length)}, box, {ratio});
}

/** Draws the cells: which are selected, their colours, and the marked one, which is seen however small it is. */
export function stripPaint(
  cells: readonly StripCell[],
  selected: ReadonlySet<number>,
  layout: GridLayout,
  theme: Theme,
): Paint {
  return pen => {
    const {left, top, width, height, ratio, across, cellWidth} = layout;
    pen.fillStyle = theme.lineStrong;
    pen.fillRect(left, top, width, height);
    pen.fillStyle = theme.panel;
    pen.fillRect(left + 1, top + 1, width - 2, height - 2);
    across.from.forEach((first, pixel) => {
      const range = Array.from({length: (across.to[pixel] as number) - first}, (_, i) => first + i);
      const x = left + pixel / ratio;
      if (range.some(cell => selected.has(cell))) {
        pen.globalAlpha = 0.55;
        pen.fillStyle = theme.accent;
        pen.fillRect(x, top + 1, 1 / ratio, height - 2);
        pen.globalAlpha = 1;
      }
      const colour = cells[first]?.colour;
      if (!colour) return;
      pen.fillStyle = colour;
      pen.fillRect(x, top + height - 6, 1 / ratio, 4);
    });
    pen.fillStyle = theme.lineStrong;
    if (cellWidth >= ruledCell)
      for (let cell = 1; cell < cells.length; cell++) pen.fillRect(left + cell * cellWidth, top, 1, height);
    cells.forEach(({isMarked}, column) => {
      const box = isMarked && shownBox(layout, {row: 0, column});
      if (!box) return;
      const x = box.left + box.width / 2;
      pen.fillStyle = theme.ink;
      pen.beginPath();
      pen.moveTo(x - 4, 0);
      pen.lineTo(x + 4, 0);
      pen.lineTo(x, above);
      pen.fill();
      if (box.width < 8) pen.fillRect(x - 1, 0, 2, above + height);
    });
  };
}
