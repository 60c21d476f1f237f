import {effect, signal, untracked, type ReadonlySignal} from '@preact/signals';

/** Something loaded, with what there is to say while it loads. */
export interface Resource<Value> {
  /** The newest value that arrived; stays while the next one loads. */
  value: ReadonlySignal<Value | null>;
  error: ReadonlySignal<Error | null>;
  /** A request has been under way for longer than `slowAfterMs`. */
  slow: ReadonlySignal<boolean>;
  /** Asks again. */
  retry: () => void;
  /** Stops watching the key, and drops a request under way. */
  dispose: () => void;
}

/** Below this, showing that something loads only makes the page flicker. */
const slowAfterMs = 300;

/**
 * Loads a value whenever its key changes; only the newest request may set it.
 *
 * @param key - What to load, as a plain value; read reactively, compared by its JSON text. Null: nothing, and the value is null.
 * @param load - Fetches the value; is told by its signal when a newer request made it needless.
 */
export function resource<Key, Value>(
  key: () => Key | null,
  load: (key: Key, signal: AbortSignal) => Promise<Value>,
): Resource<Value> {
  const value = signal<Value | null>(null);
  const error = signal<Error | null>(null);
  const slow = signal(false);
  const attempt = signal(0);
  let newest = new AbortController();
  let lastText = '';

  const start = async (wanted: Key): Promise<void> => {
    const request = new AbortController();
    newest = request;
    const timer = setTimeout(() => {
      if (newest === request) slow.value = true;
    }, slowAfterMs);
    try {
      const loaded = await load(wanted, request.signal);
      if (newest !== request) return;
      value.value = loaded;
      error.value = null;
    } catch (cause) {
      if (newest === request) error.value = cause instanceof Error ? cause : new Error(String(cause));
    } finally {
      clearTimeout(timer);
      if (newest === request) slow.value = false;
    }
  };

  const stop = effect(() => {
    const wanted = key();
    const text = `${attempt.value} ${JSON.stringify(wanted)}`;
    if (text === lastText) return;
    lastText = text;
    newest.abort();
    if (wanted === null) {
      newest = new AbortController();
      value.value = null;
      error.value = null;
      slow.value = false;
    } else {
      untracked(() => void start(wanted));
    }
  });

  return {
    value,
    error,
    slow,
    retry: () => attempt.value++,
    dispose: () => {
      stop();
      newest.abort();
    },
  };
}
