import test from 'ava';
import fc from 'fast-check';
import {fitGrid, gridLabels, labelAt, layoutOf, type GridNames} from '#ui/charts/grid-labels.js';
import {blockAt, cellBox, drawnCell, gridLayout, placeAt, shownBox} from '#ui/charts/grid-layout.js';
import {gridPixels} from '#ui/charts/grid-raster.js';
import {walked} from '#ui/charts/grid-walk.js';
import {canZoom, isWhole, panned, revealing, zoomed} from '#ui/charts/grid-zoom.js';
import {scalePalette, seededRandom, type Grid} from '#src/shared/index.js';

const seed = 14;
const counts = fc.integer({min: 1, max: 1000});
const ratios = fc.constantFrom(1, 1.25, 2, 3);
const sides = fc.double({min: 20, max: 600, noNaN: true});
const layouts = fc
  .record({rows: counts, columns: counts, width: sides, height: sides, ratio: ratios})
  .map(({rows, columns, width, height, ratio}) =>
    gridLayout({rows, columns}, {left: 33.3, top: 41.7, width, height}, {ratio}),
  );
/** Letters of one width. */
const measure = (text: string): number => 6 * [...text].length;

function randomGrid(rows: number, columns: number): Grid {
  const random = seededRandom(rows * 1001 + columns);
  const values = Float64Array.from({length: rows * columns}, () => (random() < 0.05 ? Number.NaN : random()));
  return {rows, columns, values, domain: [0, 1]};
}

test('every cell of a whole grid is behind exactly the pixels that pointing at them names', t => {
  fc.assert(
    fc.property(layouts, layout => {
      for (const [{from, to}, cells] of [
        [layout.across, layout.columns],
        [layout.down, layout.rows],
      ] as const) {
        const seen = new Set<number>();
        from.forEach((first, pixel) => {
          for (let cell = first; cell < to[pixel]!; cell++) seen.add(cell);
          if (pixel > 0) t.true(first >= from[pixel - 1]!);
        });
        // Cells that are larger than a pixel, and those that share one, are all there.
        t.is(seen.size, cells);
      }
    }),
    {seed, numRuns: 300},
  );
});

test('the middle of a cell is in that cell, unless the cell shares its pixel with larger ones', t => {
  fc.assert(
    fc.property(layouts, fc.double({min: 0, max: 0.999, noNaN: true}), (layout, share) => {
      const cell = {row: Math.floor(share * layout.rows), column: Math.floor(share * layout.columns)};
      const {left, top, width, height} = cellBox(layout, cell);
      const block = blockAt(layout, left + width / 2, top + height / 2);
      t.true(block.rows![0] <= cell.row && cell.row < block.rows![1], JSON.stringify(block));
      t.true(block.columns![0] <= cell.column && cell.column < block.columns![1], JSON.stringify(block));
    }),
    {seed, numRuns: 1000},
  );
});

test('the colour of every pixel is that of the cell that pointing at it names', t => {
  const palette = scalePalette(['#000000', '#ffffff']);
  const sizes = fc.integer({min: 1, max: 120});
  const small = fc.record({rows: sizes, columns: sizes, ratio: ratios, zoom: fc.constantFrom(1, 1.7, 4)});
  fc.assert(
    fc.property(small, ({rows, columns, ratio, zoom}) => {
      const grid = randomGrid(rows, columns);
      const whole = gridLayout(grid, {left: 10, top: 20, width: 50, height: 37}, {ratio});
      const window = zoomed(whole, zoom, {x: 30, y: 30});
      const layout = gridLayout(grid, {left: 10, top: 20, width: 50, height: 37}, {ratio, window});
      const pixels = gridPixels(grid, layout, {palette, hatch: ['#ff0000', '#00ff00']});
      const wide = layout.across.from.length;
      for (let at = 0; at < pixels.length / 4; at += 7) {
        const x = layout.left + ((at % wide) + 0.5) / ratio;
        const y = layout.top + (Math.floor(at / wide) + 0.5) / ratio;
        const place = placeAt(grid, layout, x, y);
        const value = grid.values[place.row! * columns + place.column!]!;
        if (Number.isNaN(value)) t.is(pixels[4 * at + 2], 0, 'hatched');
        else t.is(pixels[4 * at], palette[3 * Math.round(255 * value)]);
      }
    }),
    {seed, numRuns: 60},
  );
});

test('of cells that share a pixel the largest is drawn, and an undefined one only where all are', t => {
  const values = Float64Array.of(Number.NaN, 2, 5, Number.NaN, Number.NaN, 5);
  t.deepEqual(drawnCell({values, columns: 3}, [0, 2], [0, 3]), {row: 0, column: 2});
  t.deepEqual(drawnCell({values, columns: 3}, [1, 2], [0, 2]), {row: 1, column: 0});
});

