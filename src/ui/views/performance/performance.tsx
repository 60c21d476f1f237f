import {ClassEntropyPanel} from './class-entropy-panel.js';
import {ConfusionPanel} from './confusion-panel.js';
import {InterSamplePanel} from './inter-sample-panel.js';
import {RunStrip} from './run-strip.js';
import {TrainingPanel} from './training-panel.js';

/** How well the network does, class by class, and what its layers hold. */
export function Performance() {
  return (
    <section class="view performance" aria-label="Performance">
      <RunStrip />
      <div class="performance-panels">
        <ConfusionPanel />
        <ClassEntropyPanel />
        <InterSamplePanel />
        <TrainingPanel />
      </div>
    </section>
  );
}
