import {pixelsOf} from '../metrics/index.js';
import type {IndexSelector, LayerInfo, MeasureQuery, Slice} from '../shared/index.js';
import {hasDerived, type DerivedTable} from '../store/index.js';
import type {Job} from '../measures/answer/compute.js';
import type {Cube} from './cube.js';
import {CAPACITY_DEFAULTS, capacityTable} from '../measures/capacity/answer.js';
import {runRangeTable} from '../measures/intra-sample/channel-table.js';
import {resolveEpochs} from '../measures/slice/resolve-slice.js';

/** Selects what {@link analyze} computes ahead. */
export interface AnalyzeOptions {
  /** Layer pairs whose capacity is computed; default `consecutive`: each layer with the next, the input first. */
  pairs?: 'consecutive' | 'all';
  bins?: number;
  /** Draws of the permutation baseline, default 0. */
  permutations?: number;
  /** Default all captured epochs. */
  epochs?: IndexSelector;
}

/** One table that is there now. */
export interface AnalyzeStep {
  epoch: number;
  /** Description of the table, e.g. `capacity of conv2d_1 and conv2d_2`. */
  what: string;
  /** False where it was kept from before. */
  computed: boolean;
  /** Steps done, this one included, and all. */
  done: number;
  total: number;
}

interface Task {
  epoch: number;
  what: string;
  kept: () => Promise<DerivedTable>;
  query: MeasureQuery;
}

/**
 * Computes and keeps what is asked for most: the capacity of layer pairs and the channel entropies under one range for
 * all epochs. Whatever is kept already is passed over, so that it can be stopped and started again.
 *
 * @throws The signal's reason, once the table under way is given up.
 */
export async function* analyze(
  cube: Cube,
  options: AnalyzeOptions = {},
  {signal}: Pick<Job, 'signal'> = {},
): AsyncGenerator<AnalyzeStep> {
  const epochs = resolveEpochs(await cube.epochs(), options.epochs ?? 'all');
  const tasks = epochs.flatMap(epoch => [...capacities(cube, epoch, options), ...entropies(cube, epoch)]);
  for (const [i, {epoch, what, kept, query}] of tasks.entries()) {
    signal?.throwIfAborted();
    const computed = !(await hasDerived(cube, await kept()));
    if (computed) await cube.query(query, signal && {signal});
    yield {epoch, what, computed, done: i + 1, total: tasks.length};
  }
}

function capacities(cube: Cube, epoch: number, {pairs = 'consecutive', ...options}: AnalyzeOptions): Task[] {
  const {bins = CAPACITY_DEFAULTS.bins, permutations = CAPACITY_DEFAULTS.permutations} = options;
  const full = {...CAPACITY_DEFAULTS, bins, permutations};
  return layerPairs(cube.info.layers, pairs).map(([from, to]) => ({
    epoch,
    what: `capacity of ${from.name} and ${to.name}`,
    kept: () => capacityTable(cube, {epoch, from, to, label: null, options: full}),
    query: {measure: 'C', from: wholeLayer(from, epoch), to: wholeLayer(to, epoch), options: full},
  }));
}

function layerPairs(layers: readonly LayerInfo[], pairs: 'consecutive' | 'all'): [LayerInfo, LayerInfo][] {
  return layers.flatMap((from, i) => {
    const after = pairs === 'all' ? layers.slice(i + 1) : layers.slice(i + 1, i + 2);
    return after.map((to): [LayerInfo, LayerInfo] => [from, to]);
  });
}

/** Dense units have no intra-sample entropy, whatever the range. */
function entropies(cube: Cube, epoch: number): Task[] {
  return cube.info.layers
    .filter(layer => pixelsOf(layer) > 1)
    .map(layer => ({
      epoch,
      what: `entropies of ${layer.name}, one range for the run`,
      kept: () => runRangeTable(cube, epoch, layer),
      query: {measure: 'H', slice: wholeLayer(layer, epoch), options: {range: 'run'}},
    }));
}

function wholeLayer({index}: LayerInfo, epoch: number): Slice {
  return {samples: 'all', layers: [index], channels: 'all', epochs: [epoch]};
}
