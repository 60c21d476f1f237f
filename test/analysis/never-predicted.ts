import test from 'ava';
import {neverPredicted} from 'cnnslicer/analysis';

const row = (epoch: number, index: number, reason: string | null) => ({
  epoch,
  class: index,
  label_given_pred: reason === null ? 0.5 : null,
  pred_given_label: 0.5,
  reason,
});

test('lists classes that have samples in order, each with its epochs in order', t => {
  const rows = [
    row(2, 7, 'never-predicted'),
    row(0, 7, 'never-predicted'),
    row(1, 7, null),
    row(0, 3, 'never-predicted,never-seen'),
    row(0, 4, 'never-seen'),
  ];
  t.deepEqual(neverPredicted(rows), [{class: 7, epochs: [0, 2]}]);
});

test('a model that predicts every class has none', t => {
  t.deepEqual(neverPredicted([row(0, 0, null), row(0, 1, null)]), []);
});
