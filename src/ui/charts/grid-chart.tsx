import {useMemo} from 'preact/hooks';
import {Canvas} from './canvas.js';
import {gridCellAt, gridPaint, type GridSpec} from './grid-spec.js';
import type {Theme} from './palette.js';

export interface GridChartProps {
  /** Text alternative of the grid. */
  label: string;
  spec: GridSpec;
  theme: Theme;
  /** CSS pixels; the width is that of the container. */
  height: number;
  onHover: (at: {row: number; column: number; x: number; y: number} | null) => void;
}

/** Numbers in two directions as colours. */
export function GridChart({label, spec, theme, height, onHover}: GridChartProps) {
  const paint = useMemo(() => gridPaint(spec, theme), [spec, theme]);
  return (
    <Canvas
      label={label}
      height={height}
      paint={paint}
      onPoint={at => {
        const cell = at && gridCellAt(spec, at, {width: at.width, height});
        onHover(at && cell && {...cell, x: at.event.clientX, y: at.event.clientY});
      }}
    />
  );
}
