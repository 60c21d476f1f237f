/** The values of a line, one per x: null is a gap, undefined an x that is not the line's own, which it passes over. */
export type LineValues = readonly (number | null | undefined)[];

/** One line of a chart. */
export interface LineSeries {
  label: string;
  colour: string;
  /** Drawn in front and stronger, or behind and faint; plain where left out. */
  emphasis?: 'strong' | 'faint';
  dashed?: boolean;
  /** One of many without its own colour: thinner, and behind those that have one. */
  isRest?: boolean;
  values: LineValues;
  /** The values before smoothing: drawn behind all lines, thin and faint. */
  raw?: LineValues;
}

/** A chart of lines over one x axis. */
export interface LineSpec {
  /** Ascending. */
  x: number[];
  /** Null leaves the labels of the x axis out, for a chart above another. */
  xLabel: string | null;
  yLabel: string;
  /** Fixed y scale; fitted to the lines where left out. */
  yDomain?: [number, number];
  series: LineSeries[];
  /** Points without a value: they are marked in their own lane above the plot. Absent: no lane. */
  marks?: {series: number; index: number}[];
  /** The lines are named at their ends, for charts without a legend. */
  endLabels?: boolean;
  /** A band between two lines, behind everything. */
  band?: {lower: (number | null)[]; upper: (number | null)[]; colour: string};
}

/** `dash` is empty for a solid line; lengths in CSS pixels. */
export interface LineStyle {
  colour: string;
  width: number;
  dash: number[];
}

/** The lines from the one behind all others to the one in front of them. */
export function backToFront(series: readonly LineSeries[]): LineSeries[] {
  const depth = ({emphasis, isRest}: LineSeries): number =>
    emphasis === 'strong' ? 3 : emphasis === 'faint' ? 0 : isRest ? 1 : 2;
  return [...series].sort((a, b) => depth(a) - depth(b));
}

/** How a line is drawn. */
export function lineStyle({colour, emphasis, dashed, isRest}: LineSeries): LineStyle {
  return {
    colour: emphasis === 'faint' ? `${colour}40` : colour,
    width: emphasis === 'strong' ? 2.5 : isRest ? 1 : 1.5,
    dash: dashed ? [5, 4] : [],
  };
}

/** How the values before smoothing are drawn. */
export function rawStyle({colour, emphasis, dashed}: LineSeries): LineStyle {
  return {colour: `${colour}${emphasis === 'faint' ? '20' : '48'}`, width: 1, dash: dashed ? [5, 4] : []};
}

/** The x axis from the first to the last x, with a margin; a single x is in the middle. */
export function xDomain({x}: LineSpec): [number, number] {
  const first = x[0] ?? 0;
  const last = x.at(-1) ?? 0;
  const margin = first === last ? 1 : (last - first) * 0.02;
  return [first - margin, last + margin];
}

/** The fixed y scale, or one that holds all lines and the band. */
export function yDomainOf({yDomain, series, band}: LineSpec): [number, number] {
  if (yDomain) return yDomain;
  const drawn = [
    ...series.flatMap(({values, raw}) => [values, raw ?? []]),
    band?.lower ?? [],
    band?.upper ?? [],
  ];
  const values = drawn.flatMap(list => list.filter(value => value !== null && value !== undefined));
  return values.length === 0 ? [0, 1] : yRange(Math.min(...values), Math.max(...values));
}

/** A y scale with a margin around its values; a flat line is in the middle. */
export function yRange(low: number | null, high: number | null): [number, number] {
  if (low === null || high === null) return [0, 1];
  const span = high - low;
  if (span === 0) return [low - 0.5, high + 0.5];
  return [low >= 0 && low < span * 0.5 ? 0 : low - span * 0.06, high + span * 0.06];
}

/** The index of the x nearest to a position on the axis; -1 for an empty axis. */
export function nearestIndex(x: readonly number[], position: number): number {
  let nearest = -1;
  for (let i = 0; i < x.length; i++) {
    const value = x[i] ?? 0;
    if (nearest < 0 || Math.abs(value - position) < Math.abs((x[nearest] ?? 0) - position)) nearest = i;
  }
  return nearest;
}

/** Indices whose neighbours are both gaps or ends: a line shows nothing there, so they need a point. */
export function isolatedPoints(values: LineValues): number[] {
  const own = [...values.keys()].filter(i => values[i] !== undefined);
  const isGap = (at: number): boolean => (values[own[at] ?? -1] ?? null) === null;
  return own.filter((_, at) => !isGap(at) && isGap(at - 1) && isGap(at + 1));
}
