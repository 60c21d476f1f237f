import type * as tfjs from '@tensorflow/tfjs';
import {modelAt} from 'cnnslicer';
import {findings, type Cube} from 'cnnslicer/analysis';
import {cifar10, mnist, type Dataset} from 'cnnslicer/datasets';
import {seededRandom, shuffle, type Finding} from '#src/shared/index.js';
import {lastEpoch, type Lab} from '../lab.js';
import {mean} from '../statistics.js';
import {byNorm, filtersOf, likeCut, whileSilent, type Cut} from './silence.js';

/** Test images that the run has used, as its probe and its evaluation: the findings are based on them. */
const SEEN = 1000;
/** Unseen test images. */
const IMAGES = 2000;
const RANDOM_DRAWS = 5;

/** Test accuracies with the same number of channels of each layer silenced, chosen in different ways. */
export interface PruningRow {
  seed: number;
  dataset: string;
  dead: number;
  redundant: number;
  /** Channels of all convolutions. */
  channels: number;
  before: number;
  findings: number;
  smallest_norm: number;
  /** Mean of some draws. */
  random: number;
  [column: string]: number | string;
}

/**
 * Silences the channels that the findings call dead, and those of redundant pairs that say less; and for comparison as many
 * of each layer of the smallest weight norm, or drawn at random. Nothing is trained afterwards.
 */
export async function pruningStudy(lab: Lab, seed: number): Promise<PruningRow[]> {
  return [
    await prune(lab, {cube: await lab.mnist(seed), dataset: mnist, seed}),
    await prune(lab, {cube: await lab.cifar10(seed), dataset: cifar10, seed}),
  ];
}

async function prune(
  {tf}: Lab,
  {cube, dataset, seed}: {cube: Cube; dataset: Dataset; seed: number},
): Promise<PruningRow> {
  const test = await dataset.load('test', SEEN + IMAGES, {seed});
  const pixels = test.xs.length / test.labels.length;
  const images = tf.tensor4d(test.xs.subarray(SEEN * pixels), [IMAGES, ...dataset.shape]);
  const labels = test.labels.subarray(SEEN);
  const model = await modelAt(tf, cube, await lastEpoch(cube));
  try {
    const {dead, redundant} = namedChannels(await findings(cube));
    const cut = joined(dead, redundant);
    const accuracy = (channels: Cut) =>
      whileSilent(tf, model, channels, () => accuracyOf(tf, model, images, labels));
    const random = Array.from({length: RANDOM_DRAWS}, (_, i) => {
      const draw = seededRandom(seed * 100 + i);
      return accuracy(likeCut(model, cut, (_, filters) => shuffle([...Array(filters).keys()], draw)));
    });
    return {
      seed,
      dataset: dataset.name,
      dead: count(dead),
      redundant: count(cut) - count(dead),
      channels: model.layers.filter(isConvolution).reduce((sum, layer) => sum + filtersOf(layer), 0),
      before: accuracy(new Map()),
      findings: accuracy(cut),
      smallest_norm: accuracy(likeCut(model, cut, byNorm)),
      random: mean(random),
    };
  } finally {
    images.dispose();
    model.dispose();
  }
}

/** The channels of convolutions that the findings name. */
export function namedChannels(found: readonly Finding[]): {dead: Cut; redundant: Cut} {
  const named = (wanted: Finding['kind']): Cut =>
    new Map(
      found.flatMap(({kind, layer, channels}) =>
        kind === wanted && layer?.startsWith('conv2d') && channels ? [[layer, channels] as const] : [],
      ),
    );
  return {dead: named('dead-channels'), redundant: named('redundant-channels')};
}

function joined(a: Cut, b: Cut): Cut {
  const layers = new Set([...a.keys(), ...b.keys()]);
  return new Map(
    [...layers].map(layer => [layer, [...new Set([...(a.get(layer) ?? []), ...(b.get(layer) ?? [])])]]),
  );
}

const count = (cut: Cut): number => [...cut.values()].reduce((sum, {length}) => sum + length, 0);

function accuracyOf(
  tf: typeof tfjs,
  model: tfjs.LayersModel,
  images: tfjs.Tensor,
  labels: Int32Array,
): number {
  return tf.tidy(() => {
    const answers = model.predict(images, {batchSize: 100}) as tfjs.Tensor;
    const predicted = answers.argMax(-1).dataSync();
    return mean(Array.from(labels, (label, i) => Number(predicted[i] === label)));
  });
}

const isConvolution = (layer: tfjs.layers.Layer): boolean => layer.getClassName() === 'Conv2D';
