import test from 'ava';
import {laneHeight, laneLine, laneMarks, rowsUpTo} from '#ui/charts/line-marks.js';
import type {LineSpec} from '#ui/charts/line-spec.js';
import {light} from '#ui/charts/palette.js';
import {seededRandom} from '#src/shared/index.js';

/** A chart `width` wide of `lines` lines over `epochs` epochs, about half of whose points are undefined. */
function chart(lines: number, epochs: number, width = 380) {
  const random = seededRandom(lines * 1000 + epochs);
  const points = Array.from({length: lines}, (_, series) =>
    Array.from({length: epochs}, (_, index) => ({series, index})),
  ).flat();
  const spec: LineSpec = {
    ...{x: Array.from({length: epochs}, (_, i) => i), xLabel: 'epoch', yLabel: 'bits'},
    series: Array.from({length: lines}, (_, i) => ({label: String(i), colour: light.ink, values: []})),
    marks: points.filter(() => random() < 0.5),
  };
  const xOf = (x: number) => (epochs === 1 ? width / 2 : (x / (epochs - 1)) * width);
  return {spec, xOf, marks: laneMarks(spec, xOf), height: laneHeight(spec)};
}

for (const lines of [1, 2, 3, 10, 12, 21, 100, 300]) {
  for (const epochs of [1, 2, 8, 60, 300]) {
    test(`marks of ${lines} lines over ${epochs} epochs stay in their lane, none over another`, t => {
      const {spec, xOf, marks, height} = chart(lines, epochs);
      t.true(height <= 40, 'the plot keeps its room');
      for (const mark of marks) {
        t.true(mark.top >= 0 && mark.top + mark.height <= height, JSON.stringify(mark));
        t.true(mark.width >= 1 && mark.width <= 8);
        const middle = mark.left + mark.width / 2;
        t.true(Math.abs(middle - xOf(Number(spec.x[mark.index]))) < 1e-6, 'a mark is at its epoch');
      }
      if (lines <= rowsUpTo) {
        t.is(marks.length, Number(spec.marks?.length));
        for (const {series, top, height: high} of marks) t.is(laneLine(spec, top + high / 2), series);
      } else {
        for (const {index, height: high} of marks) {
          const count = spec.marks?.filter(mark => mark.index === index).length ?? 0;
          const [share, shown] = [count / lines, high / (height - 4)];
          t.true(Math.abs(share - shown) < 1e-6 || high === 1, `${share} is shown as ${shown}`);
        }
      }
    });
  }
}

test('a chart without marks has no lane', t => {
  const {marks: _, ...spec} = chart(3, 4).spec;
  t.is(laneHeight(spec), 0);
});
