import {useEffect, useMemo, useRef, useState} from 'preact/hooks';
import {
  cubeAt,
  cubeBox,
  cubeLayout,
  depthLines,
  rowLines,
  rowTicks,
  rowTop,
  slabLeft,
  type CubeLayout,
  type CubeSpan,
  type CubeSpec,
} from './cube-spec.js';

/** Slabs, and rows in them; null rows are all. */
export interface CubeRange {
  slabs: CubeSpan;
  rows: CubeSpan | null;
}

export interface CubeProps {
  /** What the drawing shows, for those who cannot see it. */
  label: string;
  spec: CubeSpec;
  /** What is selected now, in words. */
  words: string;
  onHover: (at: {slab: number; row: number; x: number; y: number} | null) => void;
  /** A drag, while it goes on, or the arrow keys; null is everything. */
  onSelect: (range: CubeRange | null) => void;
  /** A click on a slab. */
  onPick: (slab: number) => void;
}

/** Less than this up or down, CSS pixels, and a drag means slabs alone. */
const flatDrag = 8;

/**
 * Slabs in a slanted projection, out of which a cut stands in colour. A drag along them selects slabs, one that goes up
 * or down too selects rows of theirs; with the keyboard the arrows move, and with Shift they extend.
 */
export function Cube({label, spec, words, onHover, onSelect, onPick}: CubeProps) {
  const host = useRef<HTMLDivElement>(null);
  const {width, height} = useSize(host);
  const layout = useMemo(() => cubeLayout(spec, width, height), [spec, width, height]);
  const drag = useDrag(layout, {onHover, onSelect, onPick});
  const press = useArrows(spec, onSelect);
  return (
    <div
      class="cube"
      ref={host}
      role="application"
      tabIndex={0}
      aria-label={`${label}. Arrow keys move, with Shift they extend, Escape takes everything.`}
      onKeyDown={press}
      {...drag}
    >
      {width > 0 && (
        <svg
          class={layout.pitch < 5 ? 'dense' : ''}
          width={width}
          height={height}
          aria-hidden="true"
          focusable="false"
        >
          <Axis layout={layout} spec={spec} />
          {spec.slabs.map((_, slab) => (
            <Slab key={slab} layout={layout} spec={spec} slab={slab} />
          ))}
        </svg>
      )}
      <span class="visually-hidden" role="status">
        {words}
      </span>
    </div>
  );
}

function Slab({layout, spec, slab}: {layout: CubeLayout; spec: CubeSpec; slab: number}) {
  const rows = spec.slabs[slab]?.rows ?? 1;
  const box = cubeBox(layout, slab, [0, rows]);
  const cut = spec.cuts.find(other => other.slab === slab);
  const {mark} = spec;
  return (
    <g class={cut ? 'slab in-cut' : 'slab'}>
      <path class="slab-side" d={box.side} />
      <path class="slab-top" d={box.top} />
      <path class="slab-front" d={box.front} />
      <path class="slab-lines" d={rowLines(layout, slab, rows) + depthLines(layout, slab, spec.depths)} />
      {(cut?.rows ?? (cut ? [{from: 0, to: rows - 1}] : [])).flatMap(row =>
        cut?.depths
          // The far parts first, so that the near ones stand before them.
          .toReversed()
          .map(depth => (
            <CutBox
              key={`${row.from} ${depth.from}`}
              layout={layout}
              slab={slab}
              rows={[row.from, Math.min(rows, row.to + 1)]}
              depths={[depth.from / spec.depths, (depth.to + 1) / spec.depths]}
            />
          )),
      )}
      {mark?.slab === slab && (
        <path
          class="slab-mark"
          d={`M${slabLeft(layout, slab) - 3} ${(rowTop(layout, mark.row) + rowTop(layout, mark.row + 1)) / 2}h${layout.front + 6}`}
        />
      )}
    </g>
  );
}

function CutBox({
  layout,
  slab,
  rows,
  depths,
}: {
  layout: CubeLayout;
  slab: number;
  rows: [number, number];
  depths: [number, number];
}) {
  const box = cubeBox(layout, slab, rows, depths);
  return (
    <g class="cut">
      <path class="cut-side" d={box.side} />
      <path class="cut-top" d={box.top} />
      <path class="cut-front" d={box.front} />
    </g>
  );
}

