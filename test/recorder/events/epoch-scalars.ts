import test from 'ava';
import {chartTag, LAYER_MEASURES} from '#src/shared/index.js';
import {
  channelHistograms,
  comparedMetrics,
  entropyScalars,
  placeOfLog,
} from '#src/recorder/events/epoch-scalars.js';
import {closeTo} from '../../support/close-to.js';
import {runInfo} from '../../support/run-folder.js';
import {tableRows} from '../../support/written-run.js';

const info = runInfo();
const tables = tableRows(info, 1);

test('a log of the validation goes to its own run, under the name of the training log', t => {
  t.deepEqual(placeOfLog('val_loss'), {run: 'val', tag: 'epoch_loss'});
  t.deepEqual(placeOfLog('acc'), {run: 'train', tag: 'epoch_acc'});
  t.deepEqual(placeOfLog('validity'), {run: 'train', tag: 'epoch_validity'});
});

test('each measure of whole layers is a scalar of every layer, of all samples together', t => {
  const scalars = new Map(entropyScalars(tables, info));
  for (const measure of LAYER_MEASURES) {
    const {table, column} = measure;
    const tag = chartTag(measure);
    const rows = (tables as Record<string, readonly object[] | undefined>)[table] ?? [];
    const whole = rows.map(row => row as Record<string, unknown>).filter(row => row['class'] === null);
    for (const row of whole) {
      const {layer} = row as {layer: string};
      t.is(scalars.get(`${tag}/${layer}`), row[column] as number, `${tag}/${layer}`);
    }
  }
});

test('an undefined entropy is left out, never a zero', t => {
  const rows = tableRows(info, 0); // class 0 is never predicted at epoch 0
  const tags = entropyScalars(rows, info).map(([tag]) => tag);
  t.false(tags.includes('H[label|y]/a'));
  t.true(tags.includes('H[label|y]/b'));
});

test('over the classes, the three entropies are those of the confusion matrix', t => {
  const count = (label: number, predicted: number, n: number) => ({epoch: 1, label, predicted, count: n});
  const confusion = [count(0, 0, 4), count(0, 1, 0), count(1, 0, 0), count(1, 1, 4)];
  const scalars = new Map(entropyScalars({confusion}, runInfo({classes: ['a', 'b']})));
  t.is(scalars.get('class_entropy/H[label|y]'), 0);
  t.is(scalars.get('class_entropy/H[y|label]'), 0);
  closeTo(t, scalars.get('class_entropy/I[label;y]'), 1, 1e-12);
});

test('a table that is missing has no scalars', t => {
  t.deepEqual(entropyScalars({}, info), []);
  t.deepEqual(channelHistograms({}), []);
});

test('the channels of a layer are one histogram; a layer of one channel, and what is undefined, has none', t => {
  const [first] = tables.channel_entropy;
  const row = (layer: string, channel: number, mean: number | null, of: number | null = null) => ({
    ...first!,
    layer,
    channel,
    mean,
    class: of,
  });
  const rows = [row('a', 0, 1), row('a', 1, 2), row('a', 2, null), row('a', 0, 9, 0), row('b', 0, 3)];
  t.deepEqual(channelHistograms({channel_entropy: rows}), [['intra_sample_entropy/a/channels', [1, 2]]]);
});

test('trainings are compared by their logs and the entropies over the classes', t => {
  const names = comparedMetrics(tables).map(({displayName, run}) => `${run} ${displayName}`);
  t.deepEqual(names, [
    'train loss',
    'train acc',
    'val val_loss',
    'val val_acc',
    'probe H[label|y]',
    'probe H[y|label]',
    'probe I[label;y]',
  ]);
  t.deepEqual(comparedMetrics({}), []);
});
