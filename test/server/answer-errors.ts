import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import test from 'ava';
import express from 'express';
import {answerErrors} from '#src/server/answer-errors.js';

test.serial(
  'an unexpected error is reported to the person who runs the server, not to the client',
  async t => {
    const app = express();
    app.get('/', () => {
      throw new Error('no /home/somebody/secret');
    });
    app.use(answerErrors(message => message));
    const server = createServer(app);
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    t.teardown(() => server.close());
    const logged: unknown[] = [];
    const {error} = console;
    console.error = (...values: unknown[]) => void logged.push(...values);
    t.teardown(() => (console.error = error));
    const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    t.is(response.status, 500);
    t.deepEqual(await response.json(), {
      error: {code: 'internal-error', message: 'The server failed; its log says why.'},
    });
    t.regex(String(logged[0]), /no \/home\/somebody\/secret/);
  },
);
