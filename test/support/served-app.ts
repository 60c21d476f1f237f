import {createServer, request, type IncomingHttpHeaders} from 'node:http';
import type {AddressInfo} from 'node:net';
import type {ExecutionContext} from 'ava';
import {createApp, type App, type AppOptions} from 'cnnslicer/server';

export interface ServedApp {
  app: App;
  port: number;
  /** What was asked and how it was answered, in the order of the answers. */
  answered: {path: string; status: number}[];
  /** The answer to a GET of a path. */
  get: (path: string, init?: RequestInit) => Promise<Response>;
}

/** Serves `createApp(options)` on a free port until the test ends. */
export async function servedApp(t: ExecutionContext, options: AppOptions): Promise<ServedApp> {
  const app = createApp(options);
  const answered: ServedApp['answered'] = [];
  const server = createServer((incoming, response) => {
    const {url: path = ''} = incoming;
    response.once('close', () => answered.push({path, status: response.statusCode}));
    app(incoming, response);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  t.teardown(async () => {
    await app.close();
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  });
  const {port} = server.address() as AddressInfo;
  return {app, port, answered, get: (path, init) => fetch(`http://127.0.0.1:${port}${path}`, init)};
}

export interface RawAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A request that goes out as written: `fetch` tidies paths and chooses the Host header itself. */
export function rawRequest(
  port: number,
  path: string,
  {
    method = 'GET',
    host = `127.0.0.1:${port}`,
    headers = {},
  }: {method?: string; host?: string; headers?: Record<string, string>} = {},
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {host: '127.0.0.1', port, path, method, headers: {host, ...headers}},
      incoming => {
        let body = '';
        incoming.setEncoding('utf8').on('data', (text: string) => (body += text));
        incoming.on('end', () =>
          resolve({status: incoming.statusCode ?? 0, headers: incoming.headers, body}),
        );
      },
    );
    outgoing.on('error', reject).end();
  });
}
