import {parentPort, workerData} from 'node:worker_threads';
import {MetricsModule} from './metrics-module.js';
import type {Reply, Task} from './messages.js';
import {operations} from './operations/index.js';
import type {Operation} from './operations/operation.js';

/** Entry of a thread of the pool: takes pieces of a task until there are none left, then says so. */
const module = new MetricsModule();
const {thread} = workerData as {thread: number};

parentPort?.on('message', (task: Task) => {
  const reply: Reply = {task: task.id};
  try {
    work(task);
  } catch (error) {
    reply.error = error instanceof Error ? error : new Error(String(error));
  }
  parentPort?.postMessage(reply);
});

function work({operation, input, next, pieces}: Task): void {
  const {prepare} = operations[operation] as Operation<unknown>;
  module.reset();
  const prepared = prepare(module, input, thread);
  for (let piece = Atomics.add(next, 0, 1); piece < pieces; piece = Atomics.add(next, 0, 1)) {
    prepared.run(piece);
  }
  prepared.finish?.();
}
