/** One line of a chart. */
export interface LineSeries {
  label: string;
  colour: string;
  /** Drawn in front and stronger, or behind and faint; plain where left out. */
  emphasis?: 'strong' | 'faint';
  dashed?: boolean;
  /** One per x; null is a gap. */
  values: (number | null)[];
}

/** A chart of lines over one x axis. */
export interface LineSpec {
  /** Ascending. */
  x: number[];
  /** Null leaves the labels of the x axis out, for a chart that stands above another. */
  xLabel: string | null;
  yLabel: string;
  /** Fixed y scale; fitted to the lines where left out. */
  yDomain?: [number, number];
  series: LineSeries[];
  /** Points without a value that are marked by a hollow circle at the top. */
  marks?: {series: number; index: number}[];
  /** A band between two lines, behind everything. */
  band?: {lower: (number | null)[]; upper: (number | null)[]; colour: string};
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
export function isolatedPoints(values: readonly (number | null)[]): number[] {
  const isGap = (value: number | null | undefined): boolean => value === null || value === undefined;
  return values.flatMap((value, i) =>
    !isGap(value) && isGap(values[i - 1]) && isGap(values[i + 1]) ? [i] : [],
  );
}
