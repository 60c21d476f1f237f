import {signal} from '@preact/signals';
import {useEffect, useLayoutEffect, useMemo, useRef, useState} from 'preact/hooks';
import {rowsInWindow} from '../charts/multiples-window.js';
import {useSize} from '../charts/use-size.js';
import * as buttonStyles from '../kit/button.module.css';
import {claim} from '../model/arrow-step.js';
import {count} from '../model/format.js';
import {runLines, type RunChoice, type RunColumn, type RunLine} from '../model/run-table.js';
import {accuracies, isTableOpen} from '../state/accuracies.js';
import {primaryRun, runs} from '../state/runs.js';
import {RunRow} from './run-row.js';
import * as styles from './run-table.module.css';

/** CSS pixels; `run-table.module.css` has the same. */
const rowHeight = 32;

const columns: readonly (readonly [column: RunColumn, title: string])[] = [
  ['path', 'Run'],
  ['state', 'State'],
  ['classes', 'Classes'],
  ['samples', 'Samples'],
  ['epochs', 'Epochs'],
  ['accuracy', 'Accuracy'],
  ['changed', 'Last change'],
  ['tags', 'Tags'],
];

/** Kept while the page is open, so that the table opens as it was left. */
const choice = signal<RunChoice>({wanted: '', sort: {by: 'changed', descending: true}, isGrouped: false});

/** Every run of the log directory: searched, sorted, grouped, and chosen from by pointer or keys. Draws the rows that are seen. */
export function RunTable({close}: {close: () => void}) {
  const list = runs.value ?? [];
  const known = accuracies.value.value ?? {};
  const {wanted, sort, isGrouped} = choice.value;
  const change = (changes: Partial<RunChoice>): void => void (choice.value = {...choice.value, ...changes});
  const {
    lines,
    runs: found,
    problem,
  } = useMemo(() => runLines(list, known, choice.value), [list, known, choice.value]);
  const search = useRef<HTMLInputElement>(null);
  useEffect(() => {
    isTableOpen.value = true;
    search.current?.focus();
    return () => void (isTableOpen.value = false);
  }, []);
  const rows = useRows(lines);
  return (
    <div class={styles.root}>
      <div class={styles.tools}>
        <input
          ref={search}
          type="search"
          class={styles.search}
          aria-label="Find runs by words, or by a regular expression between slashes"
          aria-invalid={problem !== null}
          placeholder="Words, or /regular expression/"
          value={wanted}
          onInput={event => change({wanted: event.currentTarget.value})}
          onKeyDown={event => {
            if (event.key !== 'ArrowDown') return;
            claim(event);
            rows.go(0, 1);
          }}
        />
        <button
          type="button"
          class={buttonStyles.root}
          aria-pressed={isGrouped}
          onClick={() => change({isGrouped: !isGrouped})}
        >
          Group by folder
        </button>
        <span class="faint" role="status">
          {problem ?? `${count(found)} of ${count(list.length)} runs`}
        </span>
      </div>
      <div
        class={styles.grid}
        role="grid"
        aria-label="Runs of this folder"
        aria-rowcount={lines.length + 1}
        aria-multiselectable
        ref={rows.host}
        onScroll={rows.scrolled}
        onKeyDown={rows.press}
      >
        <Head sort={sort} change={change} />
        <div role="rowgroup" class={styles.rows} style={{height: `${lines.length * rowHeight}px`}}>
          {rows.drawn.map(({line, at}) => (
            <RunRow
              key={line.kind === 'run' ? line.run.id : `folder ${line.folder}`}
              line={line}
              at={at}
              top={at * rowHeight}
              accuracy={line.kind === 'run' ? (known[line.run.id] ?? null) : null}
              isStop={at === rows.stop}
              onFocus={() => rows.stay(at)}
              close={close}
            />
          ))}
        </div>
      </div>
      {lines.length === 0 && <p class={`hint ${styles.hint}`}>No run matches.</p>}
      <p class={`hint ${styles.hint}`}>
        Click a run, or <kbd>Enter</kbd>, shows it alone; a tick, or <kbd>Space</kbd>, compares it.
      </p>
    </div>
  );
}

