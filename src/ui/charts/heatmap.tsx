import {useLayoutEffect, useMemo, useRef, useState} from 'preact/hooks';
import {arrowStep, claim} from '../model/arrow-step.js';
import {paintCanvas} from './canvas.js';
import {
  heatmapHeight,
  heatmapLayout,
  heatmapPaint,
  placeAt,
  profilePaint,
  type HeatmapLayout,
  type HeatmapPlace,
  type HeatmapSpec,
} from './heatmap-spec.js';
import type {Theme} from './palette.js';
import {useFrame} from './use-frame.js';
import {useWidth} from './use-size.js';
import * as styles from './heatmap.module.css';

/** A cell by its place in the drawing. */
export interface HeatmapCell {
  row: number;
  column: number;
}

export interface HeatmapProps {
  label: string;
  /** Size of the raster, CSS pixels. */
  tallest: number;
  spec: HeatmapSpec;
  theme: Theme;
  selected: HeatmapCell | null;
  pinned: readonly HeatmapCell[];
  /** Describes a cell in words. */
  describe: (cell: HeatmapCell) => string;
  /** Beside the raster a row or a column is meant alone. */
  onHover: (at: (HeatmapPlace & {x: number; y: number}) | null) => void;
  onPick: (cell: HeatmapCell) => void;
  /** Names of the orders of rows and columns, and the action of a click on their bars. */
  orders: Record<Side, {name: string; onNext: () => void}>;
}

/** Rows have their bars at the right, columns below. */
type Side = 'rows' | 'columns';

/** Maximum height of the raster next to other panels, CSS pixels. */
export const tallestHeatmap = 448;

/**
 * Draws a heatmap on a canvas. It is one stop in the tab order; the arrow keys move a cell cursor, whose cell is announced to
 * screen readers, and Enter opens it.
 */
export function Heatmap(props: HeatmapProps) {
  const {label, tallest, spec, theme, selected, pinned, describe, onHover, onPick, orders} = props;
  const host = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const width = useWidth(host);
  const [cursor, setCursor] = useState<HeatmapCell | null>(null);
  const [pointed, setPointed] = useState<HeatmapPlace | null>(null);
  const paint = useMemo(() => heatmapPaint(spec, theme, tallest), [spec, theme, tallest]);
  const layout = heatmapLayout(spec.grid, width, tallest);
  const height = heatmapHeight(layout);

  useFrame(() => {
    const ratio = window.devicePixelRatio;
    if (canvas.current && width > 0) paintCanvas(canvas.current, {width, height, paint, ratio});
  }, [width, height, paint]);

  const {rows, columns} = spec.grid;
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = arrowStep(event.key);
    const from = cursor ?? selected ?? {row: 0, column: 0};
    if (event.key === 'Enter') onPick(from);
    if (event.key === 'Escape') setCursor(null);
    if (!step && event.key !== 'Enter') return;
    claim(event);
    if (!step) return;
    // The first arrow shows where the cursor is.
    const {down, right} = cursor ? step : {down: 0, right: 0};
    setCursor({
      row: Math.min(rows - 1, Math.max(0, from.row + down)),
      column: Math.min(columns - 1, Math.max(0, from.column + right)),
    });
  };
  const under = (event: MouseEvent): HeatmapPlace => placeAt(layout, spec.grid, event.offsetX, event.offsetY);
  const point = (event: PointerEvent): void => {
    const place = under(event);
    const isSomewhere = place.row !== null || place.column !== null;
    if (pointed?.row !== place.row || pointed.column !== place.column) setPointed(isSomewhere ? place : null);
    onHover(isSomewhere ? {...place, x: event.clientX, y: event.clientY} : null);
  };
  const isOnBars = pointed !== null && (pointed.row === null || pointed.column === null);
  return (
    <div
      class={isOnBars ? `${styles.root} ${styles.onBars}` : styles.root}
      ref={host}
      role="application"
      tabIndex={0}
      aria-label={`${label}. Arrow keys move, Enter opens.`}
      onKeyDown={onKeyDown}
      onBlur={() => setCursor(null)}
      style={{height: `${height}px`}}
    >
      <canvas
        ref={canvas}
        aria-hidden="true"
        onPointerMove={point}
        onPointerLeave={() => {
          setPointed(null);
          onHover(null);
        }}
        onClick={event => {
          const {row, column} = under(event);
          if (row !== null && column !== null) onPick({row, column});
          else if (row !== null) orders.rows.onNext();
          else if (column !== null) orders.columns.onNext();
        }}
      />
      <Profiles at={cursor ?? pointed} {...{spec, theme, tallest, width, height}} />
      {(['rows', 'columns'] as const).map(side => (
        <SortHandle key={side} side={side} {...orders[side]} layout={layout} />
      ))}
      {pinned.map(cell => (
        <Mark
          key={`${cell.row} ${cell.column}`}
          class={`${styles.mark} ${styles.pinned}`}
          cell={cell}
          layout={layout}
          spec={spec}
        />
      ))}
      {selected && <Mark class={styles.mark} cell={selected} layout={layout} spec={spec} />}
      {cursor && <Mark class={`${styles.mark} ${styles.cursor}`} cell={cursor} layout={layout} spec={spec} />}
      <span class="visually-hidden" role="status">
        {cursor && describe(cursor)}
      </span>
    </div>
  );
}

/** The profiles of the row and column at a place, over the bars. */
function Profiles({
  at,
  spec,
  theme,
  tallest,
  width,
  height,
}: {
  at: HeatmapPlace | null;
  spec: HeatmapSpec;
  theme: Theme;
  tallest: number;
  width: number;
  height: number;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    if (!canvas.current || !at || width === 0) return;
    const paint = profilePaint(spec, theme, tallest, at);
    paintCanvas(canvas.current, {width, height, paint, ratio: window.devicePixelRatio});
  }, [at, spec, theme, tallest, width, height]);
  return at && <canvas class={styles.profiles} ref={canvas} aria-hidden="true" />;
}

/** The name of an order at the end of its bars; a click goes to the next one. */
function SortHandle({
  side,
  name,
  onNext,
  layout,
}: {
  side: Side;
  name: string;
  onNext: () => void;
  layout: HeatmapLayout;
}) {
  const {left, top, width, height} = layout;
  const place = side === 'rows' ? {left: left + width, top: top - 22} : {left: 0, top: top + height + 6};
  return (
    <button
      type="button"
      class={side === 'columns' ? `${styles.sort} ${styles.columns}` : styles.sort}
      aria-label={`Order of the ${side}: ${name}. Next order`}
      title={`Order of the ${side}: ${name}. A click here or on the bars: the next order`}
      style={{left: `${place.left}px`, top: `${place.top}px`}}
      onKeyDown={event => event.stopPropagation()}
      onClick={onNext}
    >
      {name}
    </button>
  );
}

function Mark({
  class: name,
  cell,
  layout,
  spec,
}: {
  class: string;
  cell: HeatmapCell;
  layout: HeatmapLayout;
  spec: HeatmapSpec;
}) {
  const [w, h] = [layout.width / spec.grid.columns, layout.height / spec.grid.rows];
  const box = {
    left: `${layout.left + cell.column * w}px`,
    top: `${layout.top + cell.row * h}px`,
    width: `${w}px`,
    height: `${h}px`,
  };
  return <i class={name} style={box} />;
}
