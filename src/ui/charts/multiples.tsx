import {useSignalEffect, type ReadonlySignal} from '@preact/signals';
import {useEffect, useLayoutEffect, useRef, useState} from 'preact/hooks';
import {arrowStep, claim} from '../model/arrow-step.js';
import {paintCanvas} from './canvas.js';
import {nearestIndex} from './line-spec.js';
import {inset, multipleHeight, multiplePaint, shareOf, type Multiple} from './multiples-spec.js';
import {columnsIn, rowsInWindow} from './multiples-window.js';
import type {Theme} from './palette.js';
import * as styles from './multiples.module.css';

export interface MultiplesProps {
  label: string;
  multiples: Multiple[];
  /** What the head of a chart says beside its title; it changes without the chart being drawn again. */
  headOf: (key: number) => string;
  /** Shared x axis, ascending. */
  x: number[];
  theme: Theme;
  selected: number | null;
  current: ReadonlySignal<number | null>;
  hovered: ReadonlySignal<number | null>;
  onHover: (at: {key: number; index: number; event: PointerEvent} | null) => void;
  onPick: (key: number) => void;
}

/** Size of a chart with its title and border; the style sheet has the same numbers. CSS pixels. */
const cell = {least: 124, gap: 8, height: 82};
const rowHeight = cell.height + cell.gap;

/**
 * Small charts in a grid that scrolls. Only the rows in the window exist, so that hundreds of charts cost no more than
 * what is seen; the cursors move by two style properties of the grid and redraw nothing.
 */
export function Multiples(props: MultiplesProps) {
  const {label, multiples, headOf, x, theme, selected, current, hovered, onHover, onPick} = props;
  const {grid, seen, watchScroll, showRow} = useWindow();
  const columns = columnsIn(seen.width, cell);
  const rows = Math.ceil(multiples.length / columns);
  const shown = rowsInWindow(seen, {rows, rowHeight});

  const place = (name: string, epoch: number | null): void => {
    const isShown = epoch !== null && x.includes(epoch);
    grid.current?.style.setProperty(name, isShown ? String(shareOf(x, epoch)) : '-1');
  };
  useSignalEffect(() => place('--current', current.value));
  useSignalEffect(() => place('--hovered', hovered.value));
  useLayoutEffect(() => place('--current', current.peek()), [x]);

  // Keys may come faster than rows are drawn: the chart they lead to takes the focus as soon as it exists.
  const wanted = useRef<number | null>(null);
  const focusWanted = (): void => {
    const chart = grid.current?.querySelector<HTMLElement>(`[data-index="${wanted.current}"]`);
    if (!chart) return;
    wanted.current = null;
    chart.focus();
  };
  useLayoutEffect(focusWanted);

  const move = (event: KeyboardEvent, from: number): void => {
    const step = arrowStep(event.key);
    if (!step) return;
    claim(event);
    const index = (wanted.current ?? from) + step.right + step.down * columns;
    if (index < 0 || index >= multiples.length) return;
    wanted.current = index;
    focusWanted();
    if (wanted.current !== null) showRow(Math.floor(index / columns) * rowHeight);
  };

  const first = shown.first * columns;
  const visible = multiples.slice(first, shown.end * columns);
  const entry = visible.find(multiple => multiple.key === selected)?.key ?? visible[0]?.key;
  return (
    <div
      class={styles.root}
      ref={grid}
      role="group"
      aria-label={label}
      onScroll={watchScroll}
      onPointerLeave={() => onHover(null)}
    >
      <div class={styles.all} style={{height: `${rows * rowHeight - cell.gap}px`}}>
        <div
          class={styles.window}
          style={{
            transform: `translateY(${shown.first * rowHeight}px)`,
            gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
          }}
        >
          {visible.map((multiple, i) => (
            <button
              type="button"
              key={multiple.key}
              data-index={first + i}
              class={multiple.key === selected ? `${styles.chart} ${styles.selected}` : styles.chart}
              tabIndex={multiple.key === entry ? 0 : -1}
              aria-pressed={multiple.key === selected}
              onClick={() => onPick(multiple.key)}
              onPointerMove={event => {
                const index = indexUnder(event, x);
                if (index >= 0) onHover({key: multiple.key, index, event});
              }}
              onKeyDown={event => move(event, first + i)}
            >
              <span class={styles.head}>
                <span>{multiple.title}</span>{' '}
                {multiple.flag ? (
                  <span class={styles.flag}>{multiple.flag}</span>
                ) : (
                  <span>{headOf(multiple.key)}</span>
                )}
              </span>
              <span class={styles.plot}>
                <Plot multiple={multiple} x={x} theme={theme} width={plotWidth(seen.width, columns)} />
              </span>
            </button>
          ))}
        </div>
      </div>
    </div>
  );
}

function Plot({multiple, x, theme, width}: {multiple: Multiple; x: number[]; theme: Theme; width: number}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    if (!canvas.current || width <= 0) return;
    const paint = multiplePaint(multiple, x, theme);
    paintCanvas(canvas.current, {width, height: multipleHeight, ratio: window.devicePixelRatio, paint});
  }, [multiple, x, theme, width]);
  return <canvas ref={canvas} />;
}

/** The visible part of the grid; changes only when another row becomes visible, or the window is resized. */
function useWindow() {
  const grid = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState({top: 0, width: 0, height: 0});
  const look = (): void => {
    const element = grid.current;
    if (!element) return;
    const top = Math.floor(element.scrollTop / rowHeight) * rowHeight;
    const {clientWidth: width, clientHeight: height} = element;
    setSeen(last =>
      last.top === top && last.width === width && last.height === height ? last : {top, width, height},
    );
  };
  useEffect(() => {
    if (!grid.current) return;
    const observer = new ResizeObserver(look);
    observer.observe(grid.current);
    return () => observer.disconnect();
  }, []);
  const showRow = (top: number): void => {
    grid.current?.scrollTo({top, behavior: 'instant'});
    look();
  };
  return {grid, seen: {...seen, height: seen.height + rowHeight}, watchScroll: look, showRow};
}

/** Inside of a chart's border and padding; the grid keeps 8 pixels free for its scroll bar. */
function plotWidth(width: number, columns: number): number {
  return Math.floor((width - 8 - (columns - 1) * cell.gap) / columns) - 14;
}

function indexUnder(event: PointerEvent, x: readonly number[]): number {
  const plot = (event.currentTarget as Element).querySelector('canvas');
  if (!plot) return -1;
  const {left, width} = plot.getBoundingClientRect();
  const share = (event.clientX - left - inset.x) / (width - 2 * inset.x);
  return nearestIndex(
    x.map(value => shareOf(x, value)),
    share,
  );
}
