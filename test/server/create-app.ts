import {mkdir, symlink, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {createApp, type AppOptions} from 'cnnslicer/server';
import type {ApiError} from '#src/shared/index.js';
import {temporaryFolder} from '../support/temporary-folder.js';
import {rawRequest, servedApp, type ServedApp} from '../support/served-app.js';

/** An app without runs over a viewer of three files. */
async function withViewer(t: ExecutionContext, options: Partial<AppOptions> = {}): Promise<ServedApp> {
  const folder = await temporaryFolder(t);
  const viewerDir = join(folder, 'viewer');
  await mkdir(join(viewerDir, 'assets'), {recursive: true});
  await writeFile(join(viewerDir, 'index.html'), '<!doctype html><title>viewer</title>');
  await writeFile(join(viewerDir, 'assets', 'index-DgV91Jny.js'), 'export {};');
  await writeFile(join(viewerDir, 'favicon.svg'), '<svg/>');
  await writeFile(join(viewerDir, '.hidden'), 'hidden text');
  await writeFile(join(folder, 'secret.txt'), 'hidden text');
  await symlink(join(folder, 'secret.txt'), join(viewerDir, 'link.txt'));
  return servedApp(t, {logdir: join(folder, 'runs'), viewerDir, ...options});
}

test('options that are missing, misspelt or wrong are reported by name', t => {
  const create = (options: unknown) => () => createApp(options as AppOptions);
  t.throws(create({}), {instanceOf: TypeError, message: /^createApp: logdir: /});
  t.throws(create({logdir: ''}), {message: 'createApp: logdir: must be a folder, got an empty text'});
  t.throws(create({logdir: 'runs', log: 1}), {message: 'createApp: Unrecognized key: "log"'});
  t.throws(create({logdir: 'runs', hosts: ['http://a']}), {
    message: 'createApp: hosts.0: must be a host name without port or scheme',
  });
});

test('the page is at / only, and is never cached', async t => {
  const {get} = await withViewer(t);
  const page = await get('/');
  t.is(page.status, 200);
  t.is(page.headers.get('content-type'), 'text/html; charset=utf-8');
  t.is(page.headers.get('cache-control'), 'no-cache');
  t.regex(await page.text(), /<title>viewer/);
  const other = await get('/layers/3');
  t.is(other.status, 404);
  t.deepEqual(await other.json(), {
    error: {code: 'not-found', message: 'There is no page "/layers/3"; the viewer is at /.'},
  });
});

test('files named by their content are kept for a year, others are not', async t => {
  const {get} = await withViewer(t);
  const script = await get('/assets/index-DgV91Jny.js');
  t.is(script.status, 200);
  t.is(script.headers.get('content-type'), 'text/javascript; charset=utf-8');
  t.is(script.headers.get('cache-control'), 'public, max-age=31536000, immutable');
  t.is(await script.text(), 'export {};');
  t.is((await get('/favicon.svg')).headers.get('cache-control'), 'no-cache');
});

test('folders, hidden files and broken encodings are refused as JSON', async t => {
  const {get, port} = await withViewer(t);
  const folder = await get('/assets');
  t.is(folder.status, 404);
  t.deepEqual(await folder.json(), {error: {code: 'not-found', message: 'There is nothing at /assets.'}});
  const hidden = await get('/.hidden');
  t.is(hidden.status, 404);
  t.is(((await hidden.json()) as ApiError).error.code, 'not-found');
  for (const path of ['/%', '/api/runs/%']) {
    const {status, body} = await rawRequest(port, path);
    t.is(status, 400, path);
    t.deepEqual(JSON.parse(body), {
      error: {code: 'bad-request', message: 'The path is not valid percent-encoding.'},
    });
  }
});

test('no spelling of the viewer’s folder itself is a page, nor a fault of the server', async t => {
  const {port} = await withViewer(t);
  for (const path of [
    '/.',
    '/./',
    '/%2e',
    '/assets/..',
    '/assets/%2e%2e',
    '/assets/../',
    '/index.html%2f..',
  ]) {
    const {status, body} = await rawRequest(port, path);
    t.is(status, 404, path);
    t.is((JSON.parse(body) as ApiError).error.code, 'not-found', body);
  }
});

test('a viewer that is not built says how to build it', async t => {
  const {get} = await servedApp(t, {logdir: 'runs', viewerDir: join(await temporaryFolder(t), 'none')});
  const response = await get('/');
  t.is(response.status, 404);
  t.regex(
    ((await response.json()) as ApiError).error.message,
    /^The viewer is not built: .* Run "npm run build"\.$/,
  );
});

test('no spelling of a path, and no link, leads out of the viewer', async t => {
  const {port} = await withViewer(t);
  const spellings = [
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/assets/../../secret.txt',
    '//secret.txt',
    '/link.txt',
    '/%2fetc%2fpasswd',
    '/index.html%00.js',
    '/%',
  ];
  for (const path of spellings) {
    const {status, body} = await rawRequest(port, path);
    t.true([400, 403, 404].includes(status), `${path}: ${status}`);
    t.notRegex(body, /hidden text|root:/);
    t.regex(body, /^\{"error":\{"code":/);
  }
  const link = await rawRequest(port, '/link.txt');
  t.deepEqual(
    [link.status, JSON.parse(link.body)],
    [403, {error: {code: 'outside', message: '"link.txt" leads out of the served folder.'}}],
  );
});

test('an unknown path of the API is 404, as JSON', async t => {
  const {get} = await withViewer(t);
  for (const path of ['/api', '/api/', '/api/run', '/api/runs/a/b/c/d']) {
    const response = await get(path);
    t.is(response.status, 404, path);
    t.is(response.headers.get('cache-control'), 'no-store');
    t.deepEqual(await response.json(), {
      error: {code: 'not-found', message: `There is nothing at ${path}.`},
    });
  }
});

test('only this machine and the hosts that were named may be asked for', async t => {
  const {port} = await withViewer(t, {hosts: ['Lab.example', '[fe80::1]']});
  const status = async (host: string) => (await rawRequest(port, '/api/runs', {host})).status;
  for (const host of [
    'localhost',
    'LOCALHOST:1',
    '127.0.0.1:6007',
    '[::1]:6007',
    'lab.example',
    '[fe80::1]:80',
  ]) {
    t.is(await status(host), 200, host);
  }
  for (const host of [
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'localhost:x',
    '::1',
    'a@localhost',
  ]) {
    t.is(await status(host), 403, host);
  }
  const {body, headers} = await rawRequest(port, '/', {host: 'evil.example:6007'});
  t.deepEqual(JSON.parse(body), {
    error: {
      code: 'host-not-allowed',
      message:
        'This server does not answer to the host "evil.example:6007"; it answers to localhost, 127.0.0.1, [::1], lab.example, [fe80::1].',
    },
  });
  t.is(headers['cache-control'], 'no-store');
});

test('only reading is allowed', async t => {
  const {port, get} = await withViewer(t);
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
    for (const path of ['/', '/api/runs']) {
      const {status, headers, body} = await rawRequest(port, path, {method});
      t.is(status, 405, method);
      t.is(headers.allow, 'GET, HEAD');
      t.is((JSON.parse(body) as ApiError).error.code, 'read-only');
    }
  }
  for (const path of ['/', '/api/runs', '/api/events']) {
    const response = await get(path, {method: 'HEAD'});
    t.is(response.status, 200, path);
    t.is(await response.text(), '');
  }
});

test('every answer carries a strict content security policy, and none names the framework', async t => {
  const {get} = await withViewer(t);
  for (const path of ['/', '/api/runs', '/api/nothing', '/nothing']) {
    const {headers} = await get(path);
    const policy = headers.get('content-security-policy') ?? '';
    t.notRegex(policy, /unsafe|\*|https?:/);
    t.is(
      policy,
      "default-src 'self';script-src 'self';script-src-attr 'none';style-src 'self';img-src 'self' data: blob:;" +
        "connect-src 'self';worker-src 'self';object-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'",
    );
    t.is(headers.get('x-powered-by'), null);
    t.is(headers.get('x-content-type-options'), 'nosniff');
    t.is(headers.get('x-frame-options'), 'DENY');
    t.is(headers.get('strict-transport-security'), null);
    t.is(headers.get('access-control-allow-origin'), null);
  }
});
