import {join} from 'node:path';
import {tableFromIPC} from '@uwdata/flechette';
import test from 'ava';
import {probeData} from '../support/run-folder.js';
import {temporaryFolder} from '../support/temporary-folder.js';
import {servedApp} from '../support/served-app.js';
import {writeRun} from '../support/written-run.js';

test('samples come in the order asked for, as an Arrow stream that another reader reads', async t => {
  const logdir = await temporaryFolder(t);
  await writeRun(join(logdir, 'run'), {epochs: []});
  const {get} = await servedApp(t, {logdir});
  const response = await get('/api/runs/run/samples?sample=4,0,5');
  t.is(response.status, 200);
  t.is(response.headers.get('content-type'), 'application/vnd.apache.arrow.stream');
  t.is(response.headers.get('cache-control'), 'no-store');
  const table = tableFromIPC(new Uint8Array(await response.arrayBuffer()));
  const {labels, inputs} = probeData();
  const values = inputs[0]?.values ?? new Float32Array();
  t.deepEqual(table.names, ['sample', 'label', 'input']);
  t.deepEqual(
    table.toArray().map(row => ({...row, input: Array.from(row.input as Float32Array)})),
    [4, 0, 5].map(i => ({
      sample: i,
      label: labels[i],
      input: Array.from(values.subarray(24 * i, 24 * (i + 1))),
    })),
  );
  t.is(table.schema.fields[2]?.metadata?.get('shape'), '[4,3,2]');
});

const FORM = 'sample: must be probe samples by index, such as 0,4,9';
const mistakes: [query: string, status: number, code: string, message: string][] = [
  ['', 400, 'invalid-input', FORM],
  ['?sample=', 400, 'invalid-input', FORM],
  ['?sample=1,,2', 400, 'invalid-input', FORM],
  ['?sample=-1', 400, 'invalid-input', FORM],
  ['?sample=1..3', 400, 'invalid-input', FORM],
  ['?sample=1,6', 404, 'no-such-sample', 'The probe has no sample 6; its samples are 0..5.'],
  ['?sample=0,1,2,3,4,5,0', 400, 'invalid-input', 'sample: at most 6 (the whole probe), got 7.'],
];

for (const [query, status, code, message] of mistakes) {
  test(`samples${query} is refused with ${status}`, async t => {
    const logdir = await temporaryFolder(t);
    await writeRun(join(logdir, 'run'), {epochs: []});
    const {get} = await servedApp(t, {logdir});
    const response = await get(`/api/runs/run/samples${query}`);
    t.is(response.status, status);
    t.deepEqual(await response.json(), {error: {code, message}});
  });
}
