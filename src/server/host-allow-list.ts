import type {RequestHandler} from 'express';
import {isIP} from 'node:net';
import {HttpError} from './http-error.js';

/** Names under which a browser on the same machine reaches a loopback server. */
const LOOPBACK_HOSTS = ['localhost', '127.0.0.1', '[::1]'];

/** A Host header: a name, an IPv4 address or an IPv6 address in brackets, then perhaps a port. */
const HOST = /^(\[[^\]]*\]|[^:]*)(?::\d{1,5})?$/;

/**
 * Lets only requests pass that were addressed to a name of this server, at any port.
 *
 * A foreign page can make its own name resolve to 127.0.0.1 (DNS rebinding) and would then read the runs as "same
 * origin"; its name in the Host header gives it away.
 *
 * @param names - Allowed host names in addition to the loopback ones, without a port; IPv6 addresses in brackets.
 * @param anyAddress - Allows every IP address: no name can be made to resolve to it, and behind a router, a tunnel or in
 *   a container the server does not know under which one it is reached.
 */
export function hostAllowList(names: readonly string[], {anyAddress}: {anyAddress: boolean}): RequestHandler {
  const allowed = new Set([...LOOPBACK_HOSTS, ...names.map(name => name.toLowerCase())]);
  return (request, _response, next) => {
    const {host} = request.headers;
    const name = HOST.exec(host ?? '')?.[1];
    if (name === undefined || !(allowed.has(name.toLowerCase()) || (anyAddress && isAddress(name)))) {
      throw new HttpError(
        403,
        'host-not-allowed',
        `This server does not answer to the host ${JSON.stringify(host ?? '')}; it answers to ${[...allowed].join(', ')}.`,
      );
    }
    next();
  };
}

function isAddress(name: string): boolean {
  return isIP(name.replace(/^\[(.*)\]$/, '$1')) !== 0;
}
