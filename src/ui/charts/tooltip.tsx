import {signal} from '@preact/signals';
import {useLayoutEffect, useRef} from 'preact/hooks';
import * as styles from './tooltip.module.css';

/** Content of a tooltip: the name of the item, then exact values. */
export interface Tip {
  /** Position of the pointer, CSS pixels in the window. */
  x: number;
  y: number;
  title: string;
  lines: {label: string; value: string; colour?: string; strong?: boolean}[];
}

/** The one tooltip of the page. */
export const tip = signal<Tip | null>(null);

/** Distance from the pointer, and from the window's edges, in CSS pixels. */
const gap = 14;

/** Shows the tooltip next to the pointer, on the side with enough room. */
export function Tooltip() {
  const box = useRef<HTMLDivElement>(null);
  const shown = tip.value;
  useLayoutEffect(() => {
    const element = box.current;
    if (!element || !shown) return;
    const {width, height} = element.getBoundingClientRect();
    const right = shown.x + gap + width + gap < window.innerWidth;
    const left = right ? shown.x + gap : shown.x - gap - width;
    const top = Math.min(shown.y + gap, window.innerHeight - height - gap);
    element.style.transform = `translate(${Math.max(gap, left)}px, ${Math.max(gap, top)}px)`;
  }, [shown]);
  if (!shown) return null;
  return (
    <div class={styles.root} ref={box} role="presentation">
      <div class={styles.title}>{shown.title}</div>
      {shown.lines.map(line => (
        <div class={line.strong ? `${styles.line} ${styles.strong}` : styles.line} key={line.label}>
          {line.colour && <span class="swatch" style={{backgroundColor: line.colour}} />}
          <span class={styles.label}>{line.label}</span>
          <span class={styles.value}>{line.value}</span>
        </div>
      ))}
    </div>
  );
}
