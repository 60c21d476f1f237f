import {join} from 'node:path';
import test from 'ava';
import {openRun} from 'cnnslicer/store';
import {example} from '../support/example.js';
import {temporaryFolder} from '../support/temporary-folder.js';

// The other examples train longer: test/long/examples.ts.
test('custom-loop trains by hand without leaving tensors, and its run is finished', async t => {
  const folder = await temporaryFolder(t);
  const printed = await example('custom-loop', folder, {IMAGES: '120', EPOCHS: '3'});
  const epochs = [...printed.matchAll(/^epoch \d: loss (\d\.\d{3}), (\d+) tensors$/gm)];
  t.is(epochs.length, 3);
  t.is(new Set(epochs.map(([, , tensors]) => tensors)).size, 1);
  const run = await openRun(join(folder, 'runs/custom-loop'));
  t.deepEqual([await run.epochs(), run.info.status], [[0, 1, 2, 3], 'finished']);
  const losses = (await run.table('logs')).map(({value}) => value?.toFixed(3));
  t.deepEqual(
    losses,
    epochs.map(([, loss]) => loss),
  );
});
