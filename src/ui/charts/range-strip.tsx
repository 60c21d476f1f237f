import {useMemo, useRef, useState} from 'preact/hooks';
import {claim} from '../model/arrow-step.js';
import {spanOf, type Span} from '../model/span.js';
import {Canvas} from './canvas.js';
import {blockAt} from './grid-layout.js';
import type {Theme} from './palette.js';
import {stripHeight, stripLayout, stripPaint, type StripCell} from './range-strip-paint.js';
import {useWidth} from './use-size.js';
import * as styles from './range-strip.module.css';

export interface RangeStripProps {
  label: string;
  cells: readonly StripCell[];
  theme: Theme;
  selected: ReadonlySet<number>;
  /** True if everything is selected. */
  isWhole: boolean;
  onHover: (at: {cell: number; x: number; y: number} | null) => void;
  /** A drag in progress, a click, or the arrow keys; null is everything. */
  onSelect: (span: Span | null) => void;
}

/** Cells in a row out of which a drag selects a range; the arrow keys move, with Shift they extend. */
export function RangeStrip({label, cells, theme, selected, isWhole, onHover, onSelect}: RangeStripProps) {
  const host = useRef<HTMLDivElement>(null);
  const width = useWidth(host);
  const layout = useMemo(() => stripLayout(cells, width, window.devicePixelRatio), [cells.length, width]);
  const paint = useMemo(() => stripPaint(cells, selected, layout, theme), [cells, selected, layout, theme]);
  const anchor = useRef<number | null>(null);
  const [active, setActive] = useState(-1);
  const cellAt = (event: PointerEvent): number => {
    const {left} = (event.currentTarget as Element).getBoundingClientRect();
    const inside = Math.min(layout.width - 1e-3, Math.max(0, event.clientX - left));
    return blockAt(layout, inside, layout.top).columns?.[0] ?? 0;
  };
  const select = (from: number, to: number): void => {
    setActive(to);
    onSelect(spanOf(from, to));
  };
  const press = (event: KeyboardEvent): void => {
    const step = {ArrowLeft: -1, ArrowRight: 1, Home: -cells.length, End: cells.length}[event.key];
    if (event.key === 'Escape' && !isWhole) {
      anchor.current = null;
      setActive(-1);
      onSelect(null);
    } else if (step !== undefined) {
      const from = active >= 0 ? active : ([...selected][0] ?? 0) - (step > 0 ? 1 : 0);
      const to = Math.min(cells.length - 1, Math.max(0, from + step));
      if (!event.shiftKey) anchor.current = to;
      select(anchor.current ?? Math.max(0, from), to);
    } else return;
    claim(event);
  };
  return (
    <div
      class={styles.root}
      ref={host}
      role="application"
      aria-label={`${label}. Arrow keys select, with Shift they extend, Escape takes all.`}
      data-raster={JSON.stringify({left: 0, top: layout.top, width: layout.width, height: layout.height})}
      data-cells={cells.length}
      data-selected={selected.size}
      data-marked={cells.find(({isMarked}) => isMarked)?.label}
      tabIndex={0}
      onKeyDown={press}
      onPointerDown={event => {
        event.currentTarget.setPointerCapture(event.pointerId);
        const cell = cellAt(event);
        if (!event.shiftKey || anchor.current === null) anchor.current = cell;
        select(anchor.current, cell);
      }}
      onPointerMove={event => {
        const cell = cellAt(event);
        onHover({cell, x: event.clientX, y: event.clientY});
        if (event.buttons === 1 && anchor.current !== null) select(anchor.current, cell);
      }}
      onPointerLeave={() => onHover(null)}
    >
      <Canvas label="" height={stripHeight} paint={paint} />
      <span class="visually-hidden" role="status">
        {active >= 0 && `${cells[active]?.label}; ${selected.size} of ${cells.length} selected`}
      </span>
    </div>
  );
}
