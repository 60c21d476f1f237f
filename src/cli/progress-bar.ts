import {SingleBar} from 'cli-progress';

export interface ProgressBar {
  /** @param done - Share, 0..1. */
  update(done: number): void;
  stop(): void;
}

/** A command that takes longer shows a progress bar. */
const PATIENCE_MS = 300;

/** Shows a bar on a terminal, above the printed result; nothing elsewhere. It appears only if the work takes a moment. */
export function progressBar(what: string, {quiet}: {quiet?: boolean}): ProgressBar {
  if (quiet === true || !process.stderr.isTTY) return {update: () => {}, stop: () => {}};
  const bar = new SingleBar({
    format: `${what} {bar} {percentage}% | {eta_formatted} left`,
    hideCursor: true,
    clearOnComplete: true,
    stream: process.stderr,
  });
  const startMs = performance.now();
  let shown = false;
  return {
    update(done) {
      if (!shown && performance.now() - startMs < PATIENCE_MS) return;
      if (!shown) bar.start(1000, 0);
      shown = true;
      bar.update(Math.round(done * 1000));
    },
    stop: () => bar.stop(),
  };
}
