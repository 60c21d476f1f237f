import {useCallback, useLayoutEffect, useRef} from 'preact/hooks';
import {paintCanvas, type Pen} from './canvas.js';
import {GridCanvas, type GridPoint} from './grid-canvas.js';
import type {GridCell, GridLayout, GridPlace} from './grid-layout.js';
import {heatmapBelow, heatmapRoom, paintAlong, paintProfiles, type HeatmapSpec} from './heatmap-spec.js';
import type {Theme} from './palette.js';
import * as styles from './heatmap.module.css';

export interface HeatmapProps {
  label: string;
  /** Size of the raster, CSS pixels. */
  tallest: number;
  spec: HeatmapSpec;
  theme: Theme;
  selected: GridCell | null;
  pinned: readonly GridCell[];
  /** Describes a cell in words. */
  describe: (cell: GridCell) => string;
  /** Beside the raster a row or a column is meant alone. */
  onHover: (at: GridPoint | null) => void;
  onPick: (cell: GridCell) => void;
  /** Names of the orders of rows and columns, and the action of a click on their bars. */
  orders: Record<Side, {name: string; onNext: () => void}>;
}

/** Rows have their bars at the right, columns below. */
type Side = 'rows' | 'columns';

/** Maximum height of the raster next to other panels, CSS pixels. */
export const tallestHeatmap = 448;

/** Draws a heatmap: a grid with bars along it, which are profiles where a cell is pointed at, and orders to sort by. */
export function Heatmap({tallest, orders, ...props}: HeatmapProps) {
  const {spec, theme} = props;
  const along = useCallback(
    (context: Pen, layout: GridLayout) => paintAlong(context, spec, layout, theme),
    [spec, theme],
  );
  return (
    <div class={styles.root}>
      <GridCanvas
        {...props}
        room={heatmapRoom(tallest)}
        below={heatmapBelow}
        paintAlong={along}
        onPickLine={line => ('row' in line ? orders.rows : orders.columns).onNext()}
      >
        {(layout, height, at) => (
          <>
            <Profiles {...{spec, theme, layout, height, at}} />
            {(['rows', 'columns'] as const).map(side => (
              <SortHandle key={side} side={side} {...orders[side]} layout={layout} />
            ))}
          </>
        )}
      </GridCanvas>
    </div>
  );
}

interface ProfilesProps {
  at: GridPlace | null;
  spec: HeatmapSpec;
  theme: Theme;
  layout: GridLayout;
  height: number;
}

/** The profiles of the row and column at a place, over the bars. */
function Profiles({at, spec, theme, layout, height}: ProfilesProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const width = layout.left + layout.width + heatmapBelow;
  useLayoutEffect(() => {
    if (!canvas.current || !at) return;
    paintCanvas(canvas.current, {
      ...{width, height, ratio: layout.ratio},
      paint: context => paintProfiles(context, spec, layout, at, theme),
    });
  }, [at?.row, at?.column, spec, theme, layout, height]);
  return at && <canvas class={styles.profiles} ref={canvas} aria-hidden="true" />;
}

interface SortHandleProps {
  side: Side;
  name: string;
  onNext: () => void;
  layout: GridLayout;
}

/** The name of an order at the end of its bars; a click goes to the next one. */
function SortHandle({side, name, onNext, layout}: SortHandleProps) {
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
