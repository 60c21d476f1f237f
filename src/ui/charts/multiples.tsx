import {useSignalEffect, type ReadonlySignal} from '@preact/signals';
import {useLayoutEffect, useRef} from 'preact/hooks';
import {paintCanvas} from './canvas.js';
import {nearestIndex} from './line-spec.js';
import {inset, multipleHeight, multiplePaint, shareOf, type Multiple} from './multiples-spec.js';
import type {Theme} from './palette.js';

export interface MultiplesProps {
  label: string;
  multiples: Multiple[];
  /** Shared x axis, ascending. */
  x: number[];
  theme: Theme;
  selected: number | null;
  current: ReadonlySignal<number | null>;
  hovered: ReadonlySignal<number | null>;
  onHover: (at: {key: number; index: number; event: PointerEvent} | null) => void;
  onPick: (key: number) => void;
}

/**
 * Small charts in a grid. Each has its own canvas, which is painted when it comes near the window, so that hundreds
 * cost no more than what is seen; the cursors move by two style properties of the grid and redraw nothing.
 */
export function Multiples(props: MultiplesProps) {
  const {label, multiples, x, theme, selected, current, hovered, onHover, onPick} = props;
  const grid = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    const element = grid.current;
    if (!element) return;
    return paintWhenSeen(element, multiples, {x, theme});
  }, [multiples, x, theme]);

  const place = (name: string, epoch: number | null): void => {
    const shown = epoch !== null && x.includes(epoch);
    grid.current?.style.setProperty(name, shown ? String(shareOf(x, epoch)) : '-1');
  };
  useSignalEffect(() => place('--current', current.value));
  useSignalEffect(() => place('--hovered', hovered.value));
  useLayoutEffect(() => place('--current', current.peek()), [x]);

  const point = (multiple: Multiple, event: PointerEvent): void => {
    const plot = (event.currentTarget as Element).querySelector('canvas');
    if (!plot) return;
    const {left, width} = plot.getBoundingClientRect();
    const share = (event.clientX - left - inset.x) / (width - 2 * inset.x);
    const index = nearestIndex(
      x.map(value => shareOf(x, value)),
      share,
    );
    if (index >= 0) onHover({key: multiple.key, index, event});
  };

  const entry = multiples.some(multiple => multiple.key === selected)
    ? selected
    : (multiples[0]?.key ?? null);
  return (
    <div class="multiples" ref={grid} role="group" aria-label={label} onPointerLeave={() => onHover(null)}>
      {multiples.map((multiple, i) => (
        <button
          type="button"
          key={multiple.key}
          class={multiple.key === selected ? 'multiple selected' : 'multiple'}
          tabIndex={multiple.key === entry ? 0 : -1}
          aria-pressed={multiple.key === selected}
          onClick={() => onPick(multiple.key)}
          onPointerMove={event => point(multiple, event)}
          onKeyDown={event => moveFocus(event, i)}
        >
          <span class="multiple-head">
            <span>{multiple.title}</span>{' '}
            {multiple.flag ? <span class="flag">{multiple.flag}</span> : <span>{multiple.value}</span>}
          </span>
          <span class="multiple-plot">
            <canvas data-index={i} />
          </span>
        </button>
      ))}
    </div>
  );
}

/** Paints every canvas once it is near the window, and again when its width changes. */
function paintWhenSeen(
  grid: HTMLElement,
  multiples: readonly Multiple[],
  {x, theme}: {x: number[]; theme: Theme},
): () => void {
  const seen = new Set<HTMLCanvasElement>();
  const paint = (canvas: HTMLCanvasElement): void => {
    const multiple = multiples[Number(canvas.dataset['index'])];
    const width = canvas.parentElement?.clientWidth ?? 0;
    if (!multiple || width === 0) return;
    const ratio = window.devicePixelRatio;
    paintCanvas(canvas, {width, height: multipleHeight, ratio, paint: multiplePaint(multiple, x, theme)});
  };
  const near = new IntersectionObserver(
    entries => {
      for (const {target, isIntersecting} of entries) {
        const canvas = target as HTMLCanvasElement;
        if (!isIntersecting) {
          seen.delete(canvas);
        } else if (!seen.has(canvas)) {
          seen.add(canvas);
          paint(canvas);
        }
      }
    },
    {rootMargin: '200px'},
  );
  for (const canvas of grid.querySelectorAll('canvas')) near.observe(canvas);
  const resized = new ResizeObserver(() => seen.forEach(paint));
  resized.observe(grid);
  return () => {
    near.disconnect();
    resized.disconnect();
  };
}

/** Arrow keys move by the grid as it is laid out. */
function moveFocus(event: KeyboardEvent, from: number): void {
  const cell = event.currentTarget as HTMLElement;
  const cells = [...(cell.parentElement?.querySelectorAll<HTMLElement>('button.multiple') ?? [])];
  const columns = cells.filter(other => other.offsetTop === cells[0]?.offsetTop).length;
  const step = {ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns}[event.key];
  if (step === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  cells[from + step]?.focus();
}
