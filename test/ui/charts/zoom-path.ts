import test from 'ava';
import fc from 'fast-check';
import {cameraBetween} from '#ui/charts/zoom-path.js';
import {closeTo} from '../../support/close-to.js';

const place = fc.double({min: -5, max: 5, noNaN: true});
const cameras = fc.record({x: place, y: place, width: fc.double({min: 0.1, max: 20, noNaN: true})});

/** d3-interpolate 3.0.2: `interpolateZoom([0, 0, 4], [10, -6, 1])` at these shares. */
const reference = [
  {share: 0.25, x: 2.3631080398726008, y: -1.4178648239235605, width: 10.518076546647654},
  {share: 0.5, x: 8.000000000000004, y: -4.800000000000002, width: 9.54148835350126},
  {share: 0.9, x: 9.970001353578521, y: -5.982000812147112, width: 1.6346341415616965},
];

test('the camera goes the way that d3 computes', t => {
  for (const {share, ...expected} of reference) {
    const camera = cameraBetween({x: 0, y: 0, width: 4}, {x: 10, y: -6, width: 1}, share);
    closeTo(t, camera.x, expected.x, 1e-9);
    closeTo(t, camera.y, expected.y, 1e-9);
    closeTo(t, camera.width, expected.width, 1e-9);
  }
});

test('without a way to go the width changes by equal factors', t => {
  t.deepEqual(cameraBetween({x: 1, y: 2, width: 8}, {x: 1, y: 2, width: 2}, 0.5), {x: 1, y: 2, width: 4});
});

test('it begins and ends at the two cameras, stays on the line between them, and the way back is the same', t => {
  fc.assert(
    fc.property(cameras, cameras, fc.double({min: 0, max: 1, noNaN: true}), (from, to, share) => {
      for (const [at, end] of [
        [0, from],
        [1, to],
      ] as const) {
        const camera = cameraBetween(from, to, at);
        closeTo(t, camera.x, end.x, 1e-4);
        closeTo(t, camera.y, end.y, 1e-4);
        closeTo(t, camera.width / end.width, 1, 1e-4);
      }
      const {x, y, width} = cameraBetween(from, to, share);
      closeTo(t, (x - from.x) * (to.y - from.y), (y - from.y) * (to.x - from.x), 1e-4);
      t.true(width > 0);
      closeTo(t, cameraBetween(to, from, 1 - share).width / width, 1, 1e-4);
    }),
    {seed: 5, numRuns: 300},
  );
});
