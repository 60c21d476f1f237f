import {useId, useRef, useState} from 'preact/hooks';
import {claim} from '../model/arrow-step.js';
import {spanOf, type Span} from '../model/span.js';
import * as styles from './range-strip.module.css';

export interface StripCell {
  label: string;
  /** Drawn under the label. */
  colour?: string;
  isMarked?: boolean;
}

export interface RangeStripProps {
  label: string;
  cells: readonly StripCell[];
  selected: ReadonlySet<number>;
  /** True if everything is selected. */
  isWhole: boolean;
  onHover: (at: {cell: number; x: number; y: number} | null) => void;
  /** A drag in progress, a click, or the arrow keys; null is everything. */
  onSelect: (span: Span | null) => void;
}

/** Cells in a row out of which a drag selects a range; the arrow keys move, with Shift they extend. */
export function RangeStrip({label, cells, selected, isWhole, onHover, onSelect}: RangeStripProps) {
  const anchor = useRef<number | null>(null);
  const [active, setActive] = useState(-1);
  const id = useId();
  const cellAt = (event: PointerEvent): number => {
    const {left, width} = (event.currentTarget as Element).getBoundingClientRect();
    const cell = Math.floor(((event.clientX - left) / width) * cells.length);
    return Math.min(cells.length - 1, Math.max(0, cell));
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
      role="listbox"
      aria-label={label}
      aria-multiselectable
      aria-activedescendant={active < 0 ? undefined : `${id}-${active}`}
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
      {cells.map(({label: text, colour, isMarked}, i) => (
        <span
          key={i}
          id={`${id}-${i}`}
          class={isMarked ? styles.marked : undefined}
          role="option"
          aria-selected={selected.has(i)}
          aria-label={text}
        >
          {colour && <i style={{backgroundColor: colour}} />}
        </span>
      ))}
    </div>
  );
}
