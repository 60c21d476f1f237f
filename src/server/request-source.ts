import type {IncomingHttpHeaders} from 'node:http';

/** `program`: nothing says that a page asks, as with scripts and curl. */
export type RequestSource = 'own-page' | 'foreign-page' | 'program';

/**
 * Who asks, by the headers that a page cannot choose.
 *
 * `Sec-Fetch-Site` says it for every request of a browser, also for pictures, frames and `no-cors`, at addresses that it
 * trusts (https, and this machine). `same-site` is another port, and foreign; `none` is the user, by address bar or
 * bookmark. Elsewhere `Origin` and `Referer` have to do: they give a foreign page away unless it hides both.
 */
export function requestSource(headers: IncomingHttpHeaders): RequestSource {
  const {host = '', origin, referer} = headers;
  const site = headers['sec-fetch-site'];
  if (origin !== undefined && !isOf(origin, host)) return 'foreign-page';
  if (site !== undefined) return site === 'same-origin' || site === 'none' ? 'own-page' : 'foreign-page';
  if (referer !== undefined && !isOf(referer, host)) return 'foreign-page';
  return origin === undefined && referer === undefined ? 'program' : 'own-page';
}

/** Checks that a URL has this host and port. The scheme may differ, as a proxy may use https. */
function isOf(url: string, host: string): boolean {
  return URL.canParse(url) && /^https?:/i.test(url) && new URL(url).host === host.toLowerCase();
}
