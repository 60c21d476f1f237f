import {sequentialStops, type ThemeName} from '../../shared/index.js';

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
  /** Ten class colours, held apart also under simulated colour blindness; the same hues in the same order in both themes. */
  classes: readonly string[];
  /** Colours of runs side by side, by the places of `runSlots`. */
  runs: readonly string[];
  /** Grey of the classes and runs beyond those that have a colour. */
  rest: string;
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
    '#174de9',
    '#ec5973',
    '#6c8d10',
    '#640d80',
    '#0197b4',
    '#791a0d',
    '#6f5900',
    '#a96afc',
    '#0c4c4d',
    '#a509ab',
  ],
  runs: ['#0c8dbb', '#bc7f14', '#0e764b', '#eb3590', '#8453f5', '#7e1604', '#034865', '#6310a4'],
  rest: '#7d838c',
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
    '#a8bdff',
    '#feaeb9',
    '#acfd43',
    '#815f95',
    '#04a5bf',
    '#e25b5b',
    '#c0aa08',
    '#a782fd',
    '#66fffe',
    '#b13bd1',
  ],
  runs: ['#11c6fc', '#feca73', '#3ab363', '#fe8abc', '#746497', '#b7413c', '#cbeafe', '#ae68fd'],
  rest: '#868e9a',
  scale: sequentialStops.dark,
};

/** Text over a light colour and over a dark one, in both themes. */
export const overLight = '#10151d';
export const overDark = '#ffffff';

/** The theme called `name`. */
export function themeOf(name: ThemeName): Theme {
  return name === 'dark' ? dark : light;
}

/**
 * The colour of class `index`, whatever is shown and in which order. A theme has ten; further classes share the grey of
 * the rest rather than repeat a colour, and their names tell them apart.
 */
export function classColour(theme: Theme, index: number): string {
  return theme.classes[index] ?? theme.rest;
}

/** The colour of a run by its place in the palette, of `runSlots`; null, without one, is the grey of the rest. */
export function runColour(theme: Theme, slot: number | null): string {
  return (slot === null ? undefined : theme.runs[slot]) ?? theme.rest;
}

/**
 * Colours of a few classes next to one another: each its own, and those of the rest, which share a grey, in as many inks
 * as they are.
 */
export function colourOfCompared(theme: Theme, index: number, compared: readonly number[]): string {
  const own = theme.classes[index];
  if (own !== undefined) return own;
  const among = compared.filter(other => theme.classes[other] === undefined).indexOf(index);
  return [theme.rest, theme.ink, theme.accent][among] ?? theme.rest;
}
