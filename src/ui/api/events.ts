import type {EpochEvent, ProgressEvent, RunSummary} from '../../shared/index.js';

export interface EventHandlers {
  onRuns(runs: RunSummary[]): void;
  onEpoch(event: EpochEvent): void;
  /** How far the answer to a named request is, of this page or another. */
  onProgress(event: ProgressEvent): void;
  /** The stream stands, or was lost; the browser reconnects by itself. */
  onConnected(connected: boolean): void;
}

/**
 * Listens to `/api/events` for as long as the page lives.
 *
 * @returns Closes the stream.
 */
export function listen(handlers: EventHandlers): () => void {
  const source = new EventSource('api/events');
  source.addEventListener('open', () => handlers.onConnected(true));
  source.addEventListener('error', () => handlers.onConnected(false));
  source.addEventListener('runs', event => {
    handlers.onRuns(JSON.parse((event as MessageEvent<string>).data) as RunSummary[]);
  });
  source.addEventListener('epoch', event => {
    handlers.onEpoch(JSON.parse((event as MessageEvent<string>).data) as EpochEvent);
  });
  source.addEventListener('progress', event => {
    handlers.onProgress(JSON.parse((event as MessageEvent<string>).data) as ProgressEvent);
  });
  return () => source.close();
}
