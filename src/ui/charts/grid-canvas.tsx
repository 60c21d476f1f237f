import type {ComponentChildren} from 'preact';
import {useMemo, useRef, useState} from 'preact/hooks';
import {claim} from '../model/arrow-step.js';
import {paintCanvas, type Pen} from './canvas.js';
import {gridLabels, labelAt, layoutOf, type GridRoom, type MarkedNames} from './grid-labels.js';
import {
  blockAt,
  placeAt,
  type GridCell,
  type GridLayout,
  type GridPlace,
  type GridWindow,
} from './grid-layout.js';
import {GridMark} from './grid-mark.js';
import {fitSpec, fittedHeight, measureLabel, paintGrid, type GridSpec} from './grid-paint.js';
import {walked} from './grid-walk.js';
import {canZoom, isWhole, revealing, windowFor, zoomed} from './grid-zoom.js';
import {ZoomButtons, zoomRoom} from './zoom-buttons.js';
import type {Theme} from './palette.js';
import {useFrame} from './use-frame.js';
import {keyStep, pointIn, useGridGestures} from './use-grid-gestures.js';
import {useWidth} from './use-size.js';
import * as styles from './grid-canvas.module.css';

/** What a pointer is at: a cell; a row or a column alone where it is beside the raster. */
export interface GridPoint extends GridPlace {
  /** CSS pixels in the window. */
  x: number;
  y: number;
  /** Cells that share the pixel; the largest of them is meant. */
  cells: number;
}

export interface GridCanvasProps {
  /** Text alternative. */
  label: string;
  spec: GridSpec;
  theme: Theme;
  room: Omit<GridRoom, 'width'>;
  /** Height kept below the raster, CSS pixels. */
  below?: number;
  selected?: GridCell | null;
  pinned?: readonly GridCell[];
  marked?: MarkedNames;
  /** Describes a cell in words; a name of a row or column has the other at -1. */
  describe: (cell: GridCell) => string;
  onHover: (at: GridPoint | null) => void;
  onPick?: (cell: GridCell) => void;
  /** A click on a row or column alone: its name, or what is drawn along it. */
  onPickLine?: (line: {row: number} | {column: number}) => void;
  /** The names are stops of the arrow keys. */
  namesAreStops?: boolean;
  /** Draws along the raster. */
  paintAlong?: (context: Pen, layout: GridLayout) => void;
  /** Elements over the canvas, for a place of the drawing. */
  children?: (layout: GridLayout, height: number, at: GridPlace | null) => ComponentChildren;
}

/**
 * Draws a grid on one canvas. It is one stop in the tab order; the arrow keys move a cell cursor, whose cell is announced to
 * screen readers, and Enter opens it. Grids with cells too small to be read are zoomed by wheel, pinch, `+` and `-`, and
 * moved by drag and by the cursor.
 */
