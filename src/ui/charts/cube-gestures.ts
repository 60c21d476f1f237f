import {useRef} from 'preact/hooks';
import {arrowStep, claim, type ArrowStep} from '../model/arrow-step.js';
import {spanOf, type Span} from '../model/span.js';
import {cubeAt, type CubeLayout, type CubeSpec} from './cube-spec.js';

/** Slabs, and rows in them; null rows are all. */
export interface CubeRange {
  slabs: Span;
  rows: Span | null;
}

/** A gesture on the drawing. */
export interface CubeGestures {
  onHover: (at: {slab: number; row: number; x: number; y: number} | null) => void;
  /** A drag in progress, or the arrow keys; null is everything. */
  onSelect: (range: CubeRange | null) => void;
  /** A click on a slab. */
  onPick: (slab: number) => void;
}

/** Less than this up or down, CSS pixels, and a drag means slabs alone. */
const flatDrag = 8;

interface Point {
  x: number;
  y: number;
}

/** Pointer handlers: a drag selects, a click picks. */
export function useDrag(layout: CubeLayout, {onHover, onSelect, onPick}: CubeGestures) {
  const start = useRef<(Point & {moved: boolean}) | null>(null);
  const point = (event: PointerEvent): Point => {
    const element = event.currentTarget as Element;
    const {left, top} = element.getBoundingClientRect();
    return {x: event.clientX - left + element.scrollLeft, y: event.clientY - top};
  };
  return {
    onPointerDown: (event: PointerEvent) => {
      const element = event.currentTarget as Element;
      // Below the client area is the scroll bar.
      const isOnBar = event.clientY > element.getBoundingClientRect().top + element.clientHeight;
      if (event.button !== 0 || isOnBar) return;
      element.setPointerCapture(event.pointerId);
      start.current = {...point(event), moved: false};
    },
    onPointerMove: (event: PointerEvent) => {
      const to = point(event);
      onHover({...cubeAt(layout, to.x, to.y), x: event.clientX, y: event.clientY});
      const from = start.current;
      if (!from) return;
      const isFlat = Math.abs(to.y - from.y) < flatDrag;
      from.moved ||= !isFlat || Math.abs(to.x - from.x) >= 4;
      if (!from.moved) return;
      const [one, other] = [cubeAt(layout, from.x, from.y), cubeAt(layout, to.x, to.y)];
      onSelect({slabs: spanOf(one.slab, other.slab), rows: isFlat ? null : spanOf(one.row, other.row)});
    },
    onPointerUp: (event: PointerEvent) => {
      const from = start.current;
      start.current = null;
      if (from && !from.moved) onPick(cubeAt(layout, from.x, from.y).slab);
      (event.currentTarget as Element).releasePointerCapture(event.pointerId);
    },
    onPointerLeave: () => onHover(null),
  };
}

/** The ends of a selection by keyboard: where it began, and the one that moves. */
interface Ends {
  slabs: [anchor: number, moving: number];
  rows: [anchor: number, moving: number] | null;
}

/** The key handler: arrows select, with Shift they extend, Escape takes everything; where that is taken it is the page's. */
export function useArrows(spec: CubeSpec, isWhole: boolean, onSelect: CubeGestures['onSelect']) {
  const ends = useRef<Ends | null>(null);
  return (event: KeyboardEvent): void => {
    const step = arrowStep(event.key);
    if (event.key === 'Escape' && !isWhole) {
      ends.current = null;
      onSelect(null);
    } else if (step) {
      ends.current = moved(ends.current ?? endsOf(spec), {...step, extends: event.shiftKey}, spec);
      const {slabs, rows} = ends.current;
      onSelect({slabs: spanOf(...slabs), rows: rows && spanOf(...rows)});
    } else return;
    claim(event);
  };
}

/** Start of the arrow keys: the cut, or before the first slab. */
function endsOf({cuts}: CubeSpec): Ends {
  const [first, last] = [cuts[0]?.slab ?? -1, cuts.at(-1)?.slab ?? -1];
  return {slabs: cuts.length === 1 ? [first, last] : [-1, -1], rows: null};
}

function moved(
  {slabs, rows}: Ends,
  {right, down, extends: isExtended}: ArrowStep & {extends: boolean},
  spec: CubeSpec,
): Ends {
  const limit = (at: number, count: number): number => Math.min(count - 1, Math.max(0, at));
  const shifted = (pair: [number, number], count: number): [number, number] => {
    const moving = limit(pair[1] + right + down, count);
    return [isExtended ? limit(pair[0], count) : moving, moving];
  };
  if (right !== 0) return {slabs: shifted(slabs, spec.slabs.length), rows};
  const at = limit(slabs[1], spec.slabs.length);
  const count = spec.slabs[at]?.rows ?? 1;
  return {slabs: slabs[0] < 0 ? [at, at] : slabs, rows: shifted(rows ?? [-1, -1], count)};
}
