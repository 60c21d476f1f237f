/** Work that is done when it is first asked for, and not again: later calls get its result, or its error. */
export function once<T>(work: () => T): () => T {
  let done: {value: T} | {error: unknown} | undefined;
  return () => {
    if (done === undefined) {
      try {
        done = {value: work()};
      } catch (error) {
        done = {error};
      }
    }
    if ('error' in done) throw done.error;
    return done.value;
  };
}
