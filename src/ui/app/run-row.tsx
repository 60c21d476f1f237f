import type {RunSummary} from '../../shared/index.js';
import {colourOfRun} from '../kit/run-colour.js';
import {theme} from '../kit/theme.js';
import {count, percent} from '../model/format.js';
import {stateOfRun, type RunLine} from '../model/run-table.js';
import {isUsable, makePrimary, selectedRuns, showOnly, toggleRun} from '../state/runs.js';
import * as liveDotStyles from './live-dot.module.css';
import * as styles from './run-table.module.css';

export interface RunRowProps {
  line: RunLine;
  /** Index of the line, and where it is, CSS pixels. */
  at: number;
  top: number;
  /** Share of right predictions, 0..1. */
  accuracy: number | null;
  /** The Tab key comes to this row. */
  isStop: boolean;
  onFocus: () => void;
  close: () => void;
}

/** One line of the run table: a folder, or a run with all that is known of it. */
export function RunRow({line, at, top, accuracy, isStop, onFocus, close}: RunRowProps) {
  const place = {'aria-rowindex': at + 2, 'data-at': at, style: {transform: `translateY(${top}px)`}};
  if (line.kind === 'folder') {
    return (
      <div role="row" class={`${styles.line} ${styles.folder}`} {...place}>
        <span role="gridcell" aria-colspan={9}>
          {line.folder === '' ? 'this folder' : `${line.folder}/`}{' '}
          <span class="faint">{count(line.runs)}</span>
        </span>
      </div>
    );
  }
  const {run} = line;
  const ids = selectedRuns.value.map(({id}) => id);
  const position = ids.indexOf(run.id);
  const show = (): void => {
    if (ids.length > 1 && position >= 0) makePrimary(run.id);
    else showOnly(run.id);
    close();
  };
  return (
    <div role="row" class={styles.line} aria-selected={position >= 0} onFocusCapture={onFocus} {...place}>
      <span role="gridcell">
        {isUsable(run) && (
          <input
            type="checkbox"
            aria-label={`Compare ${run.id}`}
            tabIndex={isStop ? 0 : -1}
            checked={position >= 0}
            disabled={position >= 0 && ids.length === 1}
            onChange={() => toggleRun(run.id)}
          />
        )}
      </span>
      <span role="gridcell" data-column="path">
        <button
          type="button"
          class={styles.name}
          tabIndex={isStop ? 0 : -1}
          aria-current={position === 0}
          aria-disabled={!isUsable(run)}
          title={run.problem ?? run.id}
          onClick={() => isUsable(run) && show()}
        >
          {position >= 0 && (
            <span class="swatch" style={{backgroundColor: colourOfRun(theme.value, run.id)}} />
          )}
          <span class={styles.path}>{run.id}</span>
          {run.id.split('/').at(-1) !== run.name && <span class="faint">{run.name}</span>}
        </button>
      </span>
      {run.problem === undefined ? (
        <Cells run={run} accuracy={accuracy} />
      ) : (
        <span role="gridcell" class={styles.problem} title={run.problem}>
          {run.problem}
        </span>
      )}
    </div>
  );
}

function Cells({run, accuracy}: {run: RunSummary; accuracy: number | null}) {
  const last = run.epochs.at(-1);
  return (
    <>
      <span role="gridcell" data-column="state">
        {run.live && <span class={liveDotStyles.root} />} {stateOfRun(run)}
      </span>
      <span role="gridcell" data-column="classes">
        {run.classes === 0 ? '–' : count(run.classes)}
      </span>
      <span role="gridcell" data-column="samples">
        {run.trainingSamples === null ? '–' : count(run.trainingSamples)}
      </span>
      <span role="gridcell" data-column="epochs">
        {last === undefined ? 'none yet' : `${last} of ${run.plannedEpochs}`}
      </span>
      <span role="gridcell" data-column="accuracy">
        {accuracy === null ? '–' : percent(accuracy)}
      </span>
      <span role="gridcell" data-column="changed">
        {run.changedAt === null ? '–' : dateText(run.changedAt)}
      </span>
      <span role="gridcell" data-column="tags" title={run.tags.join(', ')}>
        {run.tags.join(', ')}
      </span>
    </>
  );
}

/** The time in the reader's zone, as 2026-01-02 03:04. */
function dateText(iso: string): string {
  const date = new Date(iso);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}
