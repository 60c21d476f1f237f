import {useSignalEffect, type ReadonlySignal} from '@preact/signals';
import {useEffect, useLayoutEffect, useRef} from 'preact/hooks';
import uPlot from 'uplot';
import './uplot.css';
import {laneHeight, laneLine} from './line-marks.js';
import {lineData, lineOptions} from './line-options.js';
import {nearestIndex, type LineSpec} from './line-spec.js';
import type {Theme} from './palette.js';
import * as styles from './line-chart.module.css';

/** The hovered point: its x, and the line that is nearest in height. */
export interface LinePoint {
  index: number;
  x: number;
  /** -1 where no line has a value at this x. */
  series: number;
  /** In the lane of marks above the plot; `series` is then a line without a value. */
  isLane: boolean;
  event: PointerEvent;
}

export interface LineChartProps {
  /** Text alternative of the chart. */
  label: string;
  spec: LineSpec;
  theme: Theme;
  /** CSS pixels; the width is that of the container. */
  height: number;
  /** The x of the clock, and the x under the pointer in any chart. */
  current: ReadonlySignal<number | null>;
  hovered: ReadonlySignal<number | null>;
  onHover: (point: LinePoint | null) => void;
  onPick: (x: number) => void;
}

/** Lines over a shared x axis, drawn by uPlot; the two cursors are ours, so that they span every chart. */
export function LineChart({label, spec, theme, height, current, hovered, onHover, onPick}: LineChartProps) {
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | null>(null);
  const cursors = useRef<{current: HTMLElement; hovered: HTMLElement} | null>(null);

  const place = (which: 'current' | 'hovered', x: number | null): void => {
    const line = cursors.current?.[which];
    if (!line || !chart.current) return;
    line.hidden = x === null || !spec.x.includes(x);
    if (x !== null) line.style.left = `${chart.current.valToPos(x, 'x')}px`;
  };

  useLayoutEffect(() => {
    const element = host.current;
    if (!element) return;
    const size = {width: Math.max(80, element.clientWidth), height};
    const plot = new uPlot(lineOptions(spec, theme, size), lineData(spec), element);
    chart.current = plot;
    cursors.current = {
      current: cursorLine(plot, styles.current),
      hovered: cursorLine(plot, styles.hovered),
    };
    const placeBoth = (): void => {
      place('current', current.peek());
      place('hovered', hovered.peek());
    };
    // uPlot lays its axes out in a microtask; positions are right after the first drawing.
    plot.hooks.draw?.push(placeBoth);
    const stop = listen(plot, spec, {onHover, onPick});
    return () => {
      stop();
      plot.destroy();
      chart.current = null;
    };
  }, [spec, theme, height]);

  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      const plot = chart.current;
      if (plot && element.clientWidth > 0 && plot.width !== element.clientWidth) {
        plot.setSize({width: element.clientWidth, height});
      }
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [height]);

  useSignalEffect(() => place('current', current.value));
  useSignalEffect(() => place('hovered', hovered.value));

  return <div class={styles.root} ref={host} role="img" aria-label={label} style={{height: `${height}px`}} />;
}

function cursorLine(plot: uPlot, className: string): HTMLElement {
  const line = document.createElement('div');
  line.className = className;
  line.hidden = true;
  plot.over.append(line);
  return line;
}

function listen(
  plot: uPlot,
  spec: LineSpec,
  {onHover, onPick}: Pick<LineChartProps, 'onHover' | 'onPick'>,
): () => void {
  /** The place of a pointer in the plot, or in the lane above it; null elsewhere. */
  const pointAt = (event: MouseEvent): Omit<LinePoint, 'event'> | null => {
    const {left, top, width, height} = plot.over.getBoundingClientRect();
    const [x, y] = [event.clientX - left, event.clientY - top];
    const room = laneHeight(spec);
    const index = nearestIndex(spec.x, plot.posToVal(x, 'x'));
    if (index < 0 || x < 0 || x > width || y < -room || y > height) return null;
    const isLane = y < 0;
    const series = isLane ? laneLineAt(spec, index, y + room) : nearestLine(plot, spec, index, y);
    return {index, x: spec.x[index] ?? 0, series, isLane};
  };
  const move = (event: PointerEvent): void => {
    const point = pointAt(event);
    onHover(point && {...point, event});
  };
  const leave = (): void => onHover(null);
  const pick = (event: MouseEvent): void => {
    const point = pointAt(event);
    if (point) onPick(point.x);
  };
  plot.root.addEventListener('pointermove', move);
  plot.root.addEventListener('pointerleave', leave);
  plot.root.addEventListener('click', pick);
  return () => {
    plot.root.removeEventListener('pointermove', move);
    plot.root.removeEventListener('pointerleave', leave);
    plot.root.removeEventListener('click', pick);
  };
}

/** The line whose mark is at a place of the lane; -1 where there is none, or all share one. */
function laneLineAt(spec: LineSpec, index: number, y: number): number {
  const series = laneLine(spec, y);
  return spec.marks?.some(mark => mark.series === series && mark.index === index) ? series : -1;
}

function nearestLine(plot: uPlot, spec: LineSpec, index: number, top: number): number {
  let nearest = -1;
  let distance = Infinity;
  spec.series.forEach((line, i) => {
    const value = line.values[index] ?? null;
    if (value === null) return;
    const away = Math.abs(plot.valToPos(value, 'y') - top);
    if (away < distance) {
      distance = away;
      nearest = i;
    }
  });
  return nearest;
}
