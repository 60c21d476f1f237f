import {
  oklabToRgb,
  parseHex,
  rgbToOklab,
  sequentialStops,
  toHex,
  type ThemeName,
} from '../../shared/index.js';

/** Colours of one theme; also the CSS variables of the page, e.g. `inkSoft` as `--ink-soft`. */
export interface Theme {
  name: ThemeName;
  page: string;
  panel: string;
  /** Hover and pressed surfaces. */
  raised: string;
  line: string;
  lineStrong: string;
  ink: string;
  inkSoft: string;
  inkFaint: string;
  /** The one accent: selection, focus, the current epoch. */
  accent: string;
  accentSoft: string;
  onAccent: string;
  warning: string;
  /** A run that is training now. */
  live: string;
  /** What a surface above the page throws on it, and what a dialog lays over it. */
  shade: string;
  backdrop: string;
  /** Ten class colours, held apart also under simulated colour blindness. */
  classes: readonly string[];
  /** Six colours for runs side by side; the first is the primary run's. */
  runs: readonly string[];
  /** Stops of the one sequential scale, from little to much. */
  scale: readonly string[];
}

export const light: Theme = {
  name: 'light',
  page: '#f4f5f7',
  panel: '#ffffff',
  raised: '#eef0f3',
  line: '#e2e5ea',
  lineStrong: '#c3c9d2',
  ink: '#181b20',
  inkSoft: '#474d58',
  inkFaint: '#646b77',
  accent: '#1d63d8',
  accentSoft: '#e3edfd',
  onAccent: '#ffffff',
  warning: '#9a4a00',
  live: '#1e9e5a',
  shade: 'rgb(0 0 0 / 14%)',
  backdrop: 'rgb(8 12 18 / 45%)',
  classes: [
    '#4481c2',
    '#fd8100',
    '#922718',
    '#516d6b',
    '#8303af',
    '#c99683',
    '#fa2b15',
    '#7d8354',
    '#4a4b61',
    '#24afcc',
  ],
  runs: ['#2b5fa8', '#c2571a', '#1f8a70', '#8a4fb0', '#a08a10', '#7a7f88'],
  scale: sequentialStops.light,
};

export const dark: Theme = {
  name: 'dark',
  page: '#0e1115',
  panel: '#161a20',
  raised: '#212730',
  line: '#262c35',
  lineStrong: '#3d4653',
  ink: '#e8ebf0',
  inkSoft: '#b3bac5',
  inkFaint: '#8e97a5',
  accent: '#6aa8ff',
  accentSoft: '#1b2c47',
  onAccent: '#0b1220',
  warning: '#f0b060',
  live: '#1e9e5a',
  shade: 'rgb(0 0 0 / 14%)',
  backdrop: 'rgb(8 12 18 / 45%)',
  classes: [
    '#3c77b6',
    '#fbb905',
    '#ec0004',
    '#adbeb8',
    '#c764ff',
    '#916868',
    '#f48055',
    '#dce5a6',
    '#8797ab',
    '#8cefff',
  ],
  runs: ['#6ea6ee', '#f09a5c', '#4fc3a5', '#c091e6', '#d3bd4a', '#a3a9b3'],
  scale: sequentialStops.dark,
};

/** Text over a light colour and over a dark one, in both themes. */
export const overLight = '#10151d';
export const overDark = '#ffffff';

/** The theme called `name`. */
export function themeOf(name: ThemeName): Theme {
  return name === 'dark' ? dark : light;
}

/** The colour of class `index`: the ten of the theme, then the same hues in lighter and darker shades. */
export function classColour(theme: Theme, index: number): string {
  const base = theme.classes[index % theme.classes.length] ?? theme.ink;
  const group = Math.floor(index / theme.classes.length);
  if (group === 0) return base;
  const [lightness, a, b] = rgbToOklab(parseHex(base));
  const shift = (group % 2 === 1 ? 0.14 : -0.14) * Math.ceil(group / 2);
  return toHex(oklabToRgb([Math.min(0.95, Math.max(0.25, lightness + shift)), a, b]));
}

/** The colour of the run at `position` in the selection. */
export function runColour(theme: Theme, position: number): string {
  return theme.runs[position % theme.runs.length] ?? theme.ink;
}
