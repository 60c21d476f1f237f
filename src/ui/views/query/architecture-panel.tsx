import {claim} from '../../model/arrow-step.js';
import {useEffect, useMemo, useRef, useState} from 'preact/hooks';
import {laneRows} from '../../charts/lanes.js';
import {countLayers, outline, searchLayers, type OutlineRow} from '../../model/architecture.js';
import {count} from '../../model/format.js';
import {architecture, toggleBlock} from '../../state/architecture.js';
import {ExportMenu} from '../../kit/export-menu.js';
import {scrollWithin} from '../../kit/scroll-within.js';
import {chooseLayer, choosePair} from '../../state/query.js';
import {currentLayer} from '../../state/chosen-layers.js';
import {view} from '../../state/view-state.js';
import {architectureContent} from './architecture-figure.js';
import {ArchitectureRow} from './architecture-row.js';
import * as architectureRowStyles from './architecture-row.module.css';
import * as railStyles from './rail.module.css';
import * as styles from './architecture-panel.module.css';

/** The model's layers from the input down, with the lines between them; a click chooses one, a second one makes a pair. */
export function ArchitecturePanel() {
  const nodes = architecture.value;
  const open = view.blocks.value;
  const [wanted, setWanted] = useState('');
  const rows = useMemo(
    () => (wanted.trim() === '' ? outline(nodes, new Set(open)) : searchLayers(nodes, wanted)),
    [nodes, open, wanted],
  );
  const drawn = useMemo(() => laneRows(rows.map(({sources}) => sources)), [rows]);
  const widest = Math.max(1, ...rows.map(({channels}) => channels ?? 0));
  const tree = useTree(rows);
  const content = architectureContent(rows, drawn);
  const total = useMemo(() => countLayers(nodes), [nodes]);
  return (
    <section class={`${railStyles.section} ${styles.root}`} aria-labelledby="architecture-title">
      <header>
        <h2 id="architecture-title">Architecture</h2>
        <span class="faint">
          {wanted.trim() === '' ? `${count(total)} layers` : `${rows.length} of ${count(total)}`}
        </span>
        <ExportMenu content={content} />
      </header>
      <input
        type="search"
        class={styles.search}
        placeholder="Find a layer"
        aria-label="Find a layer by name or type"
        value={wanted}
        onInput={event => setWanted(event.currentTarget.value)}
        onKeyDown={event => {
          const first = rows.find(({names}) => names.length > 0);
          if (event.key === 'Enter' && wanted !== '' && first) chooseLayer(first.name);
          if (event.key === 'ArrowDown') tree.focusFirst();
          if (event.key === 'Escape') setWanted('');
          if (['Enter', 'ArrowDown'].includes(event.key)) event.preventDefault();
        }}
      />
      <div
        class={styles.tree}
        role="tree"
        aria-label="Layers of the model"
        aria-multiselectable
        ref={tree.host}
        onKeyDown={tree.press}
      >
        {rows.map((row, i) => (
          <ArchitectureRow
            key={row.key}
            row={row}
            lanes={drawn.lanes}
            line={drawn.rows[i] ?? null}
            widest={widest}
            isStop={row.key === tree.stop}
            onPick={withOther => tree.pick(row, withOther)}
          />
        ))}
        {rows.length === 0 && <p class="hint">No layer matches.</p>}
      </div>
      <p class={`hint ${styles.hint}`}>
        <kbd>Shift</kbd> + click on a second layer makes a pair
      </p>
    </section>
  );
}

/** Keys of the tree: arrows move and open, Enter chooses, Shift + Enter makes a pair with the layer chosen before. */
function useTree(rows: readonly OutlineRow[]) {
  const host = useRef<HTMLDivElement>(null);
  const [last, setLast] = useState<string | null>(null);
  const items = (): HTMLElement[] => [
    ...(host.current?.querySelectorAll<HTMLElement>('[role=treeitem]') ?? []),
  ];
  const focus = (at: number): void => items()[Math.min(rows.length - 1, Math.max(0, at))]?.focus();

  const pick = (row: OutlineRow, withOther: boolean): void => {
    setLast(row.key);
    if (row.kind === 'block') toggleBlock(row.key);
    else if (withOther && currentLayer.value) choosePair(currentLayer.value.name, row.name);
    else chooseLayer(row.name);
  };
  const press = (event: KeyboardEvent): void => {
    const at = items().indexOf(event.target as HTMLElement);
    const row = rows[at];
    if (!row) return;
    const keys: Record<string, () => void> = {
      ArrowDown: () => focus(at + 1),
      ArrowUp: () => focus(at - 1),
      Home: () => focus(0),
      End: () => focus(rows.length - 1),
      ArrowRight: () => (row.isOpen === false ? toggleBlock(row.key) : focus(at + 1)),
      ArrowLeft: () => {
        if (row.isOpen) toggleBlock(row.key);
        else focus(rows.findLastIndex((other, i) => i < at && other.depth < row.depth));
      },
      Enter: () => pick(row, event.shiftKey),
      ' ': () => pick(row, event.shiftKey),
    };
    const act = keys[event.key];
    if (!act) return;
    claim(event);
    act();
  };
  useEffect(() => {
    scrollWithin(host.current, host.current?.querySelector(`.${architectureRowStyles.current}`));
  }, [currentLayer.value?.name, rows]);
  const known = (key: string | null | undefined) => rows.some(row => row.key === key);
  const stop = known(last) ? last : known(currentLayer.value?.name) ? currentLayer.value?.name : rows[0]?.key;
  return {host, press, pick, stop, focusFirst: () => focus(0)};
}
