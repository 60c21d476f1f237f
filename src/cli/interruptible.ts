/**
 * Runs work that Ctrl-C stops.
 *
 * @throws {Error} `stopped` instead of the signal's reason, so that the command ends with one line.
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const interrupt = new AbortController();
  const stop = () => interrupt.abort(new Error('stopped; what was finished is kept.'));
  process.once('SIGINT', stop);
  try {
    return await work(interrupt.signal);
  } finally {
    process.off('SIGINT', stop);
  }
}
