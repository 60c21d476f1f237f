import type {RunSummary} from '../../shared/index.js';
import {plural} from '../model/format.js';
import {makePrimary, primaryRun, runs, selectedRuns, showOnly, toggleRun} from '../state/runs.js';
import {DownIcon} from '../kit/icons.js';
import {Menu} from '../kit/menu.js';
import {colourOfRun} from '../kit/run-colour.js';
import {theme} from '../kit/theme.js';
import * as liveDotStyles from './live-dot.module.css';
import * as styles from './run-picker.module.css';

/** Chooses the primary run, and the runs compared with it. */
export function RunPicker() {
  const primary = primaryRun.value;
  if (!primary) return null;
  const others = selectedRuns.value.length - 1;
  const shown = others > 0 ? `${primary.name} + ${others}` : primary.name;
  const button = (
    <>
      <span class="swatch" style={{backgroundColor: colourOfRun(theme.value, primary.id)}} />
      <span class={styles.buttonName}>{primary.name}</span>
      {others > 0 && <span class="faint">+ {others}</span>}
      <DownIcon />
    </>
  );
  return (
    <Menu label="Runs" buttonText={shown} button={button} class={styles.button} align="left">
      {close => (
        <div class={styles.list}>
          <p class="hint">Click a run to show it alone, tick it to compare.</p>
          {(runs.value ?? []).map(run => (
            <RunRow key={run.id} run={run} close={close} />
          ))}
        </div>
      )}
    </Menu>
  );
}

function RunRow({run, close}: {run: RunSummary; close: () => void}) {
  const position = selectedRuns.value.findIndex(other => other.id === run.id);
  const problem = run.problem ?? (run.epochs.length === 0 ? 'no finished epoch yet' : undefined);
  if (problem !== undefined) {
    return (
      <div class={styles.row}>
        <span />
        <span class={styles.text}>
          <span>{run.name}</span>
          <span class="faint">{problem}</span>
        </span>
      </div>
    );
  }
  return (
    <div class={styles.row}>
      <label class={styles.check}>
        <input
          type="checkbox"
          aria-label={`Compare ${run.name}`}
          checked={position >= 0}
          disabled={position >= 0 && selectedRuns.value.length === 1}
          onChange={() => toggleRun(run.id)}
        />
      </label>
      <button
        type="button"
        class={styles.text}
        aria-current={position === 0}
        onClick={() => {
          if (selectedRuns.value.length > 1 && position >= 0) makePrimary(run.id);
          else showOnly(run.id);
          close();
        }}
      >
        <span class={styles.name}>
          {position >= 0 && (
            <span class="swatch" style={{backgroundColor: colourOfRun(theme.value, run.id)}} />
          )}
          {run.name}
          {run.live && <span class={liveDotStyles.root} title="training now" />}
        </span>
        <span class="faint">{describe(run)}</span>
      </button>
    </div>
  );
}

function describe(run: RunSummary): string {
  const size = run.trainingSamples === null ? '' : ` · ${plural(run.trainingSamples, 'training sample')}`;
  const state = run.live ? ' · training' : run.status === 'training' ? ' · stopped early' : '';
  return `epoch ${run.epochs.at(-1)} of ${run.plannedEpochs}${size}${state}`;
}
