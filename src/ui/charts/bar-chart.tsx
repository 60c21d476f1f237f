import {useMemo, useRef, useState} from 'preact/hooks';
import {barPaint, groupBox, minWidth, placeBars, type BarSpec} from './bar-spec.js';
import {Canvas} from './canvas.js';
import type {Theme} from './palette.js';
import * as styles from './bar-chart.module.css';

export interface BarChartProps {
  label: string;
  spec: BarSpec;
  theme: Theme;
  height: number;
  /** The exact values of a group in words. */
  describe: (group: number) => string;
  /** The hovered item, and its position in the window; a null bar is the whole group, which has the focus. */
  onHover: (at: {group: number; bar: number | null; x: number; y: number} | null) => void;
  /** Absent where a group leads nowhere. */
  onPick?: (group: number) => void;
}

/**
 * Draws bars in groups, with their upper bounds; it scrolls if they are too many to distinguish. For the keyboard a group is
 * a button: one of them is in the tab order, and the arrow keys move among them.
 */
export function BarChart({label, spec, theme, height, describe, onHover, onPick}: BarChartProps) {
  const sheet = useRef<HTMLDivElement>(null);
  const [reached, setReached] = useState(0);
  const paint = useMemo(() => barPaint(spec, theme), [spec, theme]);
  const barAt = (x: number, width: number) =>
    placeBars(spec, width).find(bar => x >= bar.x - 2 && x <= bar.x + bar.width + 2);
  const last = spec.groups.length - 1;
  const stop = Math.min(reached, last);
  const move = (event: KeyboardEvent): void => {
    const next = {ArrowLeft: stop - 1, ArrowRight: stop + 1, Home: 0, End: last}[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const wanted = Math.min(last, Math.max(0, next));
    sheet.current?.querySelectorAll<HTMLElement>(`.${styles.group}`)[wanted]?.focus();
  };
  return (
    <div class={styles.root}>
      <div
        class={styles.sheet}
        ref={sheet}
        role="group"
        aria-label={label}
        style={{minWidth: `${minWidth(spec)}px`}}
        onKeyDown={move}
      >
        <Canvas
          label=""
          height={height}
          paint={paint}
          onPoint={at => {
            const bar = at && barAt(at.x, at.width);
            onHover(bar ? {group: bar.group, bar: bar.bar, x: at.event.clientX, y: at.event.clientY} : null);
          }}
          onPick={at => {
            const bar = barAt(at.x, at.width);
            if (bar) onPick?.(bar.group);
          }}
        />
        {spec.groups.map((_, group) => (
          <button
            type="button"
            key={group}
            class={styles.group}
            tabIndex={group === stop ? 0 : -1}
            aria-label={describe(group)}
            style={groupBox(spec, group)}
            onFocus={event => {
              const {right, top} = event.currentTarget.getBoundingClientRect();
              setReached(group);
              onHover({group, bar: null, x: right, y: top});
            }}
            onBlur={() => onHover(null)}
            onClick={() => onPick?.(group)}
          />
        ))}
      </div>
    </div>
  );
}
