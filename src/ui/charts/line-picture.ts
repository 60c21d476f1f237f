import uPlot from 'uplot';
import {lineData, lineOptions} from './line-options.js';
import type {LineSpec} from './line-spec.js';
import type {Theme} from './palette.js';

/**
 * Draws a line chart off the page, for a picture file.
 *
 * @param size - CSS pixels, and device pixels per CSS pixel.
 */
export function linePicture(
  spec: LineSpec,
  theme: Theme,
  size: {width: number; height: number; ratio: number},
): Promise<HTMLCanvasElement> {
  return new Promise(resolve => {
    // uPlot draws at the screen's ratio; the rest is made up for by drawing everything larger.
    const scale = size.ratio / window.devicePixelRatio;
    const options = lineOptions(spec, theme, {...size, scale});
    const drawn = (chart: uPlot): void => {
      const {canvas} = chart.ctx;
      const copy = document.createElement('canvas');
      copy.width = canvas.width;
      copy.height = canvas.height;
      copy.getContext('2d')?.drawImage(canvas, 0, 0);
      queueMicrotask(() => chart.destroy());
      resolve(copy);
    };
    const hooks = {draw: [...(options.hooks?.draw ?? []), drawn]};
    new uPlot({...options, hooks}, lineData(spec), document.createElement('div'));
  });
}
