import type {RunSummary} from '../../../shared/index.js';
import {count, plural} from '../../model/format.js';
import {
  isUsable,
  makePrimary,
  primaryRun,
  runs,
  selectedRuns,
  showOnly,
  toggleRun,
} from '../../state/runs.js';
import {CloseIcon} from '../../kit/icons.js';
import {colourOfRun} from '../../kit/run-colour.js';
import {theme} from '../../kit/theme.js';
import {view} from '../../state/view-state.js';
import {Smoothing} from './smoothing.js';
import * as buttonStyles from '../../kit/button.module.css';
import * as fieldStyles from '../../kit/field.module.css';
import * as stripStyles from '../strip.module.css';
import * as styles from './run-strip.module.css';

/** The runs compared, in the colours of every chart below, the choice of another input size, and how smooth lines are. */
export function RunStrip() {
  return (
    <div class={stripStyles.root}>
      {selectedRuns.value.length > 1 && (
        <div class={styles.chips} role="group" aria-label="Runs compared">
          {selectedRuns.value.map((run, position) => (
            <span class={styles.chip} key={run.id}>
              <button
                type="button"
                aria-pressed={position === 0}
                title={position === 0 ? 'The primary run' : 'Make this the primary run'}
                onClick={() => makePrimary(run.id)}
              >
                <span class="swatch" style={{backgroundColor: colourOfRun(theme.value, run.id)}} />
                {run.name}
                {run.trainingSamples !== null && (
                  <span class="faint">{plural(run.trainingSamples, 'training sample')}</span>
                )}
              </button>
              <button
                type="button"
                class={styles.remove}
                aria-label={`Remove ${run.name}`}
                onClick={() => toggleRun(run.id)}
              >
                <CloseIcon />
              </button>
            </span>
          ))}
        </div>
      )}
      <InputSize />
      <Smoothing />
    </div>
  );
}

/** Chooses the primary run by how many samples it was trained with; nothing where all runs had the same number. */
function InputSize() {
  const sized = (runs.value ?? []).filter(run => isUsable(run) && run.trainingSamples !== null);
  const sizes = [...new Set(sized.map(run => run.trainingSamples ?? 0))].sort((a, b) => a - b);
  if (sizes.length < 2) return null;
  /** The run of a size: one that is compared, else the newest. */
  const runOf = (size: number): RunSummary | undefined =>
    [...selectedRuns.value, ...sized].find(run => run.trainingSamples === size);
  const choose = (size: number): void => {
    const run = runOf(size);
    if (!run) return;
    if (selectedRuns.value.includes(run)) makePrimary(run.id);
    else showOnly(run.id);
  };
  /** A run of each size, the primary one still first. */
  const compareAll = (): void => {
    const ids = sizes.flatMap(size => runOf(size)?.id ?? []);
    view.runs.value = [...new Set([...ids.filter(id => id === primaryRun.value?.id), ...ids])];
  };
  const isCompared = sizes.every(size => selectedRuns.value.some(run => run.trainingSamples === size));
  return (
    <>
      <label class={fieldStyles.root}>
        <span>Input size</span>
        <select
          value={String(primaryRun.value?.trainingSamples ?? '')}
          onChange={event => choose(Number(event.currentTarget.value))}
        >
          {sizes.map(size => (
            <option key={size} value={String(size)}>
              {count(size)} training samples
            </option>
          ))}
        </select>
      </label>
      {!isCompared && (
        <button type="button" class={buttonStyles.root} onClick={compareAll}>
          Compare all sizes
        </button>
      )}
    </>
  );
}
