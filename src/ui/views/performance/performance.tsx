import {confusion} from '../../state/performance-tables.js';
import {detail} from '../../state/run-detail.js';
import {ClassEntropyPanel} from './class-entropy-panel.js';
import {ConfusionPanel} from './confusion-panel.js';
import {LayerMeasuresPanel} from './layer-measures-panel.js';
import {RunStrip} from './run-strip.js';
import {TrainingPanel} from './training-panel.js';
import * as panelMessageStyles from '../../kit/panel-message.module.css';
import * as viewStyles from '../view.module.css';
import * as styles from './performance.module.css';

/** How well the network does, class by class, and what its layers hold. */
export function Performance() {
  const without = whyWithoutClasses();
  return (
    <section class={`${viewStyles.root} ${styles.root}`} aria-label="Performance">
      <RunStrip />
      {without && (
        <p class={panelMessageStyles.root} role="status">
          {without}
        </p>
      )}
      <div class={styles.panels}>
        {!without && (
          <>
            <ConfusionPanel />
            <ClassEntropyPanel />
          </>
        )}
        <LayerMeasuresPanel />
        <TrainingPanel />
      </div>
    </section>
  );
}

/** Panels that are always shown. */
const ALL_THE_SAME = 'The layers are measured by class all the same.';

/** Null where the run has a confusion matrix, or it is not known yet. */
function whyWithoutClasses(): string | null {
  if (detail.value.value?.info.classes.length === 0)
    return 'The probe of this run has no labels, so there are no classes to compare with what the model says. Everything else is measured over all samples.';
  if (confusion.value.value?.matrix.classes !== 0) return null;
  const output = detail.value.value?.info.probe.output;
  if (output?.name === null) return `There is no confusion matrix: ${output.why}. ${ALL_THE_SAME}`;
  return `The model has no output that names the classes of the labels, so there is no confusion matrix. ${ALL_THE_SAME}`;
}
