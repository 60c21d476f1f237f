import type {EpochEvent, ProgressEvent, RunSummary} from '../../shared/index.js';

export interface EventHandlers {
  onRuns(runs: RunSummary[]): void;
  onEpoch(event: EpochEvent): void;
  /** Progress of a named request, of this page or another. */
  onProgress(event: ProgressEvent): void;
  /** The stream was connected or lost; the browser reconnects automatically. */
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
