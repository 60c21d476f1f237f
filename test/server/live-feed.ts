import {execFile} from 'node:child_process';
import {join} from 'node:path';
import {promisify} from 'node:util';
import test from 'ava';
import {temporaryFolder} from '../support/run-folder.js';
import {writeRun} from '../support/written-run.js';

/** Serves, lets clients come and go, stops listening; then only something left behind keeps the process alive. */
const PROGRAM = `
import {createServer, get} from 'node:http';
import {once} from 'node:events';
import {createApp} from 'cnnslicer/server';
const server = createServer(createApp({logdir: process.argv[1]}));
await once(server.listen(0, '127.0.0.1'), 'listening');
for (let i = 0; i < 3; i++) {
  const outgoing = get({port: server.address().port, path: '/api/events', host: '127.0.0.1', agent: false});
  const [incoming] = await once(outgoing, 'response');
  let text = '';
  for await (const chunk of incoming.setEncoding('utf8')) {
    text += chunk;
    if (text.includes('event:runs')) break; // which destroys the connection
  }
}
server.close();
console.log('no client left');
`;

test('clients that left leave nothing that keeps the process alive', async t => {
  const logdir = await temporaryFolder(t);
  await writeRun(join(logdir, 'run'), {epochs: [0]});
  const {stdout} = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '-e', PROGRAM, logdir],
    {
      timeout: 30_000, // a leak would keep it running for ever; in time it is killed, which rejects
    },
  );
  t.is(stdout, 'no client left\n');
});
