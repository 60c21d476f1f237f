import type {RequestHandler} from 'express';
import {HttpError} from './http-error.js';

/** Refuses everything but reading. */
export const readOnly: RequestHandler = (request, response, next) => {
  if (request.method === 'GET' || request.method === 'HEAD') {
    next();
    return;
  }
  response.set('Allow', 'GET, HEAD');
  throw new HttpError(405, 'read-only', `This server only reads: use GET or HEAD, not ${request.method}.`);
};
