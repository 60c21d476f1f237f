import type {IncomingMessage, ServerResponse} from 'node:http';
import express, {type RequestHandler} from 'express';
import {fileURLToPath} from 'node:url';
import {z} from 'zod';
import {accessToken} from './access-token.js';
import {answerErrors} from './answer-errors.js';
import {answeringPools, type AnsweringPools} from './answering/pools.js';
import {refuseForeignPages} from './foreign-pages.js';
import {hostAllowList} from './host-allow-list.js';
import {HttpError} from './http-error.js';
import {LiveFeed} from './live-feed.js';
import {parseOptions} from './parse-input.js';
import {pathsFrom} from './paths-from.js';
import type {Projector} from './projector.js';
import {readOnly} from './read-only.js';
import {eventsRouter} from './routes/events.js';
import {findingsRouter} from './routes/findings.js';
import {projectionsRouter} from './routes/projections.js';
import {queryRouter} from './routes/query.js';
import {runsRouter} from './routes/runs.js';
import {samplesRouter} from './routes/samples.js';
import {tablesRouter} from './routes/tables.js';
import {viewerRouter} from './routes/viewer.js';
import {RunCatalogue} from './run-catalogue.js';
import {securityHeaders} from './security-headers.js';

/** Options of {@link createApp}. */
export interface AppOptions {
  /** The folder of the runs; it may come to be later. */
  logdir: string;
  /** The built viewer; default `dist/viewer` of this package. */
  viewerDir?: string;
  /** Allowed host names in addition to the loopback ones, without a port; IPv6 addresses in brackets. */
  hosts?: string[];
  /** Only who knows it is let in: by `/?token=…` in a browser, by `Authorization: Bearer …` in a program. */
  token?: string;
  /** Answers questions for deconvnet projections; without it there are none. */
  project?: Projector;
}

/**
 * A listener for `http.createServer`, or for `use` of an Express app, that can be shut down. It is an Express app; its type
 * does not say so, as the types of Express are not installed with it.
 */
export interface App {
  (request: IncomingMessage, response: ServerResponse): void;
  /** Ends the event streams and the processes, and stops looking at the log directory. */
  close(): Promise<void>;
}

const appOptions = z.strictObject({
  logdir: z.string().min(1, 'must be a folder, got an empty text'),
  viewerDir: z.string().min(1, 'must be a folder, got an empty text').optional(),
  hosts: z
    .array(z.string().regex(/^(\[[\da-f:.]+\]|[^\s:/[\]]+)$/i, 'must be a host name without port or scheme'))
    .optional(),
  token: z.string().min(16, 'must have at least 16 characters').optional(),
  project: z.custom<Projector>(value => typeof value === 'function', 'must be a function').optional(),
});

/** Between two looks at the log directory while someone listens. */
const LOOK_INTERVAL_MS = 500;

/**
 * The viewer's server over the runs of a log directory, read-only; `src/shared/api.ts` lists its answers.
 *
 * It holds nothing open until a client listens to `/api/events`, and starts processes for answers when the first is asked for.
 *
 * @throws {TypeError} naming the option that is wrong.
 */
export function createApp(options: AppOptions): App {
  const {
    logdir,
    viewerDir = fileURLToPath(new URL('../viewer', import.meta.url)),
    hosts = [],
    token,
    project,
  } = parseOptions('createApp', appOptions, options);
  const catalogue = new RunCatalogue(logdir);
  const feed = new LiveFeed(() => catalogue.look(), LOOK_INTERVAL_MS);
  const pools = answeringPools();

  const app = express();
  app.disable('x-powered-by');
  // Answers of the API are not to be kept, so a digest of their megabytes says nothing to anyone.
  app.disable('etag');
  app.use(securityHeaders(), hostAllowList(hosts, {anyAddress: token !== undefined}), readOnly);
  const access = token === undefined ? null : accessToken(token);
  app.use(
    '/api',
    refuseForeignPages,
    ...(access ? [access.api] : []),
    apiRouter({catalogue, feed, pools, project}),
  );
  app.use(...(access ? [access.page] : []), viewerRouter(viewerDir), notFound);
  app.use(answerErrors(pathsFrom(logdir, 'the log directory')));
  const close = async () => {
    pools.reading.close();
    pools.questions.close();
    await feed.close();
  };
  return Object.assign(app, {close});
}

interface ApiParts {
  catalogue: RunCatalogue;
  feed: LiveFeed;
  pools: AnsweringPools;
  project: Projector | undefined;
}

function apiRouter({catalogue, feed, pools, project}: ApiParts): express.Router {
  const router = express.Router();
  router.use((_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  router.use(runsRouter(catalogue));
  router.use(tablesRouter(catalogue, pools.reading));
  router.use(samplesRouter(catalogue, pools.reading));
  router.use(queryRouter(catalogue, pools.questions, feed));
  router.use(findingsRouter(catalogue, pools.questions));
  router.use(projectionsRouter(catalogue, project));
  router.use(eventsRouter(feed, pools));
  router.use(notFound);
  return router;
}

const notFound: RequestHandler = request => {
  throw new HttpError(404, 'not-found', `There is nothing at ${request.originalUrl}.`);
};
