import type {Random} from '#src/shared/index.js';

/** A request as its bytes, and whether it is cut off before its end. */
export interface HostileRequest {
  bytes: Buffer;
  /** Sent in part only; the connection then stays open for a moment, and is dropped. */
  half: boolean;
  /** Comes with a word that no server of this machine answers to, or from a foreign page: it must be refused. */
  foreign: boolean;
}

const METHODS = [
  'GET',
  'GET',
  'GET',
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'DELETE',
  'OPTIONS',
  'PATCH',
  'TRACE',
  'get',
  'G ET',
  '',
];

/** Each names something outside the viewer, the run or the log directory, or nothing at all. */
const WAYS_OUT = [
  '..', '%2e%2e', '..%2f..', '%2e%2e%2fsecret', '..%5c..', '....//', '%252e%252e', '%c0%ae%c0%ae', '.', '%2e', '~',
  'secret', 'link', '%00', 'run%00', '%', '%zz', '%ff%fe', '\u202e', '__proto__', 'constructor', 'toString', '-1',
  '1e9', 'NaN', 'null', "'", '"', '<script>', '${7*7}', '`id`', '|id', ';id', '*', '..;', 'C:', '//etc/passwd', 'run.json',
  'derived', 'probe', 'file:///etc/passwd', 'http://evil.example/', 'a'.repeat(300), 'a'.repeat(9000), '%0d%0aX-Injected:1',
]; // prettier-ignore

const PLACES = [
  '/', '/index.html', '/assets/', '/favicon.svg', '/api', '/api/', '/API/runs', '/api/runs', '/api/runs/run',
  '/api/runs/run/tables/logs', '/api/runs/run/tables/channel_entropy', '/api/runs/run/samples', '/api/runs/run/query',
  '/api/runs/run/findings', '/api/runs/run/projections', '/api/events', '/api/runs/broken', '/api/runs/link', '//api/runs',
]; // prettier-ignore

/** What a page would ask, so that what is wrong with the rest of a request is all that is wrong. */
const RIGHT = [
  '/', '/api/runs', '/api/runs/run', '/api/runs/run/tables/logs?epoch=1&columns=epoch&format=arrow', '/api/runs/run/findings',
  '/api/runs/run/tables/channel_entropy?epoch=0&layer=conv2d_1&class=all', '/api/runs/run/samples?sample=0,5', '/api/events',
  `/api/runs/run/query?expression=${encodeURIComponent('H(dCNN(*, conv2d_1, *, *))')}&format=csv`,
  `/api/runs/run/query?expression=${encodeURIComponent('C(dCNN(*, 0, *, 1), dCNN(*, 1, *, 1))')}`,
]; // prettier-ignore

const PARAMETERS = [
  'epoch', 'layer', 'class', 'columns', 'format', 'sample', 'expression', 'request', 'channel', 'token', '__proto__',
  'constructor[prototype]', 'epoch[]', 'epoch[a]', 'sample[0][0]', '', '%', 'constructor', 'hasOwnProperty',
]; // prettier-ignore

const VALUES = [
  '0', '1', '-1', '999999999', '1e3', '0x10', ' 1', 'NaN', 'Infinity', 'all', 'arrow', 'csv', 'parquet', 'json', 'conv2d_1',
  'mean,std', ',', ',,,', '0,0,0', '0,1,2,3,4,5', '%00', '%', '..%2f..', '<svg>', 'a'.repeat(5000), '0,'.repeat(3000),
]; // prettier-ignore

const WORDS = [
  'H', 'Hx', 'C', 'I', 'dCNN', 'mean', 'max', 'over', 'label', 'y', '|', '(', ')', ',', '*', '-', '0', '1', '..', ':', '=', '{',
  '}', 'conv2d_1', 'dense_1', 'bins', 'k', 'permutations', 'range', '9'.repeat(400), '1e999', '"', "'", '\\', '%', '\n', 'channel',
  'bins=200000000', 'permutations=1000000000', 'k=1e9', '0..999999999', '0..9007199254740993:1', '-5..5', '\u0000', 'é', '💥',
]; // prettier-ignore

const HOSTS = [
  'evil.example',
  '127.0.0.1.evil.example',
  'localhost@evil.example',
  '',
  'localhost:99999999',
  '[::1',
  '::1',
  'evil.example:80',
];

const FOREIGN: readonly string[] = [
  'Sec-Fetch-Site: cross-site', 'Sec-Fetch-Site: same-site', 'Sec-Fetch-Site: same-origin\r\nSec-Fetch-Site: cross-site',
  'Origin: http://evil.example', 'Origin: null', 'Origin: http://127.0.0.1:1', 'Referer: https://evil.example/page',
]; // prettier-ignore

const HARMLESS: readonly string[] = [
  'X-Forwarded-For: 127.0.0.1', 'X-Forwarded-Host: evil.example', 'X-HTTP-Method-Override: DELETE', 'Range: bytes=0-,1-,2-',
  'If-None-Match: *', 'Accept-Encoding: gzip;q=9', 'Content-Length: 5', 'Transfer-Encoding: chunked', 'Expect: 100-continue',
  'Upgrade: websocket', 'Connection: upgrade', 'Cookie: a=b; __proto__=1', 'Authorization: Bearer x', 'Content-Type: multipart/form-data',
  'Accept: text/event-stream', 'Last-Event-ID: 99', 'Bad Header: x', 'X: \u0001', `X-Long: ${'a'.repeat(20_000)}`,
]; // prettier-ignore

/** A seeded request out of what servers have been broken with: paths, encodings, methods, headers, questions, halves. */
export function hostileRequest(random: Random, port: number): HostileRequest {
  const one = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const chance = (share: number) => random() < share;
  const own = `127.0.0.1:${port}`;
  const host = chance(0.1) ? one(HOSTS) : own;
  const page = chance(0.15) ? [one(FOREIGN)] : [];
  const target = chance(0.2) ? one(RIGHT) : path(random) + (chance(0.6) ? `?${query(random)}` : '');
  const lines = [
    `${chance(0.8) ? 'GET' : one(METHODS)} ${chance(0.03) ? `http://evil.example${target}` : target} HTTP/1.1`,
    `Host: ${host}`,
    ...page,
    ...(chance(0.3) ? [one(HARMLESS)] : []),
    'Connection: close',
  ];
  const bytes = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, chance(0.9) ? 'utf8' : 'latin1');
  const half = chance(0.03);
  return {
    bytes: half ? bytes.subarray(0, Math.floor(random() * bytes.length)) : bytes,
    half,
    foreign: host !== own || page.length > 0,
  };
}

function path(random: Random): string {
  const one = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  let made = one(PLACES);
  while (random() < 0.5) {
    const segments = made.split('/');
    if (random() < 0.5) segments[Math.floor(random() * segments.length)] = one(WAYS_OUT);
    else segments.push(one(WAYS_OUT));
    made = segments.join('/');
  }
  return made.startsWith('/') ? made : `/${made}`;
}

function query(random: Random): string {
  const one = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const pairs: string[] = [];
  do {
    const expression = () =>
      encodeURIComponent(Array.from({length: 1 + random() * 20}, () => one(WORDS)).join(''));
    const name = one(PARAMETERS);
    pairs.push(`${name}=${name === 'expression' ? expression() : one(VALUES)}`);
  } while (random() < 0.6);
  return pairs.join('&');
}
