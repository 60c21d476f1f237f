import {join} from 'node:path';
import test from 'ava';
import {temporaryFolder} from '../support/temporary-folder.js';
import {servedApp} from '../support/served-app.js';
import {writeRun} from '../support/written-run.js';

/** Takes minutes: a baseline of 1,000 draws for every pair of channels, at every epoch. */
const HEAVY = encodeURIComponent('C(dCNN(*, 1, *, *), dCNN(*, 1, *, *), permutations=1000)');

test('small answers come while heavy questions are at work, more of them than there are processes', async t => {
  const logdir = await temporaryFolder(t);
  await writeRun(join(logdir, 'run'), {
    epochs: [0, 1, 2],
    info: {
      probe: {samples: 240, perClass: [80, 80, 80]},
      layers: [
        {index: 0, name: 'input_1', className: 'InputLayer', spatial: [4, 3], channels: 2},
        {index: 1, name: 'conv2d_1', className: 'Conv2D', spatial: [3, 3], channels: 64},
      ],
    },
  });
  const {get} = await servedApp(t, {logdir});
  const gone = new AbortController();
  let answered = 0;
  const heavy = Array.from({length: 6}, () =>
    get(`/api/runs/run/query?expression=${HEAVY}`, {signal: gone.signal}).then(
      () => answered++,
      () => undefined,
    ),
  );
  for (let i = 0; i < 20; i++) {
    const table = await get(`/api/runs/run/tables/logs?epoch=${1 + (i % 2)}`);
    t.is(table.status, 200);
    t.is(((await table.json()) as {rows: number}).rows > 0, true);
    t.is((await get('/api/runs')).status, 200);
  }
  t.is(answered, 0, 'the heavy questions were over too soon to tell');
  gone.abort();
  await Promise.all(heavy);
  const next = await get(`/api/runs/run/query?expression=${encodeURIComponent('H(label | y)')}`);
  t.is(next.status, 200, 'once they are abandoned, others are served');
});
