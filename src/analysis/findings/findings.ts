import {readCapacity} from '../../shared/capacity-matrix.js';
import {pixelsOf} from '../../metrics/index.js';
import {
  chanceDraws,
  storedSamples,
  type ChannelEntropyRow,
  type Finding,
  type LayerInfo,
  type QueryResult,
} from '../../shared/index.js';
import {holdsMaps, probeDamage, type EpochManifest} from '../../store/index.js';
import {askIntactEpochs} from '../intact-epochs.js';
import {partOf} from '../../measures/answer/evaluation.js';
import type {Job} from '../../measures/answer/compute.js';
import type {Cube} from '../cube.js';
import {capacityQuery} from '../../shared/notation/build-query.js';
import {idleChannels} from '../idle-channels.js';
import {diverged, divergedEpochs} from './diverged.js';
import {damaged, incomplete} from './gaps.js';
import {inactiveChannels, NEARLY} from './inactive-channels.js';
import {predictedClasses} from './predicted-classes.js';
import {redundantChannels} from './redundant-channels.js';
import {foldRepeated, sourcesOf} from './repeated-channels.js';
import {saturatedLayer} from './saturated-layer.js';
import {stableLabelEntropy} from './stable-label-entropy.js';

/** Larger layers are not searched for redundant pairs: their baseline takes minutes. */
const MAX_CHANNELS = 128;
/** The classifier's answers saturate when it is sure, which is its job. */
const ANSWERS = 1;

/**
 * Finds what stands out in a run: diverged training, dead and redundant channels, classes that are not predicted,
 * when H(label | y) becomes stable, saturated layers. Each has the expression that shows it and its confidence.
 *
 * Looks at the last epoch, but for what is about time. Capacities that it computes are kept. Damaged epochs are named,
 * and the others looked at; so are parts that could not be captured.
 *
 * @returns What calls for attention first; none for a run without a finished epoch.
 */
export function findings(cube: Cube, job: Job = {}): Promise<Finding[]> {
  return askIntactEpochs(cube, async (epochs, lost) => {
    const probe = await probeDamage(cube);
    const reasons = new Map([...lost].map(([epoch, {message}]) => [epoch, message]));
    const manifests = await Promise.all(epochs.map(epoch => cube.manifest(epoch)));
    const signs = [await cube.table('logs', {epochs}), await cube.table('layer_entropy', {epochs})] as const;
    const lostNumbers = divergedEpochs(...signs);
    const all = [
      ...diverged(...signs),
      ...damaged(reasons, probe),
      ...incomplete(manifests),
      ...(await classFindings(
        cube,
        epochs.filter(epoch => !lostNumbers.has(epoch)),
      )),
      ...(await lastEpochFindings(cube, manifests.at(-1), {job, maps: probe === null})),
    ];
    const found = foldRepeated(all, sourcesOf(cube.info.layers, cube.info.architecture));
    return [
      ...found.filter(({level}) => level === 'attention'),
      ...found.filter(({level}) => level === 'note'),
    ];
  });
}

/** @param epochs - Those whose outputs are numbers: the class of a NaN is none. */
async function classFindings(cube: Cube, epochs: readonly number[]): Promise<Finding[]> {
  const rows = await cube.table('class_entropy', {epochs});
  return [...predictedClasses(rows, cube.info), ...stableLabelEntropy(rows, cube.info)];
}

/** @param maps - Whether maps can be looked at. */
async function lastEpochFindings(
  cube: Cube,
  manifest: EpochManifest | undefined,
  {job, maps}: {job: Job; maps: boolean},
): Promise<Finding[]> {
  if (manifest === undefined) return [];
  const {epoch} = manifest;
  const rows = await cube.table('channel_entropy', {epochs: [epoch]});
  const stored = maps ? captured(cube).filter(layer => holdsMaps(manifest, layer)) : [];
  return [
    ...(await channelFindings(cube, epoch, rows)),
    ...(await mapFindings(cube, {epoch, rows, layers: stored}, job)),
  ];
}

async function channelFindings(
  cube: Cube,
  epoch: number,
  rows: readonly ChannelEntropyRow[],
): Promise<Finding[]> {
  const found: Finding[][] = [];
  for (const layer of captured(cube)) {
    const forLayer = rows.filter(row => row.layer === layer.name && row.class === null);
    const judged = forLayer.filter(row => row.dead !== null && row.reason === null).length;
    const idle = await idleChannels(cube, {layer, epoch, rows: forLayer, least: NEARLY});
    found.push(inactiveChannels(idle, layer, {epoch, judged}));
  }
  return found.flat();
}

/** Findings from the feature maps themselves: capacities, and values at the ends of a layer's range. */
async function mapFindings(
  cube: Cube,
  {epoch, rows, layers}: {epoch: number; rows: readonly ChannelEntropyRow[]; layers: readonly LayerInfo[]},
  job: Job,
): Promise<Finding[]> {
  const searched = layers.filter(layer => pixelsOf(layer) > 1 && layer.channels <= MAX_CHANNELS);
  const found: Finding[][] = [];
  for (const [done, layer] of searched.entries()) {
    const answer = await askCapacity(cube, {layer, epoch}, partOf(job, done, searched.length));
    const entropy = meanEntropies(rows, layer);
    found.push(redundantChannels(readCapacity(answer), layer, {epoch, entropy, basis: basisOf(answer)}));
  }
  const answers = captured(cube).slice(-ANSWERS);
  for (const layer of layers) {
    if (answers.includes(layer)) continue;
    job.signal?.throwIfAborted();
    const {maps, samples} = await cube.activations(epoch, layer.index);
    found.push(saturatedLayer(maps, layer, {epoch, n: samples}));
  }
  return found.flat();
}

async function askCapacity(
  cube: Cube,
  {layer, epoch}: {layer: LayerInfo; epoch: number},
  job: Job,
): Promise<QueryResult> {
  const permutations = chanceDraws(layer.channels ** 2, storedSamples(cube.info));
  const part = {layers: [layer.name], epochs: [epoch]};
  return cube.query(capacityQuery(part, part, {permutations}), job);
}

/** The facts of an answer that are known. */
function basisOf({facts}: QueryResult): Finding['basis'] {
  const known = Object.entries(facts).filter(([, fact]) => fact !== null);
  return Object.fromEntries(known) as Finding['basis'];
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
