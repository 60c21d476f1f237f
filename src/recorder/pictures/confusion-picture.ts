import {paletteIndex, rasterize, type Grid, type Picture} from '../../shared/index.js';
import {Canvas, isDrawable, LINE, textWidth} from './canvas.js';
import {CARD_WIDTH, countPalette, hatch, ink, inkOn} from './look.js';

/** Most cells along a side: beyond it, neighbouring classes share one. */
const MAX_CELLS = 512;
const LARGEST_CELL = 32;
/** Below this side of a cell labels would touch. */
const LABELLED_CELL = LINE + 2;
const LONGEST_LABEL = 12;
/** Left for labels where it is decided whether there are any, pixels. */
const LABEL_MARGIN = 80;
const GAP = 4;

/**
 * Draws a confusion matrix: rows true, columns predicted, darker is more. The scale ends at the samples of the fullest
 * row, so that the epochs of a run can be compared.
 *
 * @param counts - Row-major, [classes, classes].
 */
export function confusionPicture(counts: ArrayLike<number>, classes: readonly string[]): Picture {
  const grid = confusionGrid(counts, classes.length);
  const labels = LABELLED_CELL * grid.rows <= CARD_WIDTH - LABEL_MARGIN ? classes.map(labelOf) : [];
  const left = Math.max(textWidth('true'), ...labels.map(textWidth)) + 2 * GAP;
  const fitting = Math.floor((CARD_WIDTH - left - GAP) / grid.rows);
  const cell = Math.max(labels.length > 0 ? LABELLED_CELL : 1, Math.min(LARGEST_CELL, fitting));
  const isUpright = (label: string) => textWidth(label) < cell;
  const over = Math.max(LINE, ...labels.map(label => (isUpright(label) ? LINE : textWidth(label))));
  const top = LINE + over + 3 * GAP;
  const side = grid.rows * cell;
  const canvas = new Canvas(Math.max(CARD_WIDTH, left + side + GAP), top + side + 2 * GAP + LINE);
  const pixels = rasterize(grid, countPalette, {cell, hatch});
  canvas.draw({width: side, height: side, pixels}, left, top);
  labels.forEach((label, i) => {
    const middle = i * cell + Math.floor((cell - LINE) / 2);
    canvas.text(label, left - GAP, top + middle, {ink, align: 'right'});
    if (isUpright(label)) {
      canvas.text(label, left + Math.floor((i + 0.5) * cell), top - GAP - LINE, {ink, align: 'center'});
    } else canvas.text(label, left + middle, top - GAP, {ink, upwards: true});
  });
  drawCounts(canvas, grid, {cell, left, top});
  canvas.text('true', GAP, top - GAP - LINE, {ink});
  canvas.text('predicted', left, GAP, {ink});
  canvas.text(captionOf(counts, classes.length, grid.rows), GAP, top + side + GAP, {ink});
  return canvas;
}

/** One cell a class, or as many classes to a cell as keep the picture small. */
function confusionGrid(counts: ArrayLike<number>, classes: number): Grid {
  const block = Math.ceil(classes / MAX_CELLS);
  const cells = Math.ceil(classes / block);
  const values = new Float64Array(cells * cells);
  const rowTotals = new Float64Array(cells);
  for (let label = 0; label < classes; label++) {
    for (let predicted = 0; predicted < classes; predicted++) {
      const count = counts[label * classes + predicted] as number;
      const row = Math.floor(label / block);
      const at = row * cells + Math.floor(predicted / block);
      values[at] = (values[at] as number) + count;
      rowTotals[row] = (rowTotals[row] as number) + count;
    }
  }
  return {rows: cells, columns: cells, values, domain: [0, Math.max(1, ...rowTotals)]};
}

function drawCounts(
  canvas: Canvas,
  {rows, values, domain}: Grid,
  {cell, left, top}: {cell: number; left: number; top: number},
): void {
  values.forEach((value, at) => {
    const text = String(value);
    if (value === 0 || cell < LABELLED_CELL || textWidth(text) >= cell) return;
    const x = left + Math.floor(((at % rows) + 0.5) * cell);
    const y = top + Math.floor(at / rows) * cell + Math.floor((cell - LINE) / 2);
    canvas.text(text, x, y, {ink: inkOn(paletteIndex(value, domain)), align: 'center'});
  });
}

/** The name of a class where it can be written in a margin, else its index. */
function labelOf(name: string, index: number): string {
  if (!isDrawable(name)) return String(index);
  return name.length <= LONGEST_LABEL ? name : `${name.slice(0, LONGEST_LABEL - 2)}..`;
}

function captionOf(counts: ArrayLike<number>, classes: number, cells: number): string {
  let [total, correct] = [0, 0];
  for (let i = 0; i < counts.length; i++) total += counts[i] as number;
  for (let i = 0; i < classes; i++) correct += counts[i * classes + i] as number;
  const right = total > 0 ? `  ${((100 * correct) / total).toFixed(1)} % right` : '';
  const blocks = cells < classes ? `  ${Math.ceil(classes / cells)} classes a cell` : '';
  return `N = ${total}${right}${blocks}`;
}
