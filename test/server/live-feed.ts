import {execFile} from 'node:child_process';
import {once} from 'node:events';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {join} from 'node:path';
import {setTimeout} from 'node:timers/promises';
import {promisify} from 'node:util';
import test, {type ExecutionContext} from 'ava';
import {createSession} from 'better-sse';
import {LiveFeed, type ClientState} from '#src/server/live-feed.js';
import {EventStream} from '../support/event-stream.js';
import {temporaryFolder} from '../support/temporary-folder.js';
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

/** What a feed says to a client, and when each look began and ended, while it looks so many times. */
async function looks(
  t: ExecutionContext,
  count: number,
  {lookMs, intervalMs}: {lookMs: number; intervalMs: number},
) {
  const times: {began: number; ended: number}[] = [];
  const enough = new EventTarget();
  const feed = new LiveFeed(async () => {
    const began = performance.now();
    await setTimeout(lookMs);
    times.push({began, ended: performance.now()});
    if (times.length === count) enough.dispatchEvent(new Event('enough'));
    return [];
  }, intervalMs);
  const server = createServer((request, response) => {
    const state: ClientState = {end: () => response.end(), backlog: () => 0, greeted: false};
    void createSession<ClientState>(request, response, {state}).then(client => feed.join(client));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  t.teardown(() => server.close());
  const all = once(enough, 'enough');
  const stream = await EventStream.open(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  t.deepEqual(await stream.next(), {event: 'runs', data: []});
  await all;
  await feed.close();
  t.is(await stream.next(), null, 'what does not change is reported once');
  return times;
}

/** A timer may fire a little early. */
const TIMER_MS = 2;

test('looks are a tenth of the time at most, and the interval apart', async t => {
  for (const options of [
    {lookMs: 20, intervalMs: 1},
    {lookMs: 0, intervalMs: 60},
  ]) {
    const times = await looks(t, 4, options);
    for (const [i, {began, ended}] of times.slice(0, -1).entries()) {
      const pause = times[i + 1]!.began - ended;
      t.true(pause >= Math.max(9 * (ended - began), options.intervalMs) - TIMER_MS, String(pause));
    }
  }
});
