import {join} from 'node:path';
import test from 'ava';
import {BackgroundRecorder} from '#src/callbacks/recorder/background-recorder.js';
import {probeData, runInfo, temporaryFolder} from '../../support/run-folder.js';

/** Runs in each new thread, as any code of a thread's would that breaks it while it works. */
const BREAKS = `data:text/javascript,${encodeURIComponent(`
import {isMainThread, parentPort} from 'node:worker_threads';
if (!isMainThread) parentPort.once('message', () => setImmediate(() => { throw new Error('the thread broke'); }));
`)}`;

test('why the thread of a recorder broke is what all that wait for it are told, and all that ask later', async t => {
  const setup = {
    dir: join(await temporaryFolder(t), 'run'),
    start: {},
    info: runInfo(),
    probe: probeData(),
    memory: Infinity,
    disk: {epoch: 0, lean: 0, budget: Infinity},
    tensorboard: null,
  };
  const before = process.env['NODE_OPTIONS'];
  process.env['NODE_OPTIONS'] = `--import=${BREAKS}`;
  const recorder = new BackgroundRecorder();
  if (before === undefined) delete process.env['NODE_OPTIONS'];
  else process.env['NODE_OPTIONS'] = before;
  const nothing = {epoch: 0, logs: [], weights: [], predictions: null, evaluation: null, failures: []};
  const outcomes = await Promise.allSettled([recorder.open(setup), recorder.record(nothing)]);
  const reasons = [
    ...outcomes.map(outcome => (outcome.status === 'rejected' ? String(outcome.reason) : outcome.status)),
    String(await recorder.close('finished').catch((error: unknown) => error)),
  ];
  t.deepEqual(reasons, Array<string>(3).fill('Error: the thread broke'));
});
