import {scalePalette, type Theme} from './palette.js';

/** Stops of the one diverging scale: blue below 0, the page's own ground at 0, orange above. */
const stops = {
  light: ['#134b8a', '#7fb0dd', '#f4f4f2', '#eda36b', '#a33d06'],
  dark: ['#9ccbff', '#3f77b5', '#1d222a', '#b8662a', '#ffbe85'],
};

/** The diverging scale as 256 colours, three bytes each; the middle is 0. */
export function divergingPalette({name}: Theme): Uint8ClampedArray {
  return scalePalette(stops[name]);
}
