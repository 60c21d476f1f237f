import {useSignalEffect, type ReadonlySignal} from '@preact/signals';
import {useEffect, useLayoutEffect, useRef} from 'preact/hooks';
import uPlot from 'uplot';
import './uplot.css';
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
  const indexAt = (event: MouseEvent): number => nearestIndex(spec.x, plot.posToVal(event.offsetX, 'x'));
  const move = (event: PointerEvent): void => {
    const index = indexAt(event);
    if (index >= 0)
      onHover({index, x: spec.x[index] ?? 0, series: nearestLine(plot, spec, index, event.offsetY), event});
  };
  const leave = (): void => onHover(null);
  const pick = (event: MouseEvent): void => {
    const x = spec.x[indexAt(event)];
    if (x !== undefined) onPick(x);
  };
  plot.over.addEventListener('pointermove', move);
  plot.over.addEventListener('pointerleave', leave);
  plot.over.addEventListener('click', pick);
  return () => {
    plot.over.removeEventListener('pointermove', move);
    plot.over.removeEventListener('pointerleave', leave);
    plot.over.removeEventListener('click', pick);
  };
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
