import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {BackgroundRecorder} from '#src/recorder/background-recorder.js';
import {probeData, runInfo} from '../support/run-folder.js';
import {temporaryFolder} from '../support/temporary-folder.js';

/** Runs in each new thread, as any code of a thread's would that breaks it while it works. */
const BREAKS = `data:text/javascript,${encodeURIComponent(`
import {isMainThread, parentPort} from 'node:worker_threads';
if (!isMainThread) parentPort.once('message', () => setImmediate(() => { throw new Error('the thread broke'); }));
`)}`;

const NOTHING = {epoch: 0, logs: [], weights: [], predictions: null, evaluation: null, failures: []};

async function setupIn(t: ExecutionContext) {
  return {
    dir: join(await temporaryFolder(t), 'run'),
    start: {},
    info: runInfo(),
    probe: probeData(),
    memory: Infinity,
    disk: {epoch: 0, lean: 0, files: 0, budget: Infinity},
    tensorboard: null,
  };
}

test('what is under way can be waited for without turning, and no longer than asked', async t => {
  const recorder = new BackgroundRecorder();
  t.true(recorder.wait(0), 'nothing is under way');
  const opened = recorder.open(await setupIn(t));
  t.false(recorder.wait(0));
  t.true(recorder.wait(60_000));
  t.true(recorder.wait(0));
  await opened;
  await recorder.close('finished');
});

test('the failure of a recorder thread is reported to all pending and later requests', async t => {
  const setup = await setupIn(t);
  const before = process.env['NODE_OPTIONS'];
  process.env['NODE_OPTIONS'] = `--import=${BREAKS}`;
  const recorder = new BackgroundRecorder();
  if (before === undefined) delete process.env['NODE_OPTIONS'];
  else process.env['NODE_OPTIONS'] = before;
  const outcomes = await Promise.allSettled([recorder.open(setup), recorder.record(NOTHING)]);
  const reasons = [
    ...outcomes.map(outcome => (outcome.status === 'rejected' ? String(outcome.reason) : outcome.status)),
    String(await recorder.close('finished').catch((error: unknown) => error)),
  ];
  t.deepEqual(reasons, Array<string>(3).fill('Error: the thread broke'));
});

test('a closed recorder refuses requests, so that no one waits for them', async t => {
  const recorder = new BackgroundRecorder();
  await recorder.open(await setupIn(t));
  await recorder.close('finished');
  const outcomes = await Promise.allSettled([recorder.record(NOTHING), recorder.close('finished')]);
  t.deepEqual(
    outcomes.map(outcome => String(outcome.status === 'rejected' && outcome.reason)),
    Array<string>(2).fill('Error: the recorder is closed.'),
  );
  t.true(recorder.wait(0), 'and a process that ends has nothing to wait for');
});
