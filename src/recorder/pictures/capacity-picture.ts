import {rasterize, type Picture} from '../../shared/index.js';
import {Canvas, LINE, textWidth} from './canvas.js';
import type {LayerCapacity} from './layer-capacity.js';
import {capacityPalette, CARD_WIDTH, hatch, ink} from './look.js';

const LARGEST_CELL = 14;
const GAP = 4;
const RAMP = {width: 64, height: LINE};
/** The scale ends at a whole multiple of this, so that the colours of neighbouring epochs mean the same. */
const SCALE_STEP = 0.5;

/** Draws the capacity of channel pairs: brighter is less, hatched is undefined. */
export function capacityPicture(capacity: LayerCapacity): Picture {
  const {from, to, rows, columns, bits} = capacity;
  const end = scaleEnd(bits);
  const [left, top] = [4 * GAP + LINE + widest(rows), 3 * GAP + 2 * LINE];
  const fitting = Math.floor((CARD_WIDTH - left - GAP) / Math.max(rows.length, columns.length));
  const cell = Math.max(1, Math.min(LARGEST_CELL, fitting));
  const [width, height] = [columns.length * cell, rows.length * cell];
  const captions = captionsOf(capacity);
  const ramp = textWidth('0') + RAMP.width + textWidth(`${end} bits, brighter is less`) + 2 * GAP;
  const least = Math.max(ramp, ...captions.map(textWidth)) + 2 * GAP;
  const under = top + height + GAP;
  const canvas = new Canvas(
    Math.max(CARD_WIDTH, left + width + GAP, least),
    Math.max(under + (captions.length + 1) * (LINE + GAP), textWidth(from.name) + top + GAP),
  );
  const grid = {rows: rows.length, columns: columns.length, values: bits, domain: [0, end]} as const;
  const pixels = rasterize(grid, capacityPalette, {cell, hatch});
  canvas.draw({width, height, pixels}, left, top);
  canvas.text(to.name, left, GAP, {ink});
  canvas.text(from.name, GAP, top + textWidth(from.name), {ink, upwards: true});
  drawNumbers(canvas, capacity, {cell, left, top});
  drawRamp(canvas, GAP, under, end);
  captions.forEach((caption, i) => canvas.text(caption, GAP, under + (i + 1) * (LINE + GAP), {ink}));
  return canvas;
}

/** Numbers the channels left of the matrix and above it, as far as there is room. */
function drawNumbers(
  canvas: Canvas,
  {rows, columns}: LayerCapacity,
  {cell, left, top}: {cell: number; left: number; top: number},
): void {
  const everyRow = Math.ceil((LINE + 2) / cell);
  rows.forEach((channel, row) => {
    if (row % everyRow > 0) return;
    const y = top + row * cell + Math.floor((cell - LINE) / 2);
    canvas.text(String(channel), left - GAP, y, {ink, align: 'right'});
  });
  const everyColumn = Math.ceil((widest(columns) + GAP) / cell);
  columns.forEach((channel, column) => {
    if (column % everyColumn > 0) return;
    const x = left + Math.floor((column + 0.5) * cell);
    canvas.text(String(channel), x, top - GAP - LINE, {ink, align: 'center'});
  });
}

/** The largest value, rounded up. */
function scaleEnd(bits: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < bits.length; i++) if ((bits[i] as number) > largest) largest = bits[i] as number;
  return Math.max(1, Math.ceil(largest / SCALE_STEP)) * SCALE_STEP;
}

function widest(channels: readonly number[]): number {
  return Math.max(...channels.map(channel => textWidth(String(channel))));
}

function drawRamp(canvas: Canvas, x: number, y: number, end: number): void {
  const {width, height} = RAMP;
  const values = Float64Array.from({length: width}, (_, i) => i);
  const grid = {rows: 1, columns: width, values, domain: [0, width - 1]} as const;
  const line = {width, height: 1, pixels: rasterize(grid, capacityPalette, {cell: 1, hatch})};
  const start = x + textWidth('0') + GAP;
  canvas.text('0', x, y, {ink});
  for (let row = 0; row < height; row++) canvas.draw(line, start, y + row);
  canvas.text(`${end} bits, brighter is less`, start + width + GAP, y, {ink});
}

function captionsOf({from, to, rows, columns, samples, chance}: LayerCapacity): string[] {
  const some = [
    [from, rows],
    [to, columns],
  ] as const;
  const cut = some.filter(([layer, channels]) => channels.length < layer.channels);
  return [
    `N = ${samples}${Number.isNaN(chance) ? '' : `, by chance ${chance.toFixed(2)} bits`}`,
    ...cut.map(([layer, channels]) => `${channels.length} of ${layer.channels} channels of ${layer.name}`),
  ];
}
