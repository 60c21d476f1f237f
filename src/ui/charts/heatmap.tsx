import {useEffect, useLayoutEffect, useMemo, useRef, useState} from 'preact/hooks';
import {paintCanvas} from './canvas.js';
import {
  cellAt,
  heatmapHeight,
  heatmapLayout,
  heatmapPaint,
  type HeatmapLayout,
  type HeatmapSpec,
} from './heatmap-spec.js';
import type {Theme} from './palette.js';

/** A cell by its place in the drawing. */
export interface HeatmapCell {
  row: number;
  column: number;
}

export interface HeatmapProps {
  label: string;
  /** Of the raster, CSS pixels. */
  tallest: number;
  spec: HeatmapSpec;
  theme: Theme;
  selected: HeatmapCell | null;
  pinned: readonly HeatmapCell[];
  /** What a cell says, in words. */
  describe: (cell: HeatmapCell) => string;
  onHover: (at: (HeatmapCell & {x: number; y: number}) | null) => void;
  onPick: (cell: HeatmapCell) => void;
}

/** The tallest raster beside other panels, CSS pixels. */
export const tallestHeatmap = 448;

const steps: Record<string, readonly [row: number, column: number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/**
 * A heatmap on a canvas. It takes one stop in the tab order; the arrow keys move a cell cursor, whose cell is told to
 * screen readers, and Enter opens it.
 */
export function Heatmap(props: HeatmapProps) {
  const {label, tallest, spec, theme, selected, pinned, describe, onHover, onPick} = props;
  const host = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [width, setWidth] = useState(0);
  const [cursor, setCursor] = useState<HeatmapCell | null>(null);
  const paint = useMemo(() => heatmapPaint(spec, theme, tallest), [spec, theme, tallest]);
  const layout = heatmapLayout(spec.grid, width, tallest);
  const height = heatmapHeight(layout);

  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useLayoutEffect(() => {
    const ratio = window.devicePixelRatio;
    if (canvas.current && width > 0) paintCanvas(canvas.current, {width, height, paint, ratio});
  }, [width, height, paint]);

  const {rows, columns} = spec.grid;
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = steps[event.key];
    const from = cursor ?? selected ?? {row: 0, column: 0};
    if (event.key === 'Enter') onPick(from);
    if (event.key === 'Escape') setCursor(null);
    if (!step && event.key !== 'Enter') return;
    event.preventDefault();
    event.stopPropagation();
    if (!step) return;
    // The first arrow shows where the cursor is.
    const [down, right] = cursor ? step : [0, 0];
    setCursor({
      row: Math.min(rows - 1, Math.max(0, from.row + down)),
      column: Math.min(columns - 1, Math.max(0, from.column + right)),
    });
  };
  const at = (event: PointerEvent | MouseEvent) => cellAt(layout, spec.grid, event.offsetX, event.offsetY);
  return (
    <div
      class="heatmap"
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
        onPointerMove={event => {
          const cell = at(event);
          onHover(cell && {...cell, x: event.clientX, y: event.clientY});
        }}
        onPointerLeave={() => onHover(null)}
        onClick={event => {
          const cell = at(event);
          if (cell) onPick(cell);
        }}
      />
      {pinned.map(cell => (
        <Mark key={`${cell.row} ${cell.column}`} class="pinned" cell={cell} layout={layout} spec={spec} />
      ))}
      {selected && <Mark class="selected" cell={selected} layout={layout} spec={spec} />}
      {cursor && <Mark class="cursor" cell={cursor} layout={layout} spec={spec} />}
      <span class="visually-hidden" role="status">
        {cursor && describe(cursor)}
      </span>
    </div>
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
  return <i class={`heatmap-mark ${name}`} style={box} />;
}
