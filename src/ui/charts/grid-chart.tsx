import {GridCanvas, type GridPoint} from './grid-canvas.js';
import type {GridCell} from './grid-layout.js';
import type {GridSpec} from './grid-paint.js';
import type {Theme} from './palette.js';

export interface GridChartProps {
  /** Text alternative of the grid. */
  label: string;
  spec: GridSpec;
  theme: Theme;
  /** Height of the cells, CSS pixels; the width is that of the container. */
  height: number;
  /** Describes a cell in words. */
  describe: (cell: GridCell) => string;
  onHover: (at: GridPoint | null) => void;
}

/** Numbers in two directions as colours, the cells stretched to fill the width. */
export function GridChart({height, ...props}: GridChartProps) {
  return <GridCanvas {...props} room={{tallest: height, cell: null}} />;
}
