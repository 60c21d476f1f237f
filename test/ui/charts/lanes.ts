import test from 'ava';
import {laneRows} from '#ui/charts/lanes.js';

test('a chain stays in one lane, whose line begins at the first node and ends at the last', t => {
  t.deepEqual(laneRows([[], [0], [1]]), {
    lanes: 1,
    rows: [
      {lane: 0, enters: [], passes: [], leaves: true},
      {lane: 0, enters: [0], passes: [], leaves: true},
      {lane: 0, enters: [0], passes: [], leaves: false},
    ],
  });
});

test('a skip keeps its lane beside the path that it goes around, and both meet in it', t => {
  const {rows, lanes} = laneRows([[], [0], [1], [0, 2], [3]]);
  t.is(lanes, 2);
  t.deepEqual(
    rows.map(({lane}) => lane),
    [0, 1, 1, 0, 0],
  );
  t.deepEqual(rows[1]?.passes, [0]);
  t.deepEqual(rows[3]?.enters, [0, 1]);
  t.deepEqual(rows[4]?.passes, []);
});

test('branches are side by side, and a lane that ends is used again', t => {
  const {rows, lanes} = laneRows([[], [0], [0], [0], [1, 2, 3], [], [4, 5]]);
  t.is(lanes, 3);
  t.deepEqual(
    rows.map(({lane}) => lane),
    [0, 1, 2, 0, 0, 1, 0],
  );
  t.deepEqual(rows[4]?.enters, [0, 1, 2]);
});

test('lines pass by a row that is no node', t => {
  const {rows} = laneRows([[], null, [0]]);
  t.deepEqual(rows[1], {lane: null, enters: [], passes: [0], leaves: false});
});

test('no line ever passes through the dot of another node', t => {
  const sources = Array.from({length: 60}, (_, row) =>
    [row - 1, row - 2 - (row % 7), row % 11 === 0 ? 0 : -1].filter(source => source >= 0),
  );
  for (const {lane, passes} of laneRows(sources).rows) t.false(lane !== null && passes.includes(lane));
});
