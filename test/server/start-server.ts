import {createServer, type AddressInfo} from 'node:net';
import {hostname} from 'node:os';
import test, {type ExecutionContext} from 'ava';
import {startServer} from 'cnnslicer/server';
import {temporaryFolder} from '../support/temporary-folder.js';
import {rawRequest} from '../support/served-app.js';

/** Holds a port until the test ends. */
async function occupy(t: ExecutionContext, port = 0): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  t.teardown(() => server.close());
  return (server.address() as AddressInfo).port;
}

test('serves at 127.0.0.1 and nowhere else by default', async t => {
  const server = await startServer({logdir: await temporaryFolder(t), port: 0});
  t.teardown(() => server.close());
  t.is(server.url, `http://127.0.0.1:${server.port}/`);
  t.is((await fetch(`${server.url}api/runs`)).status, 200);
  await t.throwsAsync(fetch(`http://127.0.0.2:${server.port}/api/runs`));
});

test('a busy port gives way to the next free one', async t => {
  const busy = await occupy(t);
  const server = await startServer({logdir: await temporaryFolder(t), port: busy});
  t.teardown(() => server.close());
  t.true(server.port > busy && server.port <= busy + 20);
  t.is((await fetch(`${server.url}api/runs`)).status, 200);
});

test('when no port of the row is free, the error names the row', async t => {
  const last = 65535;
  await occupy(t, last).catch(() => t.log('something else holds the last port, which will do as well'));
  await t.throwsAsync(startServer({logdir: 'runs', port: last}), {
    message: 'Cannot listen at 127.0.0.1: ports 65535 to 65535 are all in use. Choose another port.',
  });
});

test('an address that this machine does not have is reported as such', async t => {
  await t.throwsAsync(startServer({logdir: 'runs', host: '192.0.2.1', port: 0}), {
    message: /^Cannot listen at 192\.0\.2\.1, port 0: this machine has no such address\./,
  });
});

test('a server for all addresses answers to the names of this machine and to no other', async t => {
  const server = await startServer({logdir: await temporaryFolder(t), host: '0.0.0.0', port: 0});
  t.teardown(() => server.close());
  t.true(server.exposed);
  const token = new URL(server.url).searchParams.get('token') ?? '';
  t.is(server.url, `http://localhost:${server.port}/?token=${token}`);
  const headers = {authorization: `Bearer ${token}`};
  const status = async (host: string) => (await rawRequest(server.port, '/api/runs', {host, headers})).status;
  for (const host of [
    `127.0.0.1:${server.port}`,
    hostname(),
    `${hostname()}.local:1`,
    '203.0.113.7',
    '[2001:db8::1]:80',
  ])
    t.is(await status(host), 200, host);
  for (const host of ['evil.example', '203.0.113.7.evil.example', '[evil.example]'])
    t.is(await status(host), 403, host);
});

test('a server for all addresses has a new token each time, and lets in only who knows it', async t => {
  const start = async () => {
    const server = await startServer({logdir: await temporaryFolder(t), host: '0.0.0.0', port: 0});
    t.teardown(() => server.close());
    return new URL(server.url);
  };
  const [url, other] = [await start(), await start()];
  t.regex(url.search, /^\?token=[\w-]{32}$/);
  t.not(url.search, other.search);
  const from = (path: string, headers: Record<string, string> = {}) =>
    rawRequest(Number(url.port), path, {headers});
  for (const path of [
    '/',
    '/favicon.svg',
    '/api/runs',
    '/API/runs',
    '/api',
    '/api/events',
    `/${other.search}`,
  ])
    t.is((await from(path)).status, 401, path);
  t.is((await from('/api/runs', {authorization: `Bearer ${other.search.slice(7)}`})).status, 401);
});

test('the address with the token leaves a cookie, which only own pages may use', async t => {
  const server = await startServer({logdir: await temporaryFolder(t), host: '0.0.0.0', port: 0});
  t.teardown(() => server.close());
  const from = (path: string, headers: Record<string, string> = {}) =>
    rawRequest(server.port, path, {headers});
  const {status, headers} = await from(`/${new URL(server.url).search}`);
  t.is(status, 303);
  t.is(headers.location, '/');
  const [given = ''] = headers['set-cookie'] ?? [];
  t.regex(given, /; Path=\/; HttpOnly; SameSite=Lax$/);
  const cookie = given.split(';')[0] ?? '';
  t.not((await from('/', {cookie})).status, 401);
  const own = `http://127.0.0.1:${server.port}`;
  t.is((await from('/api/runs', {cookie, 'sec-fetch-site': 'same-origin'})).status, 200);
  t.is((await from('/api/runs', {cookie, referer: `${own}/`})).status, 200);
  t.is(
    (await from('/api/runs', {cookie})).status,
    401,
    'a page of another port may hide where it comes from',
  );
  t.is((await from('/api/runs', {cookie, referer: 'http://127.0.0.1:1/'})).status, 403);
});

test('options that are wrong are reported by name', async t => {
  await t.throwsAsync(startServer({logdir: 'runs', port: 70000}), {
    instanceOf: TypeError,
    message: /^startServer: port: /,
  });
  await t.throwsAsync(startServer({logdir: '', port: 0}), {message: /logdir: must be a folder/});
});
