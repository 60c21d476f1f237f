import type {ErrorRequestHandler} from 'express';
import type {ApiError} from '../shared/index.js';
import {RunFormatError} from '../store/index.js';
import {HttpError} from './http-error.js';

/** Turns whatever a route threw into a status and an `ApiError`; the one place that does. */
export const answerErrors: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (response.headersSent) {
    next(error); // half an answer cannot be taken back: Express cuts the connection
    return;
  }
  const {status, code, message} = toHttpError(error);
  // Of what nobody foresaw the details are for the person who runs the server, not for whoever asks it.
  if (code === 'internal-error') console.error(error);
  response
    .status(status)
    .set('Cache-Control', 'no-store')
    .json({error: {code, message}} satisfies ApiError);
};

function toHttpError(error: unknown): HttpError {
  if (error instanceof HttpError) return error;
  if (error instanceof RunFormatError) return new HttpError(500, 'broken-run', error.message, {cause: error});
  // Express marks a path that does not decode with status 400.
  if (error instanceof URIError)
    return new HttpError(400, 'invalid-path', 'The path is not valid percent-encoding.');
  return new HttpError(500, 'internal-error', 'The server failed; its log says why.');
}
