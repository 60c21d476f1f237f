import test from 'ava';
import {seededRandom} from '#src/shared/index.js';
import {labelRoom, spreadLabels} from '#ui/charts/line-labels.js';
import {light} from '#ui/charts/palette.js';

for (const count of [2, 3, 12, 24]) {
  test(`names of ${count} lines keep their order and do not overlap where there is room`, t => {
    const random = seededRandom(count);
    const height = 300;
    const pitch = 11;
    const wanted = Array.from({length: count}, () => height * random() ** 3);
    const placed = spreadLabels(wanted, {height, pitch});
    const order = [...wanted.keys()].sort((a, b) => Number(wanted[a]) - Number(wanted[b]));
    order.forEach((line, i) => {
      const at = Number(placed[line]);
      t.true(at >= 0 && at <= height);
      if (i > 0) t.true(at - Number(placed[Number(order[i - 1])]) >= pitch - 1e-9);
    });
  });
}

test('lines far enough apart have their names beside their ends', t => {
  t.deepEqual(spreadLabels([20, 80, 50], {height: 100, pitch: 11}), [20, 80, 50]);
});

test('a chart that does not name its lines keeps its width', t => {
  const spec = {
    x: [0, 1],
    xLabel: null,
    yLabel: '',
    series: [{label: 'channel 3', colour: light.ink, values: [1, 2]}],
  };
  t.is(labelRoom(spec), 0);
  t.true(labelRoom({...spec, endLabels: true}) > 50);
});
