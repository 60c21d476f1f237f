import type {IntraSampleOptions} from '../../metrics/index.js';
import type {IntraSampleQuery, LayerInfo} from '../../shared/index.js';
import type {Evaluation} from '../answer/evaluation.js';
import {NoSuchSlice} from '../slice/no-such-slice.js';

/** How the histograms are made. */
export interface Histograms {
  bins: number;
  /** For the metrics: one range over the run is a fixed one. */
  range: IntraSampleOptions['range'];
  /** As tables and answers name it. */
  rule: string;
}

/** A range rule as answers name it. */
export function rangeText(range: string | readonly [number, number]): string {
  return typeof range === 'string' ? range : range.join('..');
}

/** The histograms that a query asks for; what it leaves open is as captured. */
export async function histogramsFor(
  {run, captured}: Pick<Evaluation, 'run' | 'captured'>,
  layer: LayerInfo,
  {bins = run.info.options.bins, range = run.info.options.range}: IntraSampleQuery['options'],
): Promise<Histograms> {
  if (typeof range !== 'string') return {bins, range, rule: rangeText(range)};
  if (range !== 'run') return {bins, range, rule: range};
  const [lo, hi] = await extentOverRun(run, layer, captured);
  return {bins, range: [lo, hi], rule: `run ${lo}..${hi}`};
}

/** Smallest and largest activation of a layer over all finished epochs. */
async function extentOverRun(
  run: Evaluation['run'],
  {name}: LayerInfo,
  epochs: readonly number[],
): Promise<[lo: number, hi: number]> {
  const rows = (await run.table('layer_entropy', {layer: name, epochs})).filter(row => row.class === null);
  const lows = rows.map(({min}) => min).filter(min => min !== null);
  const highs = rows.map(({max}) => max).filter(max => max !== null);
  if (lows.length === 0) throw new NoSuchSlice(`Layer ${name} has no finite activation in any epoch.`);
  return [lows.reduce((a, b) => Math.min(a, b)), highs.reduce((a, b) => Math.max(a, b))];
}

/** Under the rule `layer` the range is that of all channels, also where only some are read. */
export async function rangeOfLayer(
  run: Evaluation['run'],
  {epoch, layer, range}: {epoch: number; layer: LayerInfo; range: Histograms['range']},
): Promise<Histograms['range']> {
  if (range !== 'layer') return range;
  const rows = await run.table('layer_entropy', {epochs: [epoch], layer: layer.name});
  const row = rows.find(({class: label}) => label === null);
  return row === undefined || row.min === null || row.max === null ? range : [row.min, row.max];
}
