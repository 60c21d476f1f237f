import test from 'ava';
import {
  cubeAt,
  cubeBox,
  cubeLayout,
  rowTicks,
  rowTop,
  slabLeft,
  type CubeSpec,
} from '#ui/charts/cube-spec.js';
import {closeTo} from '../../support/close-to.js';

const spec: CubeSpec = {
  slabs: [3, 16, 64].map(rows => ({label: String(rows), rows})),
  depths: 10,
  cuts: [],
  mark: null,
};
const layout = cubeLayout(spec, 268, 168);

test('a point on the front of a slab is in that slab, and in the row drawn there', t => {
  for (const [slab, {rows}] of spec.slabs.entries()) {
    for (let row = 0; row < rows; row++) {
      const middle = (rowTop(layout, row) + rowTop(layout, row + 1)) / 2;
      t.deepEqual(cubeAt(layout, slabLeft(layout, slab) + layout.front / 2, middle), {slab, row});
    }
  }
});

test('a point beside the slabs belongs to the nearest', t => {
  t.deepEqual(cubeAt(layout, -50, -50), {slab: 0, row: 0});
  t.deepEqual(cubeAt(layout, 900, 900), {slab: 2, row: 63});
});

test('everything is inside of the drawing', t => {
  for (const slab of [0, 1, 2]) {
    const {front, top, side} = cubeBox(layout, slab, [0, spec.slabs[slab]!.rows]);
    for (const [x, y] of [front, top, side].flatMap(path =>
      path
        .slice(1, -1)
        .split('L')
        .map(point => point.split(' ').map(Number)),
    )) {
      t.true(x! >= 0 && x! <= 268 && y! >= 0 && y! <= 168, `${x} ${y}`);
    }
  }
});

test('a box in the middle of the depth begins behind the front', t => {
  const at = (path: string) => path.slice(1).split('L')[0]!.split(' ').map(Number) as [number, number];
  const [nearX, nearY] = at(cubeBox(layout, 0, [0, 3]).front);
  const [x, y] = at(cubeBox(layout, 0, [0, 3], [0.5, 0.7]).front);
  closeTo(t, x - nearX, layout.back.right / 2, 0.2);
  closeTo(t, nearY - y, layout.back.up / 2, 0.2);
});

test('the axis names the first row and the number of rows, and none too near to another', t => {
  for (const rows of [1, 2, 3, 10, 64, 100, 512]) {
    const one = cubeLayout({...spec, slabs: [{label: '', rows}]}, 268, 168);
    const ticks = rowTicks(one);
    t.is(ticks[0], 0);
    t.is(ticks.at(-1), rows);
    for (let i = 1; i < ticks.length; i++) {
      t.true(rowTop(one, ticks[i]!) - rowTop(one, ticks[i - 1]!) >= 14, `${rows}: ${ticks.join(' ')}`);
    }
  }
});
