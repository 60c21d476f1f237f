import {useMemo} from 'preact/hooks';
import * as styles from './sparkline.module.css';

export interface SparklineProps {
  /** One per place, evenly spaced; null is a gap. */
  values: readonly (number | null)[];
  /** The value at the upper edge; the lower one is 0. */
  top: number;
  /** The place that is marked; -1 is none. */
  marked: number;
}

/** CSS pixels; the style sheet has the same numbers. */
const size = {width: 48, height: 18, inset: 2};

/** A line without axes, with a dot where the clock is. */
export function Sparkline({values, top, marked}: SparklineProps) {
  const {width, height, inset} = size;
  const x = (i: number): number =>
    values.length < 2 ? width / 2 : inset + (i / (values.length - 1)) * (width - 2 * inset);
  const y = (value: number): number => height - inset - (top > 0 ? value / top : 0) * (height - 2 * inset);
  const path = useMemo(() => {
    let drawn = '';
    values.forEach((value, i) => {
      if (value === null) return;
      const isStart = i === 0 || (values[i - 1] ?? null) === null;
      drawn += `${isStart ? 'M' : 'L'}${x(i).toFixed(1)} ${y(value).toFixed(1)}`;
    });
    return drawn;
  }, [values, top]);
  const value = values[marked] ?? null;
  return (
    <svg class={styles.root} viewBox={`0 0 ${width} ${height}`} aria-hidden="true" focusable="false">
      <line class={styles.base} x1={inset} x2={width - inset} y1={height - inset} y2={height - inset} />
      <path d={path} />
      {value !== null && <circle cx={x(marked)} cy={y(value)} r="2" />}
    </svg>
  );
}