test('zooming keeps the point under the pointer, stays in the grid, and comes back to the whole', t => {
  fc.assert(
    fc.property(layouts, fc.double({min: 0, max: 1, noNaN: true}), (whole, share) => {
      const at = {x: whole.left + share * whole.width, y: whole.top + share * whole.height};
      const relaid = (window: typeof whole.window) => gridLayout(whole, whole, {ratio: whole.ratio, window});
      let layout = whole;
      for (let i = 0; i < 40; i++) {
        const before = layout.window.column + share * layout.window.columns;
        layout = relaid(zoomed(layout, 1.25, at));
        const {window} = layout;
        t.true(Math.abs(window.column + share * window.columns - before) < 1e-6 * whole.columns);
        t.true(window.row >= 0 && window.row + window.rows <= whole.rows + 1e-9);
        t.true(window.column >= 0 && window.column + window.columns <= whole.columns + 1e-9);
      }
      if (canZoom(whole)) t.true(Math.min(layout.cellWidth, layout.cellHeight) > 13);
      for (let i = 0; i < 80; i++) layout = relaid(zoomed(layout, 0.8, at));
      t.true(isWhole(layout), JSON.stringify(layout.window));
    }),
    {seed, numRuns: 100},
  );
});

test('panning moves by the distance, and no further than the edge; a cell that is out of sight is brought in', t => {
  const whole = gridLayout({rows: 512, columns: 2048}, {left: 0, top: 0, width: 400, height: 400});
  const near = gridLayout(whole, whole, {window: {row: 100, column: 200, rows: 20, columns: 20}});
  t.deepEqual(panned(near, 40, -20), {row: 101, column: 198, rows: 20, columns: 20});
  t.is(panned(near, 1e6, 0).column, 0);
  t.is(panned(near, 0, -1e6).row, 492);
  t.is(revealing(near, {row: 110, column: 210}), near.window);
  t.deepEqual(revealing(near, {row: 511, column: 0}), {row: 492, column: 0, rows: 20, columns: 20});
  t.is(shownBox(near, {row: 99, column: 210}), null);
  t.deepEqual(shownBox(near, {row: 100, column: 200}), {left: 0, top: 0, width: 20, height: 20});
});

test('keys go from cell to cell, over pages and to the ends; names are reached where they are stops', t => {
  const size = {rows: 30, columns: 8};
  const go = (row: number, column: number, key: string, ctrlKey = false, headings = false) =>
    walked({row, column}, {key, ctrlKey}, {...size, headings});
  t.deepEqual(go(0, 0, 'ArrowRight'), {row: 0, column: 1});
  t.deepEqual(go(0, 0, 'ArrowUp'), {row: 0, column: 0});
  t.deepEqual(go(0, 3, 'ArrowUp', false, true), {row: -1, column: 3});
  t.deepEqual(go(-1, 0, 'ArrowLeft', false, true), {row: -1, column: 0}, 'the corner has no name');
  t.deepEqual(go(25, 3, 'PageDown'), {row: 29, column: 3});
  t.deepEqual(go(25, 3, 'End'), {row: 25, column: 7});
  t.deepEqual(go(25, 3, 'Home', true), {row: 0, column: 0});
  t.is(go(25, 3, 'x'), null);
});

const words = fc.string({minLength: 1, maxLength: 30});
const names = fc
  .record({rowLabels: fc.array(words, {minLength: 1, maxLength: 300}), cell: counts})
  .map(({rowLabels}): GridNames => ({
    ...{rowLabels, columnLabels: rowLabels.toReversed()},
    ...{rowTitle: 'true', columnTitle: 'predicted'},
  }));

test('names never touch, are in the room, and pointing at one names its own row or column', t => {
  fc.assert(
    fc.property(names, fc.integer({min: 200, max: 900}), (of, width) => {
      const fitted = fitGrid(of, {width, tallest: 400, cell: 40}, measure);
      const layout = layoutOf(of, fitted, {ratio: 2});
      const {headings, box} = fitted;
      t.true(box.left + box.width <= width + 1 && box.height <= 401);
      const marked = {row: 0, column: of.columnLabels.length - 1};
      const labels = gridLabels(of, layout, fitted, measure, marked);
      t.is(labels.rows[0]?.index, 0);
      t.is(labels.columns.at(-1)?.index, marked.column);
      labels.rows.slice(1).forEach(({at}, i) => t.true(at - labels.rows[i]!.at >= 12.9));
      const pitch = {0: null, 45: 16.9, 90: 12.9}[headings.angle];
      labels.columns.slice(1).forEach(({at, text}, i) => {
        const before = labels.columns[i]!;
        t.true(at - before.at >= (pitch ?? (measure(text) + measure(before.text)) / 2));
      });
      for (const {index, at} of labels.rows)
        t.deepEqual(labelAt(labels, {layout, headings}, {x: layout.left - 8, y: at}), {row: index});
      for (const {index, at} of labels.columns) {
        // A little up the name, to the right where it is slanted.
        const [x, y] = headings.angle === 45 ? [at + 4, layout.top - 10] : [at, layout.top - 8];
        t.deepEqual(labelAt(labels, {layout, headings}, {x, y}), {column: index});
      }
    }),
    {seed, numRuns: 200},
  );
});

test('ten names of CIFAR-10 are all shown, slanted, in the 414 pixels that a panel has at 1280', t => {
  const cifar = ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'];
  const labels = cifar.map((name, i) => `${i} ${name}`);
  const of = {rowLabels: labels, columnLabels: labels, rowTitle: 'true', columnTitle: 'predicted'};
  const fitted = fitGrid(of, {width: 414, tallest: 330, cell: 33}, measure);
  t.is(fitted.headings.angle, 45);
  const shown = gridLabels(of, layoutOf(of, fitted, {}), fitted, measure);
  t.deepEqual(
    shown.columns.map(({text}) => text),
    labels,
  );
  t.true(fitted.box.width / 10 > 24);
});
