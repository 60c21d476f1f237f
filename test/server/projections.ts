import {join} from 'node:path';
import test from 'ava';
import {tableFromIPC} from '@uwdata/flechette';
import type {ProjectionRequest} from 'cnnslicer/server';
import {temporaryFolder} from '../support/temporary-folder.js';
import {servedApp} from '../support/served-app.js';
import {writeRun} from '../support/written-run.js';

const PATH = '/api/runs/run/projections?layer=conv2d_1&channel=3&epoch=0&sample=4,1';

test('projections and maps come with their extents, in the order of the samples', async t => {
  const logdir = await temporaryFolder(t);
  await writeRun(join(logdir, 'run'), {epochs: [0]});
  const asked: ProjectionRequest[] = [];
  const {get} = await servedApp(t, {
    logdir,
    project: request => {
      asked.push(request);
      return Promise.resolve({
        projections: Float32Array.from({length: 48}, (_, i) => i),
        inputShape: [4, 3, 2],
        maps: Float32Array.from({length: 30}, (_, i) => -i),
        mapShape: [3, 5],
      });
    },
  });
  const response = await get(PATH);
  t.is(response.status, 200);
  const table = tableFromIPC(new Uint8Array(await response.arrayBuffer()));
  t.deepEqual([...(table.getChild('sample') ?? [])], [4, 1]);
  t.is((table.getChild('projection')?.at(1) as Float32Array)[0], 24);
  t.is((table.getChild('map')?.at(1) as Float32Array)[14], -29);
  const shapes = table.schema.fields.map(field =>
    (field.metadata as Map<string, string> | null)?.get('shape'),
  );
  t.deepEqual(shapes, [undefined, '[4,3,2]', '[3,5]']);
  const dir = join(logdir, 'run');
  t.deepEqual(asked, [{dir, layer: 'conv2d_1', channel: 3, epoch: 0, samples: [4, 1]}]);
});

test('what cannot be projected is reported with its reason', async t => {
  const logdir = await temporaryFolder(t);
  await writeRun(join(logdir, 'run'), {epochs: [0]});
  const failing = await servedApp(t, {logdir, project: () => Promise.reject(new Error('no weights'))});
  const refused = await failing.get(PATH);
  t.is(refused.status, 422);
  t.deepEqual(await refused.json(), {error: {code: 'not-projectable', message: 'no weights'}});
  const without = await servedApp(t, {logdir});
  t.is((await without.get(PATH)).status, 501);
  t.is(
    (await without.get('/api/runs/run/projections?layer=conv2d_1&channel=3&epoch=0&sample=6')).status,
    404,
  );
  t.is(
    (await without.get('/api/runs/run/projections?layer=conv2d_1&channel=x&epoch=0&sample=1')).status,
    400,
  );
});
