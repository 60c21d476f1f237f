import test from 'ava';
import {layerLines} from '#ui/model/layer-lines.js';
import {tableOf} from '../../support/table-of.js';

test('each layer has a value per epoch over all samples, null where there is none', t => {
  const {epochs, lines, largest} = layerLines(
    tableOf({
      epoch: [2, 0, 0, 2, 0],
      layer: ['a', 'a', 'b', 'b', 'a'],
      class: [null, null, null, null, 1],
      intra_mean: [1, 0.5, 3, null, 9],
    }),
  );
  t.deepEqual(epochs, [0, 2]);
  t.deepEqual(
    [...lines],
    [
      ['a', [0.5, 1]],
      ['b', [3, null]],
    ],
  );
  t.is(largest, 3);
});
