import {parentPort} from 'node:worker_threads';
import type {Reply, Request} from './messages.js';
import {RunRecorder} from './run-recorder.js';

/** Entry of the recorder's thread: answers one request after the other, in the order they came. */
const recorder = new RunRecorder();
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
  parentPort?.postMessage(reply);
}

async function handle(request: Request) {
  switch (request.type) {
    case 'open':
      return recorder.open(request.setup);
    case 'record':
      return recorder.record(request.capture);
    case 'close':
      return recorder.close(request.status);
  }
}
