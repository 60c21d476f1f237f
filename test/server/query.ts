import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {tableFromIPC} from '@uwdata/flechette';
import type {ApiError} from '#src/shared/index.js';
import {EventStream} from '../support/event-stream.js';
import {temporaryFolder} from '../support/temporary-folder.js';
import {servedApp} from '../support/served-app.js';
import {writeRun} from '../support/written-run.js';

async function served(t: ExecutionContext) {
  const logdir = await temporaryFolder(t);
  await writeRun(join(logdir, 'run'), {epochs: [0, 1]});
  const app = await servedApp(t, {logdir});
  const ask = (expression: string, more = '') =>
    app.get(`/api/runs/run/query?expression=${encodeURIComponent(expression)}${more}`);
  return {...app, ask};
}

test('a question is answered as JSON, CSV, Parquet or Arrow', async t => {
  const {ask} = await served(t);
  const expression = 'mean(H(dCNN(*, conv2d_1, *, *)) over channel)';
  const json = await ask(expression);
  t.is(json.headers.get('content-type'), 'application/json; charset=utf-8');
  t.like(await json.json(), {expression, unit: 'bit'});
  const csv = await ask(expression, '&format=csv');
  t.regex(csv.headers.get('content-type') ?? '', /^text\/csv/);
  t.regex(await csv.text(), /^epoch,layer,class,bits,values,undefined\n0,conv2d_1,,/);
  const parquet = await ask(expression, '&format=parquet');
  t.is(
    Buffer.from(await parquet.arrayBuffer())
      .subarray(0, 4)
      .toString(),
    'PAR1',
  );
  const arrow = await ask(expression, '&format=arrow');
  t.is(tableFromIPC(new Uint8Array(await arrow.arrayBuffer())).numRows, 2);
});

test('a malformed question is 400 with the place of the mistake, one about nothing 404', async t => {
  const {ask, get} = await served(t);
  const malformed = await ask('H(dCNN(*, conv2d_1, *)');
  t.is(malformed.status, 400);
  t.is(((await malformed.json()) as ApiError).error.code, 'invalid-expression');
  const missing = await ask('H(dCNN(*, conv2d_9, *, 0))');
  t.is(missing.status, 404);
  t.deepEqual(await missing.json(), {
    error: {code: 'no-such-slice', message: 'The run has no layer "conv2d_9". Did you mean conv2d_1?'},
  });
  for (const path of ['query', 'query?expression=H&format=xml', 'query?expression=H&colour=red']) {
    t.is((await get(`/api/runs/run/${path}`)).status, 400, path);
  }
});

test('a request with a name hears how far it is', async t => {
  const {ask, port} = await served(t);
  const events = await EventStream.open(`http://127.0.0.1:${port}/api/events`);
  t.teardown(() => events.disconnect());
  t.is((await events.next())?.event, 'runs');
  const answered = ask('C(dCNN(*, 1, *, *), dCNN(*, 2, *, *))', '&request=first');
  const progress = await events.next();
  t.is(progress?.event, 'progress');
  t.like(progress?.data, {run: 'run', request: 'first', done: 0});
  t.is((await answered).status, 200);
});
