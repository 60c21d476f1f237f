import {createHash, timingSafeEqual} from 'node:crypto';
import type {Request, RequestHandler} from 'express';
import {HttpError} from './http-error.js';
import {requestSource} from './request-source.js';

/** Protects paths with a token, once for the viewer's page and files and once for the API. */
export interface AccessToken {
  page: RequestHandler;
  api: RequestHandler;
}

/**
 * Lets only those in who know a token: browsers that opened `/?token=…`, which leaves a cookie behind, and programs that
 * send `Authorization: Bearer …`.
 *
 * A cookie goes along with whatever page asks, and other ports of the same host count as the same site. So the API takes
 * it from the viewer's own pages alone.
 */
export function accessToken(token: string): AccessToken {
  const isToken = constantTimeEquals(token);
  const hasHeader = ({headers}: Request) =>
    isToken(/^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1]);
  const hasCookie = (request: Request) => isToken(cookieOf(request));
  return {
    page: (request, response, next) => {
      if (request.path === '/' && isToken(request.query['token'])) {
        response.cookie(cookieName(request), token, {httpOnly: true, sameSite: 'lax'});
        // Away with the token from the address, which people copy and pictures show; the part after # stays.
        response.set('Cache-Control', 'no-store').redirect(303, '/');
        return;
      }
      if (!hasHeader(request) && !hasCookie(request)) throw unknown();
      next();
    },
    api: (request, _response, next) => {
      const fromOwnPage = requestSource(request.headers) === 'own-page';
      if (!hasHeader(request) && !(fromOwnPage && hasCookie(request))) throw unknown();
      next();
    },
  };
}

function unknown(): HttpError {
  return new HttpError(
    401,
    'token-needed',
    'This server asks for its token: open the address that it printed at its start, or send "Authorization: Bearer TOKEN".',
  );
}

/** Cookies do not tell ports apart, so the name does. */
function cookieName({socket}: Request): string {
  return `cnnslicer-${socket.localPort}`;
}

function cookieOf(request: Request): string | undefined {
  const start = `${cookieName(request)}=`;
  const pairs = request.headers.cookie?.split(/; */) ?? [];
  return pairs.find(pair => pair.startsWith(start))?.slice(start.length);
}

/** Compares with a secret in constant time: digests have the same length whatever was received. */
function constantTimeEquals(secret: string): (given: unknown) => boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const expected = digest(secret);
  return given => typeof given === 'string' && timingSafeEqual(digest(given), expected);
}
