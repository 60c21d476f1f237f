import {oklabToRgb, parseHex, rgbToOklab} from './oklab.js';

/** The two looks of a picture: on white, or on a dark page. */
export type ThemeName = 'light' | 'dark';

/** Stops of the one sequential scale, from little to much. */
export const sequentialStops: Readonly<Record<ThemeName, readonly string[]>> = {
  light: ['#f3f6f9', '#c3d7ea', '#83acd6', '#447dba', '#205290', '#0d2b57'],
  dark: ['#1b2027', '#20395a', '#2a5a92', '#4585c4', '#8ab8e2', '#e4f0fb'],
};

/** Stops of the one diverging scale: blue below 0, the page's own ground at 0, orange above. */
const divergingStops: Readonly<Record<ThemeName, readonly string[]>> = {
  light: ['#134b8a', '#7fb0dd', '#f4f4f2', '#eda36b', '#a33d06'],
  dark: ['#9ccbff', '#3f77b5', '#1d222a', '#b8662a', '#ffbe85'],
};

/** Stops of the scale on which less is brighter, in both themes: the polarity of the paper's capacity heatmaps. */
export function brightIsLittle(theme: ThemeName): readonly string[] {
  const stops = sequentialStops[theme];
  return theme === 'light' ? stops : stops.toReversed();
}

/** The diverging scale as 256 colours, three bytes each; the middle is 0. */
export function divergingPalette(theme: ThemeName): Uint8ClampedArray {
  return scalePalette(divergingStops[theme]);
}

/** There are few scales, and every picture asks for one. */
const palettes = new Map<string, Uint8ClampedArray>();

/**
 * A scale as a look-up table, interpolated in OKLab so that equal steps look equal.
 *
 * @param stops - At least two, `#rrggbb`.
 * @returns 256 colours, three bytes each; the same array for the same stops.
 */
export function scalePalette(stops: readonly string[]): Uint8ClampedArray {
  const key = stops.join();
  const palette = palettes.get(key) ?? makePalette(stops);
  palettes.set(key, palette);
  return palette;
}

function makePalette(stops: readonly string[]): Uint8ClampedArray {
  const colours = stops.map(stop => rgbToOklab(parseHex(stop)));
  const palette = new Uint8ClampedArray(256 * 3);
  for (let i = 0; i < 256; i++) {
    const at = (i / 255) * (colours.length - 1);
    const left = Math.min(colours.length - 2, Math.floor(at));
    const from = colours[left] ?? [0, 0, 0];
    const to = colours[left + 1] ?? from;
    const mix = (axis: 0 | 1 | 2): number => from[axis] + (to[axis] - from[axis]) * (at - left);
    palette.set(oklabToRgb([mix(0), mix(1), mix(2)]), i * 3);
  }
  return palette;
}
