import type {ExecutionContext} from 'ava';
import {effect} from '@preact/signals';
import {defaultState} from '#ui/model/view-state.js';
import {startState} from '#ui/state/start.js';
import {restore} from '#ui/state/view-state.js';
import {EventStream} from './event-stream.js';
import {servedApp, type ServedApp} from './served-app.js';

/** An entry of a tab's history, as the browser keeps it. */
interface Entry {
  state: unknown;
  hash: string;
}

/** What the viewer's state needs of a window: address, history and size. */
export class StatePage extends EventTarget {
  readonly entries: Entry[];
  innerWidth: number;
  innerHeight = 900;
  readonly stored = new Map<string, string>();
  #at = 0;

  constructor({hash = '', width = 1280}: {hash?: string; width?: number}) {
    super();
    this.entries = [{state: null, hash}];
    this.innerWidth = width;
  }

  get location(): {hash: string} {
    const {hash} = this.#entry;
    return {hash: hash === '' ? '' : `#${hash}`};
  }

  get history() {
    const hashOf = (url: string): string => url.replace(/^#/, '');
    const {state} = this.#entry;
    return {
      state,
      replaceState: (next: unknown, _: string, url: string) =>
        void (this.entries[this.#at] = {state: next, hash: hashOf(url)}),
      pushState: (next: unknown, _: string, url: string) => {
        this.entries.splice(++this.#at, Infinity, {state: next, hash: hashOf(url)});
      },
    };
  }

  /** Goes along the history, as the browser's buttons do. */
  go(steps: number): void {
    this.#at += steps;
    this.dispatchEvent(new Event('popstate'));
  }

  /** Follows a link to another part of the page. */
  follow(hash: string): void {
    this.entries.splice(++this.#at, Infinity, {state: null, hash});
    this.dispatchEvent(new Event('popstate'));
    this.dispatchEvent(new Event('hashchange'));
  }

  resize({width = this.innerWidth, height = this.innerHeight}: {width?: number; height?: number}): void {
    [this.innerWidth, this.innerHeight] = [width, height];
    this.dispatchEvent(new Event('resize'));
  }

  get #entry(): Entry {
    return this.entries[this.#at] as Entry;
  }
}

export interface StartedState extends ServedApp {
  page: StatePage;
  /** The requests of the state so far whose path, decoded, has a text in it. */
  asked: (part: string) => string[];
}

/** Starts the viewer's state over a folder of runs, in Node, until the test ends; tests that do are serial. */
export async function startedState(
  t: ExecutionContext,
  {logdir, hash = '', width = 1280}: {logdir: string; hash?: string; width?: number},
): Promise<StartedState> {
  const served = await servedApp(t, {logdir});
  const page = new StatePage({hash, width});
  const base = `http://127.0.0.1:${served.port}/`;
  const {fetch: request} = globalThis;
  const requests: string[] = [];
  const sessionStorage = {
    getItem: (key: string) => page.stored.get(key) ?? null,
    setItem: (key: string, value: string) => page.stored.set(key, value),
  };
  const globals = {
    window: page,
    sessionStorage,
    EventSource: class extends ServerEvents {
      constructor(path: string) {
        super(new URL(path, base));
      }
    },
    fetch: (path: string, init?: RequestInit) => {
      requests.push(decodeURIComponent(path));
      return request(new URL(path, base), init);
    },
  };
  Object.assign(globalThis, globals);
  const stop = startState();
  t.teardown(() => {
    stop();
    restore(defaultState);
    Object.assign(globalThis, {fetch: request});
  });
  return {...served, page, asked: part => requests.filter(path => path.includes(part))};
}

/** Waits until something reactive is neither null nor undefined nor false; returns it. */
export function until<Value>(read: () => Value): Promise<Exclude<Value, null | undefined | false>> {
  return new Promise(resolve => {
    const stop = effect(() => {
      const value = read();
      if (value === null || value === undefined || value === false) return;
      resolve(value as Exclude<Value, null | undefined | false>);
      queueMicrotask(() => stop());
    });
  });
}

/** `EventSource`, which Node 20 lacks, without its reconnecting. */
class ServerEvents extends EventTarget {
  #stream: EventStream | null = null;
  #isClosed = false;

  constructor(url: URL) {
    super();
    void this.#read(url.href);
  }

  close(): void {
    this.#isClosed = true;
    this.#stream?.disconnect();
  }

  async #read(url: string): Promise<void> {
    try {
      this.#stream = await EventStream.open(url);
      if (this.#isClosed) this.#stream.disconnect();
      this.dispatchEvent(new Event('open'));
      for (let next = await this.#stream.next(); next !== null; next = await this.#stream.next()) {
        this.dispatchEvent(new MessageEvent(next.event, {data: JSON.stringify(next.data)}));
      }
    } catch (error) {
      if (!this.#isClosed) throw error;
    }
  }
}
