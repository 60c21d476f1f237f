import type {ErrorRequestHandler} from 'express';
import {NoSuchSlice} from '../analysis/index.js';
import {QueryError, type ApiError} from '../shared/index.js';
import {RunFormatError} from '../store/index.js';
import {HttpError} from './http-error.js';

/**
 * Turns whatever a route threw into a status and an `ApiError`; the one place that does.
 *
 * @param shown - The part of a message that may be shown.
 */
export function answerErrors(shown: (message: string) => string): ErrorRequestHandler {
  // oxlint-disable-next-line no-unused-vars -- Express knows error handlers by their four parameters
  return (error: unknown, _request, response, _next) => {
    if (response.headersSent) {
      response.destroy(); // half an answer cannot be taken back
      return;
    }
    const {status, code, message} = toHttpError(error);
    // Details of unexpected errors are for the person who runs the server, not for the client.
    if (code === 'internal-error') console.error(error);
    response
      .status(status)
      .set('Cache-Control', 'no-store')
      .json({error: {code, message: shown(message)}} satisfies ApiError);
  };
}

/** Converts anything thrown to an HttpError; unexpected errors become `internal-error`, with the original as cause. */
export function toHttpError(error: unknown): HttpError {
  if (error instanceof HttpError) return error;
  if (error instanceof QueryError)
    return new HttpError(400, 'invalid-expression', error.message, {cause: error});
  if (error instanceof NoSuchSlice) return new HttpError(404, 'no-such-slice', error.message, {cause: error});
  if (error instanceof RunFormatError) return new HttpError(500, 'broken-run', error.message, {cause: error});
  const status = statusOf(error);
  if (status === 404)
    return new HttpError(404, 'not-found', 'There is nothing at this path.', {cause: error});
  if (status !== null) return new HttpError(status, 'bad-request', describe(error), {cause: error});
  return new HttpError(500, 'internal-error', 'The server failed; its log says why.', {cause: error});
}

/** The 4xx status that Express and its file sender put on their errors; null where the fault is ours. */
function statusOf(error: unknown): number | null {
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return null;
  return error.status >= 400 && error.status < 500 ? error.status : null;
}

function describe(error: unknown): string {
  if (error instanceof URIError) return 'The path is not valid percent-encoding.';
  return error instanceof Error ? error.message : String(error);
}
