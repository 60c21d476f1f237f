import type {Grid} from '../../shared/index.js';
import {useLayoutEffect, useRef} from 'preact/hooks';
import {heatmapRaster} from './heatmap-spec.js';
import type {Theme} from './palette.js';
import * as styles from './small-heatmap.module.css';

/** A heatmap of one pixel a cell, which the style sheet makes as large as it wants. */
export function SmallHeatmap({label, grid, theme}: {label: string; grid: Grid; theme: Theme}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const element = canvas.current;
    if (!element || grid.rows === 0) return;
    element.width = grid.columns;
    element.height = grid.rows;
    element.getContext('2d')?.drawImage(heatmapRaster(grid, theme), 0, 0);
  }, [grid, theme]);
  return <canvas class={styles.root} ref={canvas} role="img" aria-label={label} />;
}
