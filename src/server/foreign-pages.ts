import type {RequestHandler} from 'express';
import {HttpError} from './http-error.js';
import {requestSource} from './request-source.js';

/**
 * Refuses what pages of other sites ask for, before any work is done.
 *
 * The browser keeps the answer from them anyway, but reading is not the only harm: a question costs time, memory and,
 * where its answer is kept, a file.
 */
export const refuseForeignPages: RequestHandler = (request, _response, next) => {
  if (requestSource(request.headers) === 'foreign-page') {
    throw new HttpError(
      403,
      'foreign-page',
      'This server answers to its own pages and to programs, not to pages of other sites. Open the viewer itself.',
    );
  }
  next();
};