export function GridCanvas(props: GridCanvasProps) {
  const {label, spec, theme, room, below = 0, selected = null, pinned = [], marked, describe} = props;
  const {onHover, onPick, onPickLine, namesAreStops = false, paintAlong, children} = props;
  const host = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const width = useWidth(host);
  const ratio = window.devicePixelRatio;
  const [cursor, setCursor] = useState<GridCell | null>(null);
  const [pointed, setPointed] = useState<GridPlace | null>(null);
  const [kept, setKept] = useState<(GridWindow & {of: string}) | null>(null);
  const last = useRef<GridCell>({row: 0, column: 0});
  const size = {rows: spec.rowLabels.length, columns: spec.columnLabels.length};

  const fitted = useMemo(
    () => fitSpec(spec, {...room, width}),
    [spec, width, room.tallest, room.cell, room.right],
  );
  const shown = windowFor(size, kept);
  const layout = useMemo(() => layoutOf(spec, fitted, {ratio, window: shown}), [spec, fitted, ratio, kept]);
  const labels = useMemo(
    () => gridLabels(spec, layout, fitted, measureLabel, marked),
    [spec, layout, fitted, marked?.row, marked?.column],
  );
  const zoomable = canZoom(layout);
  const height = fittedHeight(fitted) + below + (zoomable ? zoomRoom : 0);
  const show = (next: GridWindow): void => setKept({...next, of: `${size.rows} ${size.columns}`});
  const gestures = useGridGestures(host, layout, show);

  useFrame(() => {
    if (!canvas.current || width === 0) return;
    paintCanvas(canvas.current, {
      ...{width, height, ratio},
      paint: context => {
        paintGrid(context, spec, fitted, {theme, ratio, window: shown, ...(marked && {marked})});
        paintAlong?.(context, layout);
      },
    });
  }, [width, height, spec, fitted, layout, theme, marked?.row, marked?.column, paintAlong]);

  const pointAt = (event: MouseEvent): GridPoint | null => {
    const at = pointIn(host.current, event);
    const place = placeAt(spec.grid, layout, at.x, at.y);
    const isCell = place.row !== null && place.column !== null;
    const isBefore = at.x < layout.left || at.y < layout.top;
    const name = isBefore ? labelAt(labels, {layout, headings: fitted.headings}, at) : null;
    if (!isCell && isBefore && !name) return null;
    if (!isCell && place.row === null && place.column === null && !name) return null;
    const block = blockAt(layout, at.x, at.y);
    const cells = isCell ? span(block.rows) * span(block.columns) : 1;
    const shownAt = name ? {row: null, column: null, ...name} : place;
    return {...shownAt, cells, x: event.clientX, y: event.clientY};
  };
  const pick = ({row, column}: GridPlace): void => {
    if (row !== null && row >= 0 && column !== null && column >= 0) onPick?.({row, column});
    else if (row !== null && row >= 0) onPickLine?.({row});
    else if (column !== null && column >= 0) onPickLine?.({column});
  };
  const zoom = (factor: number): void => {
    const centre = {x: layout.left + layout.width / 2, y: layout.top + layout.height / 2};
    const next = zoomed(layout, factor, centre);
    show(cursor && factor > 1 ? revealing(layoutOf(spec, fitted, {ratio, window: next}), cursor) : next);
  };
  const press = (event: KeyboardEvent): void => {
    const from = cursor ?? selected ?? last.current;
    const isZoom = canZoom(layout) && !event.ctrlKey && ['+', '=', '-', '0'].includes(event.key);
    if (isZoom) {
      if (event.key === '0') setKept(null);
      else zoom(event.key === '-' ? 1 / keyStep : keyStep);
      return claim(event);
    }
    if (event.key === 'Escape') setCursor(null);
    if (event.key === 'Enter') pick(from);
    const to = walked(from, event, {...size, headings: namesAreStops});
    if (!to && event.key !== 'Enter') return;
    claim(event);
    if (!to) return;
    // The first arrow shows where the cursor is.
    const next = cursor ? to : clamped(from, size);
    last.current = next;
    setCursor(next);
    const moved = revealing(layout, {row: Math.max(0, next.row), column: Math.max(0, next.column)});
    if (moved !== layout.window) show(moved);
  };
  const isLine = pointed !== null && (pointed.row === null || pointed.column === null);
  return (
    <div
      class={isLine ? `${styles.root} ${styles.onLine}` : styles.root}
      ref={host}
      role="application"
      tabIndex={0}
      aria-label={`${label}. Arrow keys move, Enter opens${zoomable ? ', + and - zoom' : ''}.`}
      data-raster={JSON.stringify(rasterOf(layout))}
      onKeyDown={press}
      onBlur={() => setCursor(null)}
      style={{height: `${height}px`, touchAction: !zoomable ? 'auto' : isWhole(layout) ? 'pan-y' : 'none'}}
    >
      <canvas
        ref={canvas}
        aria-hidden="true"
        onPointerDown={gestures.onPointerDown}
        onPointerMove={event => {
          const at = gestures.onPointerMove(event) ? null : pointAt(event);
          if (pointed?.row !== at?.row || pointed?.column !== at?.column)
            setPointed(at && {row: at.row, column: at.column});
          onHover(at);
        }}
        onPointerUp={gestures.onPointerUp}
        onPointerCancel={gestures.onPointerUp}
        onPointerLeave={() => {
          setPointed(null);
          onHover(null);
        }}
        onClick={event => {
          const at = gestures.wasDrag() ? null : pointAt(event);
          if (at) pick(at);
        }}
      />
      {children?.(layout, height, cursor ?? pointed)}
      {pinned.map(cell => (
        <GridMark key={`${cell.row} ${cell.column}`} kind="pinned" cell={cell} layout={layout} />
      ))}
      {selected && <GridMark kind="selected" cell={selected} layout={layout} />}
      {cursor && <GridMark kind="cursor" cell={cursor} layout={layout} />}
      {zoomable && (
        <ZoomButtons
          left={layout.left}
          isWhole={isWhole(layout)}
          onZoom={zoom}
          onWhole={() => setKept(null)}
        />
      )}
      <span class="visually-hidden" role="status">
        {cursor && describe(cursor)}
      </span>
    </div>
  );
}

function span(range: readonly [number, number] | null): number {
  return range ? range[1] - range[0] : 1;
}

function clamped({row, column}: GridCell, size: {rows: number; columns: number}): GridCell {
  return {row: Math.min(size.rows - 1, row), column: Math.min(size.columns - 1, column)};
}

/** Where the raster is, for programs that point at its cells. */
function rasterOf({left, top, width, height, window}: GridLayout) {
  return {left, top, width, height, window};
}
