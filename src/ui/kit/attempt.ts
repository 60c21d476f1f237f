import {signal} from '@preact/signals';

/** Message of the last failed browser operation; null if none has failed since. */
export const failure = signal<string | null>(null);

/**
 * Does what the browser may refuse, as saving and copying; where it does, the page says so.
 *
 * @param failed - What could not be done, as a sentence without its full stop.
 * @param wayOut - What the reader can do instead.
 * @returns Whether it was done.
 */
export async function attempt(
  action: () => Promise<void>,
  {failed, wayOut = ''}: {failed: string; wayOut?: string},
): Promise<boolean> {
  try {
    await action();
    failure.value = null;
    return true;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    failure.value = `${failed}: ${why} ${wayOut}`.trim();
    return false;
  }
}
