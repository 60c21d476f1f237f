import {pixelsOf} from '../../metrics/index.js';
import type {ChannelEntropyRow, Finding, LayerInfo} from '../../shared/index.js';
import {partOf} from '../query/evaluation.js';
import type {Job} from '../compute.js';
import type {Cube} from '../cube.js';
import {capacityMatrix, capacityQuery, type CapacityMatrix} from './capacity-matrix.js';
import {inactiveChannels} from './inactive-channels.js';
import {informationLoss, type Step} from './information-loss.js';
import {predictedClasses} from './predicted-classes.js';
import {redundantChannels} from './redundant-channels.js';
import {saturatedLayer} from './saturated-layer.js';
import {stableLabelEntropy} from './stable-label-entropy.js';

/** Draws of the baseline that capacities are compared with. */
const PERMUTATIONS = 20;
/** Larger layers are not searched for redundant pairs: their baseline takes minutes. */
const MOST_CHANNELS = 128;
/** The classifier's answers saturate when it is sure, which is its job. */
const ANSWERS = 1;

/**
 * What stands out in a run: channels that say nothing or the same, classes that are not predicted, when H(label | y) comes
 * to rest, where information is lost, layers that saturate. Each with the expression that shows it and how sure it is.
 *
 * Looks at the last epoch, but for what is about time. Capacities that it computes are kept.
 *
 * @returns What calls for attention first; none for a run without a finished epoch.
 */
export async function findings(cube: Cube, job: Job = {}): Promise<Finding[]> {
  const epoch = (await cube.epochs()).at(-1);
  if (epoch === undefined) return [];
  const found = [...(await classFindings(cube)), ...(await channelFindings(cube, epoch))];
  if (cube.info.options.activations !== 'none') found.push(...(await capacityFindings(cube, epoch, job)));
  return [
    ...found.filter(({level}) => level === 'attention'),
    ...found.filter(({level}) => level === 'note'),
  ];
}

async function classFindings(cube: Cube): Promise<Finding[]> {
  const rows = await cube.table('class_entropy', {epochs: await cube.epochs()});
  return [...predictedClasses(rows, cube.info), ...stableLabelEntropy(rows, cube.info)];
}

async function channelFindings(cube: Cube, epoch: number): Promise<Finding[]> {
  const rows = await cube.table('channel_entropy', {epochs: [epoch]});
  return captured(cube).flatMap(layer => {
    return inactiveChannels(
      rows.filter(row => row.layer === layer.name),
      layer,
      epoch,
    );
  });
}

async function capacityFindings(cube: Cube, epoch: number, job: Job): Promise<Finding[]> {
  const {layers, inputs} = cube.info;
  const withMaps = captured(cube).filter(layer => pixelsOf(layer) > 1 && layer.channels <= MOST_CHANNELS);
  const chain = layers.slice(Math.max(0, inputs - 1));
  const total = withMaps.length + chain.length - 1;
  let done = 0;
  const ask = (from: LayerInfo, to: LayerInfo): Promise<CapacityMatrix> =>
    askCapacity(cube, {from, to, epoch}, partOf(job, done++, total));
  const found: Finding[] = [];
  const rows = await cube.table('channel_entropy', {epochs: [epoch]});
  for (const layer of withMaps) {
    const entropy = meanEntropies(rows, layer);
    found.push(...redundantChannels(await ask(layer, layer), layer, {epoch, entropy}));
  }
  const steps: Step[] = [];
  for (const [i, to] of chain.entries()) {
    const from = chain[i - 1];
    const small = from && from.channels * to.channels <= MOST_CHANNELS ** 2;
    if (small) steps.push({from, to, matrix: await ask(from, to)});
  }
  found.push(...informationLoss(steps, epoch));
  for (const layer of captured(cube).slice(0, -ANSWERS)) {
    const {maps, samples} = await cube.activations(epoch, layer.index);
    found.push(...saturatedLayer(maps, layer, {epoch, n: samples}));
  }
  return found;
}

async function askCapacity(
  cube: Cube,
  {from, to, epoch}: {from: LayerInfo; to: LayerInfo; epoch: number},
  job: Job,
): Promise<CapacityMatrix> {
  const query = capacityQuery(from, to, epoch, {permutations: PERMUTATIONS});
  return capacityMatrix(await cube.query(query, job), from, to);
}

/** Over all samples; 0 where it is undefined. */
function meanEntropies(rows: readonly ChannelEntropyRow[], layer: LayerInfo): Float64Array {
  const entropies = new Float64Array(layer.channels);
  for (const row of rows) {
    if (row.layer === layer.name && row.class === null) entropies[row.channel] = row.mean ?? 0;
  }
  return entropies;
}

/** The layers of the model, its inputs left out. */
function captured({info}: Cube): LayerInfo[] {
  return info.layers.slice(info.inputs);
}
