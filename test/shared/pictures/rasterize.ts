import test from 'ava';
import {paletteIndex, rasterize, scalePalette, sequentialStops} from '#src/shared/index.js';

const palette = scalePalette(sequentialStops.light);
const hatch = ['#0000ff', '#ffffff'] as const;

test('each cell is a square of its colour, row-major', t => {
  const values = Float64Array.of(0, 1, 1, 0);
  const pixels = rasterize({rows: 2, columns: 2, values, domain: [0, 1]}, palette, {cell: 2, hatch});
  const at = (x: number, y: number) => [...pixels.subarray((y * 4 + x) * 4, (y * 4 + x) * 4 + 4)];
  const low = [...palette.subarray(0, 3), 255];
  const high = [...palette.subarray(255 * 3), 255];
  t.is(pixels.length, 4 * 4 * 4);
  t.deepEqual([at(0, 0), at(1, 1), at(2, 0), at(3, 1)], [low, low, high, high]);
  t.deepEqual([at(0, 2), at(3, 3)], [high, low]);
});

test('an undefined cell is hatched with colours that are not of the scale', t => {
  const grid = {rows: 1, columns: 1, values: Float64Array.of(Number.NaN), domain: [0, 1]} as const;
  const pixels = rasterize(grid, palette, {cell: 6, hatch});
  const colours = new Set<string>();
  for (let i = 0; i < pixels.length; i += 4) colours.add(pixels.subarray(i, i + 4).join());
  t.deepEqual([...colours].sort(), ['0,0,255,255', '255,255,255,255']);
});

test('values outside the domain take its ends, and an empty domain its beginning', t => {
  t.is(paletteIndex(-1, [0, 1]), 0);
  t.is(paletteIndex(2, [0, 1]), 255);
  t.is(paletteIndex(0.5, [0, 1]), 128);
  t.is(paletteIndex(3, [3, 3]), 0);
});
