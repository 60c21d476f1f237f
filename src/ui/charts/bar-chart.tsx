import {useMemo} from 'preact/hooks';
import {barPaint, placeBars, type BarSpec} from './bar-spec.js';
import {Canvas} from './canvas.js';
import type {Theme} from './palette.js';

export interface BarChartProps {
  label: string;
  spec: BarSpec;
  theme: Theme;
  height: number;
  onHover: (at: {group: number; bar: number; event: PointerEvent} | null) => void;
  onPick: (at: {group: number; bar: number}) => void;
}

/** Bars in groups, with their ceilings. */
export function BarChart({label, spec, theme, height, onHover, onPick}: BarChartProps) {
  const paint = useMemo(() => barPaint(spec, theme), [spec, theme]);
  const barAt = (x: number, width: number) =>
    placeBars(spec, width).find(bar => x >= bar.x - 2 && x <= bar.x + bar.width + 2);
  return (
    <Canvas
      label={label}
      height={height}
      paint={paint}
      onPoint={at => {
        const bar = at && barAt(at.x, at.width);
        onHover(bar ? {group: bar.group, bar: bar.bar, event: at.event} : null);
      }}
      onPick={at => {
        const bar = barAt(at.x, at.width);
        if (bar) onPick(bar);
      }}
    />
  );
}
