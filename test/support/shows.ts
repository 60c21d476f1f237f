import {setTimeout as pause} from 'node:timers/promises';
import {isDeepStrictEqual} from 'node:util';
import type {ExecutionContext} from 'ava';

const PATIENCE_MS = 20_000;

/**
 * Reads the page until it shows what is expected: what an action changes is drawn a moment later, on a busy machine many
 * moments. The assertion sees the last reading.
 */
export async function shows<T>(
  t: ExecutionContext,
  read: () => Promise<T>,
  expected: T,
  message?: string,
): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  let seen = await read();
  while (!isDeepStrictEqual(seen, expected) && Date.now() < end) {
    await pause(20);
    seen = await read();
  }
  t.deepEqual(seen, expected, message);
}
