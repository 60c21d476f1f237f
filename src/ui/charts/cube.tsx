import {useLayoutEffect, useMemo, useRef} from 'preact/hooks';
import {useArrows, useDrag, type CubeGestures} from './cube-gestures.js';
import {
  cubeBox,
  cubeLayout,
  cubeWidth,
  depthLines,
  rowLines,
  rowTicks,
  rowTop,
  slabLeft,
  type CubeLayout,
  type CubeSpec,
} from './cube-spec.js';
import {useSize} from './use-size.js';
import * as styles from './cube.module.css';

export interface CubeProps extends CubeGestures {
  /** Text alternative of the drawing. */
  label: string;
  spec: CubeSpec;
  /** The current selection, in words. */
  words: string;
  /** Everything is. */
  isWhole: boolean;
}

/**
 * Draws slabs in a slanted projection, with the selected part in colour. A drag along them selects slabs, one that goes up
 * or down too selects rows of theirs; with the keyboard the arrows move, and with Shift they extend.
 */
export function Cube({label, spec, words, isWhole, onHover, onSelect, onPick}: CubeProps) {
  const host = useRef<HTMLDivElement>(null);
  const {width: room, height} = useSize(host);
  const width = room > 0 ? cubeWidth(spec, room) : 0;
  const layout = useMemo(() => cubeLayout(spec, width, height), [spec, width, height]);
  const drawing = useMemo(() => <Drawing layout={layout} spec={spec} {...{width, height}} />, [layout, spec]);
  useLayoutEffect(() => {
    const shown = spec.mark ? [spec.mark.slab] : spec.cuts.map(({slab}) => slab);
    scrollToSlab(host.current, layout, shown);
  }, [layout, spec]);
  const drag = useDrag(layout, {onHover, onSelect, onPick});
  const press = useArrows(spec, isWhole, onSelect);
  return (
    <div
      class={styles.root}
      ref={host}
      role="application"
      tabIndex={0}
      aria-label={`${label}. Arrow keys move, with Shift they extend, Escape takes everything.`}
      onKeyDown={press}
      {...drag}
    >
      {width > 0 && drawing}
      <span class="visually-hidden" role="status">
        {words}
      </span>
    </div>
  );
}

/** Brings the first of some slabs into sight where none of them is. */
function scrollToSlab(element: HTMLElement | null, layout: CubeLayout, slabs: readonly number[]): void {
  if (!element || slabs.length === 0) return;
  const {scrollLeft, clientWidth} = element;
  const lefts = slabs.map(slab => slabLeft(layout, slab));
  if (lefts.some(left => left >= scrollLeft && left + layout.pitch <= scrollLeft + clientWidth)) return;
  element.scrollLeft = Math.min(...lefts) - clientWidth / 3;
}

function Drawing({
  layout,
  spec,
  width,
  height,
}: {
  layout: CubeLayout;
  spec: CubeSpec;
  width: number;
  height: number;
}) {
  return (
    <svg
      class={layout.pitch < 5 ? styles.dense : undefined}
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
  );
}

function Slab({layout, spec, slab}: {layout: CubeLayout; spec: CubeSpec; slab: number}) {
  const rows = spec.slabs[slab]?.rows ?? 1;
  const box = cubeBox(layout, slab, [0, rows]);
  const cut = spec.cuts.find(other => other.slab === slab);
  const {mark} = spec;
  return (
    <g class={styles.slab} data-in-cut={cut ? '' : undefined}>
      <path class={styles.slabSide} d={box.side} />
      <path class={styles.slabTop} d={box.top} />
      <path class={styles.slabFront} d={box.front} />
      <path
        class={styles.slabLines}
        d={rowLines(layout, slab, rows) + depthLines(layout, slab, spec.depths)}
      />
      {(cut?.rows ?? (cut ? [{from: 0, to: rows - 1}] : [])).flatMap(row =>
        cut?.depths
          // The far parts first, so that the near ones are drawn over them.
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
          class={styles.slabMark}
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
    <g class={styles.cut}>
      <path class={styles.cutSide} d={box.side} />
      <path class={styles.cutTop} d={box.top} />
      <path class={styles.cutFront} d={box.front} />
    </g>
  );
}

/** Row numbers at the left, slab numbers below. */
function Axis({layout, spec}: {layout: CubeLayout; spec: CubeSpec}) {
  const bottom = layout.top + layout.height;
  const longest = Math.max(0, ...spec.slabs.map(({label}) => label.length));
  const every = Math.ceil((8 + 6 * longest) / layout.pitch);
  return (
    <g class={styles.axis}>
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
