import type {Response} from 'express';
import {once} from 'node:events';
import type {Readable} from 'node:stream';
import {pipeline} from 'node:stream/promises';
import {PoolIsFull, ProcessDied} from '../processes/index.js';
import {HttpError} from './http-error.js';

/** A reader that takes nothing for so long is let go. */
const STALLED_MS = 20_000;

/**
 * Asks for an answer and sends it as it comes. A client that goes away ends the work, and so does one that stops reading.
 *
 * @param ask - Its signal is aborted when the client has gone.
 * @throws {HttpError} if the answer fails before its first byte was sent.
 */
export async function sendAnswer(
  response: Response,
  mediaType: string,
  ask: (signal: AbortSignal) => Promise<Readable>,
  stalledMs = STALLED_MS,
): Promise<void> {
  if (response.closed) return; // gone before there was anything to ask
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  try {
    const body = await ask(gone.signal);
    if (body.errored) throw body.errored;
    await once(body, 'readable'); // or its error, for which there is still a status then
    response.type(mediaType);
    response.setTimeout(stalledMs, () => response.destroy());
    await pipeline(body, response);
    response.setTimeout(0);
  } catch (error) {
    if (!gone.signal.aborted) throw asHttpError(error); // otherwise no one waits for it
  }
}

function asHttpError(error: unknown): unknown {
  if (error instanceof PoolIsFull) return new HttpError(503, 'busy', error.message, {cause: error});
  if (error instanceof ProcessDied) return new HttpError(500, 'too-much', error.message, {cause: error});
  if (error instanceof Error && error.name === 'HttpError' && 'status' in error && 'code' in error) {
    return new HttpError(Number(error.status), String(error.code), error.message, {cause: error});
  }
  return error;
}
