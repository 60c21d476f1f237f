import {effect, signal, untracked, type ReadonlySignal} from '@preact/signals';
import {Recent} from './recent.js';

/** Something loaded, with what there is to say while it loads. */
export interface Resource<Value> {
  /** The newest value that arrived; stays while the next one loads. */
  value: ReadonlySignal<Value | null>;
  error: ReadonlySignal<Error | null>;
  /** A request has been under way for longer than `slowAfterMs`. */
  slow: ReadonlySignal<boolean>;
  /** Asks again. */
  retry: () => void;
  /** Begins to watch the key; before, nothing is loaded. Returns what ends it, and forgets what was loaded. */
  start: () => () => void;
}

export interface ResourceOptions<Key> {
  /** Values kept for keys that come back: these are there at once, without a request. Default: none. */
  keep?: number;
  /** Keys that are likely to come next, the likeliest first; they are loaded when nothing else is. Needs `keep`. */
  next?: (key: Key) => Key[];
}

/** Below this, showing that something loads only makes the page flicker. */
const slowAfterMs = 300;

/**
 * Loads a value whenever its key changes, from `start` on; only the newest request may set it.
 *
 * @param key - What to load, as a plain value; read reactively, compared by its JSON text. Null: nothing, and the value is null.
 * @param load - Fetches the value; its signal is aborted when a newer request replaces it.
 */
export function resource<Key, Value extends NonNullable<unknown>>(
  key: () => Key | null,
  load: (key: Key, signal: AbortSignal) => Promise<Value>,
  {keep = 0, next}: ResourceOptions<Key> = {},
): Resource<Value> {
  const kept = keep > 0 ? new Recent<Value>(keep) : null;
  const value = signal<Value | null>(null);
  const error = signal<Error | null>(null);
  const slow = signal(false);
  const attempt = signal(0);
  let newest = new AbortController();
  let lastText = '';

  const request = async (wanted: Key): Promise<void> => {
    const own = new AbortController();
    newest = own;
    const timer = setTimeout(() => {
      if (newest === own) slow.value = true;
    }, slowAfterMs);
    try {
      const loaded = await load(wanted, own.signal);
      if (newest !== own) return;
      value.value = loaded;
      error.value = null;
      kept?.set(JSON.stringify(wanted), loaded);
    } catch (cause) {
      if (newest === own) error.value = cause instanceof Error ? cause : new Error(String(cause));
    } finally {
      clearTimeout(timer);
      if (newest === own) slow.value = false;
    }
    if (error.peek() === null) await loadNext(wanted, own.signal);
  };

  const loadNext = async (shown: Key, aborted: AbortSignal): Promise<void> => {
    for (const key of next?.(shown) ?? []) {
      const text = JSON.stringify(key);
      if (aborted.aborted) return;
      if (!kept || kept.has(text)) continue;
      try {
        kept.set(text, await load(key, aborted));
      } catch {
        return; // it is asked for again, and fails in its panel, when it is wanted
      }
    }
  };

  const follow = (): void => {
    const wanted = key();
    const text = `${attempt.value} ${JSON.stringify(wanted)}`;
    if (text === lastText) return;
    lastText = text;
    newest.abort();
    const known = wanted === null ? null : kept?.get(JSON.stringify(wanted));
    if (known === undefined) {
      untracked(() => void request(wanted as Key));
      return;
    }
    newest = new AbortController();
    value.value = known;
    error.value = null;
    slow.value = false;
    const {signal: aborted} = newest;
    if (wanted !== null) untracked(() => void loadNext(wanted, aborted));
  };

  return {
    value,
    error,
    slow,
    retry: () => attempt.value++,
    start: () => {
      const stop = effect(follow);
      return () => {
        stop();
        newest.abort();
        newest = new AbortController(); // a late answer is none of the newest request
        lastText = '';
        kept?.clear();
        value.value = null;
        error.value = null;
        slow.value = false;
      };
    },
  };
}
