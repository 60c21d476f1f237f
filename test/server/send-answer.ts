import {once} from 'node:events';
import {createServer} from 'node:http';
import {connect, type AddressInfo} from 'node:net';
import {Readable} from 'node:stream';
import test, {type ExecutionContext} from 'ava';
import express from 'express';
import {answerErrors} from '#src/server/answer-errors.js';
import {sendAnswer} from '#src/server/send-answer.js';

/** Serves one answer; where a reader that stalls is let go after so long. */
async function served(
  t: ExecutionContext,
  ask: (signal: AbortSignal) => Promise<Readable>,
  stalledMs?: number,
) {
  const app = express();
  app.get('/', (_request, response) => sendAnswer(response, 'text/csv', ask, stalledMs));
  app.use(answerErrors(message => message));
  const server = createServer(app);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** Bytes without end. */
function endless(): Readable {
  return new Readable({
    read() {
      this.push(Buffer.alloc(2 ** 16));
    },
  });
}

test('an answer is sent whole, with its media type', async t => {
  const port = await served(t, () =>
    Promise.resolve(Readable.from([Buffer.from('a,b\n'), Buffer.from('1,2\n')])),
  );
  const response = await fetch(`http://127.0.0.1:${port}/`);
  t.is(response.headers.get('content-type'), 'text/csv; charset=utf-8');
  t.is(await response.text(), 'a,b\n1,2\n');
});

test('an answer that fails at once is an error, one that fails half way is cut', async t => {
  const failing = await served(t, () =>
    Promise.resolve(
      new Readable({
        read() {
          this.destroy(Object.assign(new Error('no'), {name: 'HttpError', status: 404, code: 'none'}));
        },
      }),
    ),
  );
  const response = await fetch(`http://127.0.0.1:${failing}/`);
  t.deepEqual([response.status, await response.json()], [404, {error: {code: 'none', message: 'no'}}]);
  const half = await served(t, () => {
    let pushed = 0;
    return Promise.resolve(
      new Readable({
        read() {
          if (pushed++ < 3) this.push(Buffer.alloc(2 ** 20));
          else this.destroy(new Error('half way'));
        },
      }),
    );
  });
  const cut = await fetch(`http://127.0.0.1:${half}/`);
  t.is(cut.status, 200);
  await t.throwsAsync(cut.arrayBuffer());
});

test('an answer that has failed before it is looked at is an error, too', async t => {
  const port = await served(t, async () => {
    const body = new Readable({read() {}}).on('error', () => undefined);
    body.destroy(Object.assign(new Error('no'), {name: 'HttpError', status: 404, code: 'none'}));
    await once(body, 'close').catch(() => undefined);
    return body;
  });
  t.is((await fetch(`http://127.0.0.1:${port}/`)).status, 404);
});

test('a client that stops reading is let go, and its answer with it', async t => {
  const body = endless();
  const port = await served(t, () => Promise.resolve(body), 300);
  const client = connect(port, '127.0.0.1');
  t.teardown(() => client.destroy());
  client.pause().write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await new Promise(resolve => body.on('error', resolve).on('close', resolve));
  t.true(body.destroyed);
});

test('a client that goes away ends the work, whether it has begun to answer or not', async t => {
  for (const begun of [true, false]) {
    let received: AbortSignal | undefined;
    const body = endless();
    const port = await served(t, signal => {
      received = signal;
      return begun
        ? Promise.resolve(body)
        : new Promise((_, reject) => signal.addEventListener('abort', reject));
    });
    const client = connect(port, '127.0.0.1');
    client.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    while (received === undefined) await new Promise(resolve => setTimeout(resolve, 5));
    if (begun) await once(client, 'data');
    client.destroy();
    if (!received.aborted) await once(received, 'abort');
    if (begun && !body.destroyed)
      await new Promise(resolve => body.on('error', resolve).on('close', resolve));
    t.true(received.aborted);
  }
});
