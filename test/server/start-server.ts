import {createServer, type AddressInfo} from 'node:net';
import test, {type ExecutionContext} from 'ava';
import {startServer} from 'cnnslicer/server';
import {temporaryFolder} from '../support/run-folder.js';
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

test('serves at 127.0.0.1 and nowhere else unless told', async t => {
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

test('an address that this machine does not have is told as such', async t => {
  await t.throwsAsync(startServer({logdir: 'runs', host: '192.0.2.1', port: 0}), {
    message: /^Cannot listen at 192\.0\.2\.1, port 0: this machine has no such address\./,
  });
});

test('a server for all addresses answers to the names of this machine and to no other', async t => {
  const server = await startServer({logdir: await temporaryFolder(t), host: '0.0.0.0', port: 0});
  t.teardown(() => server.close());
  t.is(server.url, `http://localhost:${server.port}/`);
  t.is((await rawRequest(server.port, '/api/runs', {host: `127.0.0.1:${server.port}`})).status, 200);
  t.is((await rawRequest(server.port, '/api/runs', {host: 'evil.example'})).status, 403);
});

test('options that are wrong are told by name', async t => {
  await t.throwsAsync(startServer({logdir: 'runs', port: 70000}), {
    instanceOf: TypeError,
    message: /^startServer: port: /,
  });
  await t.throwsAsync(startServer({logdir: '', port: 0}), {message: /logdir: must be a folder/});
});