function Head({sort, change}: {sort: RunChoice['sort']; change: (changes: Partial<RunChoice>) => void}) {
  return (
    <div role="rowgroup" class={styles.head}>
      <div role="row" aria-rowindex={1} class={styles.line}>
        <span role="columnheader" aria-label="Compared" />
        {columns.map(([column, title]) => {
          const isSorted = sort.by === column;
          const order = sort.descending ? 'descending' : 'ascending';
          return (
            <span key={column} role="columnheader" data-column={column} aria-sort={isSorted ? order : 'none'}>
              <button
                type="button"
                onClick={() => change({sort: {by: column, descending: isSorted ? !sort.descending : false}})}
              >
                {title}
                {isSorted && <span aria-hidden="true">{sort.descending ? ' ↓' : ' ↑'}</span>}
              </button>
            </span>
          );
        })}
      </div>
    </div>
  );
}

/** The rows in sight, and the keys that go from one to the next: one row is a stop of the Tab key. */
function useRows(lines: readonly RunLine[]) {
  const [top, setTop] = useState(0);
  const [active, setActive] = useState<number | null>(null);
  const [wantsFocus, setWantsFocus] = useState(false);
  const host = useRef<HTMLDivElement>(null);
  const {height} = useSize(host);
  const primary = lines.findIndex(line => line.kind === 'run' && line.run.id === primaryRun.value?.id);
  const firstRun = lines.findIndex(line => line.kind === 'run');
  const isRun = active !== null && lines[active]?.kind === 'run';
  const stop = isRun ? active : primary >= 0 ? primary : firstRun;
  const {first, end} = rowsInWindow({top, height}, {rows: lines.length, rowHeight});
  // The stop is there although it is out of sight, so that the Tab key finds it.
  const shown = new Set([...Array.from({length: end - first}, (_, i) => first + i), stop]);
  const drawn = [...shown]
    .flatMap(at => (lines[at] ? [{line: lines[at], at}] : []))
    .sort((a, b) => a.at - b.at);

  /** Goes to the run at a line, or to the next one in a direction. */
  const go = (from: number, step: 1 | -1): void => {
    let at = Math.min(lines.length - 1, Math.max(0, from));
    while (lines[at]?.kind === 'folder') at += step;
    if (!lines[at]) return;
    const grid = host.current;
    if (grid) {
      // The head covers the first row's height.
      const [above, below] = [at * rowHeight, (at + 2) * rowHeight - grid.clientHeight];
      grid.scrollTop = Math.max(below, Math.min(grid.scrollTop, above));
      setTop(grid.scrollTop);
    }
    setActive(at);
    setWantsFocus(true);
  };
  useLayoutEffect(() => {
    if (!wantsFocus) return;
    setWantsFocus(false);
    host.current?.querySelector<HTMLElement>(`[data-at="${active}"] button`)?.focus({preventScroll: true});
  });

  const press = (event: KeyboardEvent): void => {
    const row = (event.target as HTMLElement).closest<HTMLElement>('[data-at]');
    if (!row) return;
    const at = Number(row.dataset['at']);
    const page = Math.max(1, Math.floor(height / rowHeight) - 2);
    const keys: Record<string, () => void> = {
      ArrowDown: () => go(at + 1, 1),
      ArrowUp: () => go(at - 1, -1),
      PageDown: () => go(at + page, 1),
      PageUp: () => go(at - page, -1),
      Home: () => go(0, 1),
      End: () => go(lines.length - 1, -1),
      ' ': () => row.querySelector<HTMLElement>('input')?.click(),
    };
    const act = keys[event.key];
    if (!act) return;
    claim(event);
    act();
  };
  const scrolled = (): void => setTop(host.current?.scrollTop ?? 0);
  return {host, drawn, stop, go, press, scrolled, stay: setActive};
}