/** Row numbers at the left, slab numbers below. */
function Axis({layout, spec}: {layout: CubeLayout; spec: CubeSpec}) {
  const bottom = layout.top + layout.height;
  const longest = Math.max(0, ...spec.slabs.map(({label}) => label.length));
  const every = Math.ceil((8 + 6 * longest) / layout.pitch);
  return (
    <g class="cube-axis">
      {rowTicks(layout).map(row => (
        <text
          key={row}
          x={layout.left - 4}
          y={rowTop(layout, row)}
          text-anchor="end"
          dominant-baseline="middle"
        >
          {row}
        </text>
      ))}
      {spec.slabs.map(({label}, slab) =>
        slab % every === 0 ? (
          <text key={slab} x={slabLeft(layout, slab) + layout.front / 2} y={bottom + 13} text-anchor="middle">
            {label}
          </text>
        ) : null,
      )}
    </g>
  );
}

/** The style sheet says how high the drawing is. */
function useSize(host: {current: HTMLDivElement | null}): {width: number; height: number} {
  const [size, setSize] = useState({width: 0, height: 0});
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const observer = new ResizeObserver(() =>
      setSize({width: element.clientWidth, height: element.clientHeight}),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return size;
}

interface Point {
  x: number;
  y: number;
}

function useDrag(
  layout: CubeLayout,
  {onHover, onSelect, onPick}: Pick<CubeProps, 'onHover' | 'onSelect' | 'onPick'>,
) {
  const start = useRef<(Point & {moved: boolean}) | null>(null);
  const point = (event: PointerEvent): Point => {
    const {left, top} = (event.currentTarget as Element).getBoundingClientRect();
    return {x: event.clientX - left, y: event.clientY - top};
  };
  return {
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0) return;
      (event.currentTarget as Element).setPointerCapture(event.pointerId);
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
      onSelect({slabs: span(one.slab, other.slab), rows: isFlat ? null : span(one.row, other.row)});
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

function useArrows(spec: CubeSpec, onSelect: CubeProps['onSelect']) {
  const ends = useRef<Ends | null>(null);
  return (event: KeyboardEvent): void => {
    const step = {ArrowLeft: -1, ArrowRight: 1, ArrowUp: -1, ArrowDown: 1}[event.key];
    if (event.key === 'Escape') {
      ends.current = null;
      onSelect(null);
    } else if (step !== undefined) {
      const along = event.key === 'ArrowLeft' || event.key === 'ArrowRight';
      ends.current = moved(ends.current ?? endsOf(spec), {along, step, extends: event.shiftKey}, spec);
      const {slabs, rows} = ends.current;
      onSelect({slabs: span(...slabs), rows: rows && span(...rows)});
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
}

/** Where the arrows begin: at what is cut, else before the first slab. */
function endsOf({cuts}: CubeSpec): Ends {
  const [first, last] = [cuts[0]?.slab ?? -1, cuts.at(-1)?.slab ?? -1];
  return {slabs: cuts.length === 1 ? [first, last] : [-1, -1], rows: null};
}

function moved(
  {slabs, rows}: Ends,
  {along, step, extends: isExtended}: {along: boolean; step: number; extends: boolean},
  spec: CubeSpec,
): Ends {
  const limit = (at: number, count: number): number => Math.min(count - 1, Math.max(0, at));
  const shifted = (pair: [number, number], count: number): [number, number] => {
    const moving = limit(pair[1] + step, count);
    return [isExtended ? limit(pair[0], count) : moving, moving];
  };
  if (along) return {slabs: shifted(slabs, spec.slabs.length), rows};
  const at = limit(slabs[1], spec.slabs.length);
  const count = spec.slabs[at]?.rows ?? 1;
  return {slabs: slabs[0] < 0 ? [at, at] : slabs, rows: shifted(rows ?? [-1, -1], count)};
}

function span(one: number, other: number): CubeSpan {
  return {from: Math.min(one, other), to: Math.max(one, other)};
}
