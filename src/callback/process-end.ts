import {isMainThread} from 'node:worker_threads';
import type {UnderWay} from '../capture/host.js';

/** So long a process that ends waits for what is under way. */
const PATIENCE_MS = 10_000;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const underWay = new Set<UnderWay>();

/**
 * From now on `process.exit`, an uncaught error or a signal waits, for a bounded time, until `work` is done; what is not
 * done then is reported in one line. The handlers are installed only while there is something to wait for.
 *
 * @returns To be called when it is done.
 */
export function finishBeforeProcessEnds(work: UnderWay): () => void {
  if (underWay.size === 0) listen();
  underWay.add(work);
  return () => {
    if (underWay.delete(work) && underWay.size === 0) stopListening();
  };
}

function listen(): void {
  process.on('exit', waitForAll);
  if (!isMainThread) return; // signals are the main thread's
  // First, so that it also sees those handlers that are called once.
  for (const signal of SIGNALS) process.prependListener(signal, endBySignal);
}

function stopListening(): void {
  process.off('exit', waitForAll);
  for (const signal of SIGNALS) process.off(signal, endBySignal);
}

/** A handler keeps a signal from ending the process, so this one sends it again, unless the script has its own. */
function endBySignal(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return; // theirs may exit, and then it is waited for
  stopListening(); // so that a second Ctrl-C ends it at once
  waitForAll();
  process.kill(process.pid, signal);
}

/** Holds this thread while the recorders' threads go on. */
function waitForAll(): void {
  const deadline = performance.now() + PATIENCE_MS;
  const unfinished = [...underWay].filter(
    ({recorder}) => !recorder?.wait?.(Math.max(0, deadline - performance.now())),
  );
  underWay.clear();
  for (const dir of new Set(unfinished.map(work => work.dir))) {
    const epochs = unfinished.filter(work => work.dir === dir).flatMap(({epoch}) => epoch ?? []);
    const what =
      epochs.length === 0
        ? 'the run is closed'
        : `epoch ${epochs.join(' and ')} ${epochs.length > 1 ? 'are' : 'is'} on disk`;
    console.warn(
      `cnnslicer: ${dir}: the process ends before ${what}; await fit, or slicer.finished, before it ends.`,
    );
  }
}
