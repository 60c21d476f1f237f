import type {Preparation} from '../../datasets/index.js';
import {progressBar, type ProgressBar} from '../progress-bar.js';

export interface PreparationProgress {
  show: (preparation: Preparation) => void;
  /** Ends the display, also of an unfinished step. */
  stop: () => void;
}

/** Shows the progress of preparing data on first use: a line when a step begins, and a bar on a terminal. */
export function preparationProgress({quiet}: {quiet: boolean}): PreparationProgress {
  let shown: {step: string; bar: ProgressBar} | null = null;
  const stop = () => shown?.bar.stop();
  return {
    show({step, done}) {
      if (step !== shown?.step) {
        stop();
        if (!quiet && !process.stderr.isTTY) console.log(`${step} …`);
        shown = {step, bar: progressBar(step, {quiet})};
      }
      shown.bar.update(done);
      if (done === 1) stop();
    },
    stop,
  };
}
