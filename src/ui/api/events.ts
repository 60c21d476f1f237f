import type {EpochEvent, ProgressEvent, RunSummary} from '../../shared/index.js';

export interface EventHandlers {
  onRuns: (runs: RunSummary[]) => void;
  onEpoch: (event: EpochEvent) => void;
  /** Progress of a named request, of this page or another. */
  onProgress: (event: ProgressEvent) => void;
  /** The stream was connected or lost; the browser reconnects automatically. */
  onConnected: (connected: boolean) => void;
}

/** Between an end of the stream that the browser does not reconnect after, and our own attempt. */
const againMs = 3000;

/**
 * Listens to `/api/events` for as long as the page lives.
 *
 * @returns Closes the stream.
 */
export function listen(handlers: EventHandlers): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let source = open();

  function open(): EventSource {
    const stream = new EventSource('api/events');
    const on = <Data>(event: string, take: (data: Data) => void): void =>
      stream.addEventListener(event, message => {
        take(JSON.parse((message as MessageEvent<string>).data) as Data);
      });
    stream.addEventListener('open', () => handlers.onConnected(true));
    stream.addEventListener('error', () => {
      handlers.onConnected(false);
      // An answer that is no stream, such as that of a proxy without its server, ends it for good.
      if (stream.readyState === EventSource.CLOSED) timer = setTimeout(() => (source = open()), againMs);
    });
    on<RunSummary[]>('runs', handlers.onRuns);
    on<EpochEvent>('epoch', handlers.onEpoch);
    on<ProgressEvent>('progress', handlers.onProgress);
    return stream;
  }

  return () => {
    clearTimeout(timer);
    source.close();
  };
}
