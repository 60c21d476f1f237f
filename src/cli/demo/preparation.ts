import type {Preparation} from '../../datasets/index.js';
import {progressBar, type ProgressBar} from '../progress-bar.js';

/** Shows how far data are prepared on first use: a line when a step begins, and a bar on a terminal. */
export function showPreparation({quiet}: {quiet: boolean}): (preparation: Preparation) => void {
  let shown: {step: string; bar: ProgressBar} | null = null;
  return ({step, done}) => {
    if (step !== shown?.step) {
      shown?.bar.stop();
      if (!quiet && !process.stderr.isTTY) console.log(`${step} …`);
      shown = {step, bar: progressBar(step, {quiet})};
    }
    shown.bar.update(done);
    if (done === 1) shown.bar.stop();
  };
}
