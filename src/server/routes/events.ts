import {createSession} from 'better-sse';
import {Router} from 'express';
import type {AnsweringPools} from '../answering/pools.js';
import {noQuery, parseInput} from '../parse-input.js';
import type {ClientState, LiveFeed} from '../live-feed.js';

/** `/events`: what happens in the log directory, as server-sent events. Who listens is a page, which soon asks for more. */
export function eventsRouter(feed: LiveFeed, {reading, questions}: AnsweringPools): Router {
  const router = Router();
  router.get('/events', async (request, response) => {
    parseInput(noQuery, request.query);
    if (request.method === 'HEAD') {
      response.type('text/event-stream').end(); // a stream would never end
      return;
    }
    const state: ClientState = {
      end: () => response.end(),
      backlog: () => response.writableLength,
      greeted: false,
    };
    const client = await createSession<ClientState>(request, response, {state});
    if (!client.isConnected) return;
    feed.join(client);
    reading.warm();
    questions.warm();
  });
  return router;
}
