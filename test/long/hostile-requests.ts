import {mkdir, symlink, writeFile} from 'node:fs/promises';
import {connect} from 'node:net';
import {join} from 'node:path';
import test from 'ava';
import {startServer} from 'cnnslicer/server';
import {seededRandom} from '#src/shared/index.js';
import {hostileRequest, type HostileRequest} from '../support/hostile-requests.js';
import {temporaryFolder} from '../support/temporary-folder.js';
import {writeRun} from '../support/written-run.js';

const SEED = Number(process.env['SEED'] ?? 1);
const COUNT = Number(process.env['COUNT'] ?? 2000);
/** Requests under way at a time. */
const AT_A_TIME = 16;
const CONTINUE = /^HTTP\/1\.1 100 Continue\r\n\r\n/;
const SECRET = 'hidden text of another folder';

test(`${COUNT} hostile requests get nothing that is not theirs, and a small request is answered throughout`, async t => {
  t.timeout(60_000 + COUNT * 20);
  const outside = await temporaryFolder(t);
  const logdir = join(outside, 'runs');
  await writeRun(join(logdir, 'run'), {epochs: [0, 1]});
  await writeRun(join(outside, 'secret'), {epochs: [0], info: {name: SECRET}});
  await writeFile(join(outside, 'secret.txt'), SECRET);
  await symlink(join(outside, 'secret'), join(logdir, 'link'));
  await mkdir(join(logdir, 'broken'));
  await writeFile(join(logdir, 'broken', 'run.json'), '{"format": "cnnslicer-run"');
  const server = await startServer({logdir, port: 0});
  t.teardown(() => server.close());

  const random = seededRandom(SEED);
  const statuses = new Map<number, number>();
  const faults: string[] = [];
  let asked = 0;
  const client = async () => {
    while (asked < COUNT) {
      const number = asked++;
      const request = hostileRequest(random, server.port);
      const fault = faultOf(request, await answerTo(server.port, request), {outside, statuses});
      if (fault !== null)
        faults.push(`${number}: ${fault}: ${JSON.stringify(String(request.bytes).slice(0, 600))}`);
      if (number % 50 === 0) {
        const small = await fetch(`${server.url}api/runs/run/tables/logs?epoch=1`);
        t.is(small.status, 200, `the small request after ${number}`);
        await small.arrayBuffer();
      }
    }
  };
  await Promise.all(Array.from({length: AT_A_TIME}, client));
  t.deepEqual(faults.slice(0, 20), []);
  t.log(
    `seed ${SEED}: ${[...statuses]
      .sort(([a], [b]) => a - b)
      .map(([status, n]) => `${status}: ${n}`)
      .join(', ')}`,
  );
  t.true((statuses.get(200) ?? 0) > COUNT / 50, 'too few of the requests reach anything');
});

/** No answer, no HTTP, not allowed, not by this method, too long. */
const REFUSED = new Set([0, 400, 403, 405, 431]);

/** What is wrong with an answer; null where nothing is. A status of 0 is a connection that was closed without one. */
function faultOf(
  {half, foreign, bytes}: HostileRequest,
  answer: string,
  {outside, statuses}: {outside: string; statuses: Map<number, number>},
): string | null {
  const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1] ?? 0);
  statuses.set(status, (statuses.get(status) ?? 0) + 1);
  const head = answer.split('\r\n\r\n')[0] ?? '';
  const isApi = /^\S+ (http:\/\/evil\.example)?\/api(\/|\?| |$)/i.test(String(bytes));
  if (answer.includes(SECRET)) return 'it gave away what lies outside';
  if (answer.includes(outside)) return 'it gave away a path of the machine';
  if (/^x-injected/im.test(head)) return 'a header was injected';
  if (/^access-control-allow/im.test(head)) return 'another site is let in';
  if (/node_modules|\.js:\d+:\d+/.test(answer) && !head.includes('text/javascript'))
    return 'it shows a trace';
  const isBroken = /^HEAD \S*\/(broken|link)/.test(String(bytes)); // and has no body to say so
  if (status === 500 && !isBroken && !/"code":"(broken-run|too-much)"/.test(answer))
    return `it was a fault of the server: ${answer.slice(-200)}`;
  if (status === 0 && !half) return 'it had no answer';
  if (foreign && isApi && !REFUSED.has(status)) return `a foreign page or host was answered with ${status}`;
  if (status >= 300 && status < 400 && status !== 304) return 'it was sent elsewhere';
  if (
    status !== 0 &&
    status !== 400 &&
    status !== 431 &&
    status !== 408 &&
    !/^content-security-policy: /im.test(head)
  )
    return `it has no policy, status ${status}`;
  return null;
}

/** Sends the bytes as they are, and gives what comes back until the end, the first of an event stream, or nothing more. */
function answerTo(port: number, {bytes, half}: HostileRequest): Promise<string> {
  return new Promise(resolve => {
    const chunks: Buffer[] = [];
    const socket = connect(port, '127.0.0.1');
    const done = () => {
      socket.destroy();
      resolve(Buffer.concat(chunks).toString('latin1').replace(CONTINUE, ''));
    };
    socket.on('data', chunk => {
      chunks.push(chunk);
      if (chunk.includes('event:runs')) done();
    });
    socket.on('error', done).on('close', done);
    socket.write(bytes);
    if (half) setTimeout(done, 50);
  });
}
