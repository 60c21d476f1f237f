import {randomBytes} from 'node:crypto';
import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {hostname, networkInterfaces} from 'node:os';
import {z} from 'zod';
import {createApp, type App, type AppOptions} from './create-app.js';
import {parseOptions} from './parse-input.js';

/** Options of {@link startServer}: those of the app, and where it listens. */
export interface ServerOptions extends AppOptions {
  /** Address to listen at; default 127.0.0.1, which no other machine reaches. */
  host?: string;
  /** Port to listen at; default 6007; 0 is any free one. A busy port gives way to the next free one. */
  port?: number;
}

/** A server that listens, as {@link startServer} returns it. */
export interface RunningServer {
  /** URL of the viewer for a browser on this machine, e.g. `http://127.0.0.1:6007/`; with the token, if there is one. */
  url: string;
  /** Other machines reach it too. */
  exposed: boolean;
  /** The port in use, which may not be the one asked for. */
  port: number;
  /** Ends all connections, event streams too, and resolves when the port is free again. */
  close(): Promise<void>;
}

/** How long half a request is waited for, and how often that is looked at. */
const PATIENCE = {headersTimeout: 20_000, requestTimeout: 30_000, connectionsCheckingInterval: 2_000};

/** Ports tried after the first. */
const MORE_PORTS = 20;

const address = z.object({
  host: z.string().min(1, 'must be an address or a host name').default('127.0.0.1'),
  port: z.number().int().min(0).max(65535).default(6007),
});

/**
 * Serves the viewer over HTTP. At an address that other machines reach it asks for a token, a new one unless one is given.
 *
 * @throws {TypeError} naming the option that is wrong.
 * @throws {Error} in one line, if neither the port nor any of the next 20 is free.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const {host: _host, port: _port, ...appOptions} = options;
  const {host, port} = parseOptions('startServer', address, {host: _host, port: _port});
  const exposed = !isLoopback(host);
  const token = appOptions.token ?? (exposed ? randomBytes(24).toString('base64url') : undefined);
  const app = createApp({
    ...appOptions,
    hosts: [...(appOptions.hosts ?? []), ...namesOf(host)],
    ...(token !== undefined && {token}),
  });
  const server = await listen(app, host, port);
  const actual = (server.address() as AddressInfo).port;
  const search = token === undefined ? '' : `?token=${encodeURIComponent(token)}`;
  const url = `http://${urlHost(host)}:${actual}/${search}`;
  return {url, exposed, port: actual, close: () => close(app, server)};
}

async function listen(app: App, host: string, port: number): Promise<Server> {
  const lastPort = port === 0 ? 0 : Math.min(port + MORE_PORTS, 65535);
  for (let candidate = port; candidate <= lastPort; candidate++) {
    try {
      return await listenAt(app, host, candidate);
    } catch (error) {
      const {code} = error as NodeJS.ErrnoException;
      if (code === 'EADDRINUSE') continue;
      throw new Error(`Cannot listen at ${host}, port ${candidate}: ${explain(code, error)}.`, {
        cause: error,
      });
    }
  }
  throw new Error(
    `Cannot listen at ${host}: ports ${port} to ${lastPort} are all in use. Choose another port.`,
  );
}

function listenAt(app: App, host: string, port: number): Promise<Server> {
  const server = createServer(PATIENCE, app);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve(server);
    });
  });
}

async function close(app: App, server: Server): Promise<void> {
  const closed = new Promise<void>((resolve, reject) => {
    server.close(error => (error === undefined ? resolve() : reject(error)));
  });
  await app.close();
  server.closeAllConnections();
  await closed;
}

function explain(code: string | undefined, error: unknown): string {
  if (code === 'EACCES') return 'permission denied. Choose a port above 1023';
  if (code === 'EADDRNOTAVAIL')
    return 'this machine has no such address. Choose one that it has, or 127.0.0.1';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return 'no such host name. Choose an address of this machine';
  return error instanceof Error ? error.message : String(error);
}

/** The names under which other machines reach a server that listens at `host`. */
function namesOf(host: string): string[] {
  if (!isWildcard(host)) return [bracketed(host)];
  const addresses = Object.values(networkInterfaces()).flatMap(list => list ?? []);
  return [hostname(), `${hostname()}.local`, ...addresses.map(({address: own}) => bracketed(own))];
}

/** Checks that no other machine can reach an address. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

function urlHost(host: string): string {
  return isWildcard(host) ? 'localhost' : bracketed(host);
}

function isWildcard(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
}

/** An IPv6 address as a URL has it. */
function bracketed(host: string): string {
  return host.includes(':') ? `[${host.replace(/%.*$/, '')}]` : host;
}
