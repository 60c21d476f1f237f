import {SingleBar} from 'cli-progress';

/** Progress of an epoch: a bar on a terminal, a line an epoch elsewhere. */
export interface EpochProgress {
  batch(epoch: number, done: number): void;
  /** Ends the epoch's bar or line with its results. */
  epoch(epoch: number, summary: string): void;
  stop(): void;
}

export function epochProgress({
  epochs,
  batches,
  quiet,
}: {
  epochs: number;
  batches: number;
  quiet: boolean;
}): EpochProgress {
  if (quiet) return {batch: () => {}, epoch: () => {}, stop: () => {}};
  if (!process.stdout.isTTY) {
    return {
      batch: () => {},
      epoch: (epoch, summary) => console.log(`epoch ${epoch}/${epochs}  ${summary}`),
      stop: () => {},
    };
  }
  const bar = new SingleBar({
    format: 'epoch {epoch}/{epochs} {bar} {percentage}% | {eta_formatted} left | {summary}',
    hideCursor: true,
    etaBuffer: batches,
  });
  bar.start(epochs * batches, 0, {epoch: 1, epochs, summary: 'warming up'});
  return {
    batch: (epoch, done) => bar.update((epoch - 1) * batches + done, {epoch}),
    epoch: (epoch, summary) => bar.update(epoch * batches, {epoch, summary}),
    stop: () => bar.stop(),
  };
}
