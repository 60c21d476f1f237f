import {createChannel, type Session} from 'better-sse';
import type {ProgressEvent} from '../shared/index.js';
import {runChanges} from './run-changes.js';
import type {RunState} from './run-state.js';

/** State of a client's event stream. */
export interface ClientState extends Record<string, unknown> {
  /** Ends the response, and with it the connection. */
  end: () => void;
  /** Bytes sent and not yet read. */
  backlog: () => number;
  /** True once it has received the list of runs, without which changes are meaningless. */
  greeted: boolean;
}

/** A client that lets so much pile up reads no more. */
const MAX_BACKLOG_BYTES = 2 ** 20;

export type Client = Session<ClientState>;

/**
 * Tells event-stream clients what happens in the log directory: each gets `runs` with the whole list when it comes, then
 * `runs` when the list changes and `epoch` for each epoch committed.
 *
 * It looks at the directory again and again rather than have the system watch it. A killed process changes no file, so
 * "live" must be asked for anyway; log directories on network drives and container mounts give no events; recursive
 * watching on Linux costs a watch per folder of every epoch and misses files in folders made a moment ago. A look costs
 * two `stat` calls an epoch, is made only while a client listens, and takes at most a tenth of the time.
 */
export class LiveFeed {
  readonly #look: () => Promise<RunState[]>;
  readonly #intervalMs: number;
  readonly #channel = createChannel<Record<string, unknown>, ClientState>();
  #known: readonly RunState[] = [];
  #watching: Promise<void> | null = null;
  #wake: () => void = () => undefined;
  #closed = false;

  /**
   * @param look - Reads the present state of all runs; must not throw for a broken one.
   * @param intervalMs - From the end of one look to the start of the next; longer where a look takes long.
   */
  constructor(look: () => Promise<RunState[]>, intervalMs: number) {
    this.#look = look;
    this.#intervalMs = intervalMs;
    this.#channel.on('session-deregistered', () => {
      if (this.#channel.sessionCount === 0) this.#wake();
    });
  }

  /** Clients listening now. */
  get clients(): number {
    return this.#channel.sessionCount;
  }

  /** Adds a connected client; it leaves by itself when its connection closes. */
  join(client: Client): void {
    if (this.#closed) {
      client.state.end();
      return;
    }
    this.#channel.register(client);
    this.#watching ??= this.#watch();
    this.#wake();
  }

  /** Tells all clients how far a piece of work is. */
  progress(event: ProgressEvent): void {
    if (this.clients > 0) this.#channel.broadcast(event, 'progress');
  }

  /** Ends every stream and stops looking; resolves when the last look is over. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#dismissAll();
    await this.#watching;
  }

  async #watch(): Promise<void> {
    try {
      while (this.clients > 0) {
        const waiting = this.#channel.activeSessions.filter(({state}) => !state.greeted);
        const startMs = performance.now();
        this.#tell(await this.#look(), waiting);
        await this.#pause(Math.max(this.#intervalMs, 9 * (performance.now() - startMs)));
      }
    } catch (error) {
      // The browser connects again after a while and meets the present state; the log has the reason.
      console.error(error);
      this.#dismissAll();
    } finally {
      this.#watching = null;
    }
  }

  #tell(now: readonly RunState[], waiting: readonly Client[]): void {
    this.#dismiss(this.#channel.activeSessions.filter(({state}) => state.backlog() > MAX_BACKLOG_BYTES));
    const {list, epochs} = runChanges(this.#known, now);
    this.#known = now;
    const summaries = now.map(({summary}) => summary);
    const filter = ({state}: Client) => state.greeted;
    if (list) this.#channel.broadcast(summaries, 'runs', {filter});
    for (const event of epochs) this.#channel.broadcast(event, 'epoch', {filter});
    for (const client of waiting) {
      if (!client.isConnected) continue;
      client.push(summaries, 'runs');
      client.state.greeted = true;
    }
  }

  /** Resolves after some time, or at once when a client comes or the last one leaves. */
  #pause(ms: number): Promise<void> {
    return new Promise(resolve => {
      // A client that connected during the check does not wait for the next one; with no clients left there is no next one.
      const impatient = this.clients === 0 || this.#channel.activeSessions.some(({state}) => !state.greeted);
      const timer = setTimeout(resolve, impatient ? 0 : ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #dismissAll(): void {
    this.#dismiss(this.#channel.activeSessions);
  }

  #dismiss(clients: readonly Client[]): void {
    for (const client of clients) {
      this.#channel.deregister(client); // first, so that nothing is written after the end
      client.state.end();
    }
  }
}
