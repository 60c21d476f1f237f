import type {Reply, Request} from './requests.js';
import {parentPort, workerData} from 'node:worker_threads';
import {RunRecorder} from './run-recorder.js';

/** Entry of the recorder's thread: answers one request after the other, in the order of arrival. */
const recorder = new RunRecorder();
/** Requests that are not done. */
const undone = workerData as Int32Array;
let last: Promise<void> = Promise.resolve();

parentPort?.on('message', (request: Request) => {
  last = last.then(() => answer(request));
});

async function answer(request: Request): Promise<void> {
  const {id} = request;
  const reply = await handle(request).then(
    (value): Reply => ({id, value}),
    (error: unknown): Reply => ({id, error: error instanceof Error ? error : new Error(String(error))}),
  );
  Atomics.sub(undone, 0, 1);
  Atomics.notify(undone, 0);
  parentPort?.postMessage(reply);
}

async function handle(request: Request) {
  switch (request.type) {
    case 'open':
      return recorder.open(request.setup);
    case 'batch':
      await recorder.batch(request.batch);
      return undefined;
    case 'record':
      return recorder.record(request.capture);
    case 'close':
      return recorder.close(request.status);
  }
}
