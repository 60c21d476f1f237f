import {once} from 'node:events';
import {join} from 'node:path';
import {spawn} from 'node:child_process';
import {writeFile} from 'node:fs/promises';
import {pathToFileURL} from 'node:url';
import test, {type ExecutionContext} from 'ava';
import {JobLost, WorkerLane} from '#src/store/worker-lane.js';
import {temporaryFolder} from '../support/temporary-folder.js';

/** A worker that answers what each job asks for. */
const SCRIPT = `
  import {parentPort, threadId} from 'node:worker_threads';
  parentPort.on('message', job => {
    if (job.what === 'fail') parentPort.postMessage({error: 'it cannot be done'});
    else if (job.what === 'end') process.exit(3);
    else if (job.what === 'throw') throw new Error('out of its mind');
    else if (job.what === 'sum') parentPort.postMessage({result: job.values.reduce((a, b) => a + b, 0)});
    else if (job.what === 'thread') parentPort.postMessage({result: threadId});
    // anything else is never answered
  });
`;

interface Job {
  what: 'fail' | 'end' | 'throw' | 'sum' | 'thread' | 'hang';
  values?: Float64Array;
}

async function lane(t: ExecutionContext): Promise<WorkerLane<Job, number>> {
  const script = join(await temporaryFolder(t), 'worker.mjs');
  await writeFile(script, SCRIPT);
  return new WorkerLane(pathToFileURL(script));
}

test('jobs are answered in turn, by one thread', async t => {
  const jobs = await lane(t);
  const sums = [1, 2, 3].map(value => jobs.run({what: 'sum', values: Float64Array.of(value, value)}));
  t.deepEqual(await Promise.all(sums), [2, 4, 6]);
  t.is(await jobs.run({what: 'thread'}), await jobs.run({what: 'thread'}));
});

test('what is transferred is given away', async t => {
  const jobs = await lane(t);
  const values = Float64Array.of(1, 2, 3);
  t.is(await jobs.run({what: 'sum', values}, {transfer: [values.buffer]}), 6);
  t.is(values.length, 0);
});

test('a job that the worker refuses costs itself alone, and the thread stays', async t => {
  const jobs = await lane(t);
  const thread = await jobs.run({what: 'thread'});
  const error = await t.throwsAsync(jobs.run({what: 'fail'}), {message: 'it cannot be done'});
  t.false(error instanceof JobLost);
  t.is(await jobs.run({what: 'thread'}), thread);
});

for (const [what, reason] of [
  ['end', /its thread ended/],
  ['throw', /out of its mind/],
] as const) {
  test(`a job that its worker dies of is lost, and those that wait go to a new thread: ${what}`, async t => {
    const jobs = await lane(t);
    const thread = await jobs.run({what: 'thread'});
    const lost = jobs.run({what});
    const after = jobs.run({what: 'thread'});
    await t.throwsAsync(lost, {instanceOf: JobLost, message: reason});
    t.not(await after, thread);
  });
}

test('a job that takes too long is lost at its deadline, and those that wait go to a new thread', async t => {
  const jobs = await lane(t);
  const lost = jobs.run({what: 'hang'}, {deadlineMs: 1500});
  const after = jobs.run({what: 'sum', values: Float64Array.of(7)});
  await t.throwsAsync(lost, {instanceOf: JobLost, message: 'it took longer than 2 s'});
  t.is(await after, 7);
});

test('a deadline counts from when the worker takes the job', async t => {
  const jobs = await lane(t);
  const lost = jobs.run({what: 'hang'}, {deadlineMs: 2000});
  const waited = jobs.run({what: 'thread'}, {deadlineMs: 60_000});
  await t.throwsAsync(lost, {instanceOf: JobLost});
  t.is(typeof (await waited), 'number');
});

test('an idle lane keeps no process alive', async t => {
  const dir = await temporaryFolder(t);
  await writeFile(join(dir, 'worker.mjs'), SCRIPT);
  const module = new URL('../../../dist/store/worker-lane.js', import.meta.url).href;
  const program = `
    const {WorkerLane} = await import(${JSON.stringify(module)});
    const lane = new WorkerLane(new URL('worker.mjs', ${JSON.stringify(pathToFileURL(`${dir}/`).href)}));
    console.log(await lane.run({what: 'sum', values: Float64Array.of(1, 1)}));
  `;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {stdio: 'ignore'});
  const [code] = (await once(child, 'exit')) as [number | null];
  t.is(code, 0);
});
