import {useEffect, useRef} from 'preact/hooks';
import type {GridLayout, GridWindow} from './grid-layout.js';
import {canZoom, isWhole, panned, zoomed} from './grid-zoom.js';

interface Point {
  x: number;
  y: number;
}

/** Growth of a cell's side by a step of the wheel, and by a key or button. */
const wheelStep = 1.25;
export const keyStep = 1.6;
/** A pointer that moves less, CSS pixels, clicks. */
const clickSlack = 4;

/** Handlers of a grid's element; what they show next goes to `onWindow`. */
export interface GridGestures {
  onPointerDown: (event: PointerEvent) => void;
  /** True if the movement was a pan or a pinch. */
  onPointerMove: (event: PointerEvent) => boolean;
  onPointerUp: (event: PointerEvent) => void;
  /** True if the click ends a pan or pinch, and means no cell. */
  wasDrag: () => boolean;
}

/**
 * Zooms by wheel and pinch and pans by drag, in grids whose cells are too small to be read. A wheel that cannot zoom further
 * scrolls the page.
 */
export function useGridGestures(
  host: {current: HTMLElement | null},
  layout: GridLayout,
  onWindow: (window: GridWindow) => void,
): GridGestures {
  const latest = useRef(layout);
  latest.current = layout;
  const show = useRef(onWindow);
  show.current = onWindow;
  const pointers = useRef(new Map<number, Point>());
  const moved = useRef(false);

  useEffect(() => {
    const element = host.current;
    const turn = (event: WheelEvent): void => {
      const now = latest.current;
      const isOut = event.deltaY > 0;
      if (!canZoom(now) || event.deltaY === 0 || (isOut && isWhole(now))) return;
      event.preventDefault();
      const next = zoomed(now, isOut ? 1 / wheelStep : wheelStep, pointIn(element, event));
      show.current(next);
    };
    element?.addEventListener('wheel', turn, {passive: false});
    return () => element?.removeEventListener('wheel', turn);
  }, []);

  return {
    onPointerDown: event => {
      if (pointers.current.size === 0) moved.current = false;
      if (event.button === 0) pointers.current.set(event.pointerId, pointIn(host.current, event));
    },
    onPointerMove: event => {
      const from = pointers.current.get(event.pointerId);
      const now = latest.current;
      if (!from || !canZoom(now)) return false;
      const to = pointIn(host.current, event);
      const other = [...pointers.current].find(([id]) => id !== event.pointerId)?.[1];
      if (!moved.current && Math.hypot(to.x - from.x, to.y - from.y) < clickSlack) return false;
      if (!other && isWhole(now)) return false;
      if (!moved.current) (event.currentTarget as Element).setPointerCapture(event.pointerId);
      moved.current = true;
      pointers.current.set(event.pointerId, to);
      if (!other) show.current(panned(now, to.x - from.x, to.y - from.y));
      else {
        const growth = distance(to, other) / Math.max(1, distance(from, other));
        show.current(zoomed(now, growth, {x: (to.x + other.x) / 2, y: (to.y + other.y) / 2}));
      }
      return true;
    },
    onPointerUp: event => void pointers.current.delete(event.pointerId),
    wasDrag: () => moved.current,
  };
}

/** The place of a pointer in an element, CSS pixels. */
export function pointIn(element: HTMLElement | null, event: MouseEvent): Point {
  const {left, top} = element?.getBoundingClientRect() ?? {left: 0, top: 0};
  return {x: event.clientX - left, y: event.clientY - top};
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
