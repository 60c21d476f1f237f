import test from 'ava';
import {finalAccuracy} from 'cnnslicer/analysis';

test('takes the last epoch that logged a value, whatever the order of the rows', t => {
  const logs = [
    {epoch: 2, name: 'acc', value: 0.75},
    {epoch: 1, name: 'acc', value: 0.5},
    {epoch: 3, name: 'acc', value: null},
    {epoch: 3, name: 'loss', value: 0.1},
    {epoch: 2, name: 'val_acc', value: 0.625},
  ];
  t.deepEqual(finalAccuracy(logs), {
    train: {value: 0.75, epoch: 2, name: 'acc'},
    validation: {value: 0.625, epoch: 2, name: 'val_acc'},
  });
});

test('knows the names that tfjs gives the metric', t => {
  for (const name of ['acc', 'accuracy', 'categoricalAccuracy']) {
    const {train, validation} = finalAccuracy([
      {epoch: 1, name, value: 0},
      {epoch: 1, name: `val_${name}`, value: 1},
    ]);
    t.deepEqual(train, {value: 0, epoch: 1, name});
    t.deepEqual(validation, {value: 1, epoch: 1, name: `val_${name}`});
  }
});

test('a run without an accuracy metric has none', t => {
  t.deepEqual(finalAccuracy([{epoch: 1, name: 'loss', value: 0.5}]), {train: null, validation: null});
  t.deepEqual(finalAccuracy([]), {train: null, validation: null});
});
