import type * as tfjs from '@tensorflow/tfjs';
import {modelAt} from 'cnnslicer';
import type {Cube} from 'cnnslicer/analysis';
import {mnist} from 'cnnslicer/datasets';
import type {Row} from '../row.js';
import {channelsByClass} from '../claims/classes.js';
import {lastEpoch, type Lab} from '../lab.js';
import {mean} from '../statistics.js';

const BINS = [16, 32, 64];
const RANGES = ['layer', 'channel', 'map'] as const;
const SAMPLES = [250, 500, 1000];
/** Bins and samples of the capacity: each varied around one common choice. */
const CAPACITY_CHOICES = [
  {bins: 16, samples: 500},
  {bins: 32, samples: 500},
  {bins: 64, samples: 500},
  {bins: 32, samples: 250},
  {bins: 32, samples: 1000},
];
const PERMUTATIONS = 3;

/** Computes the statistics of some claims with other choices; one row for each choice and seed. */
export interface Sensitivity {
  /** Fig. 14 and 13: bins and range rule of the intra-sample entropy. */
  intra: Row[];
  /** Fig. 10, 11 and 12: bins and number of samples of the capacity, with and without what chance gives. */
  capacity: Row[];
  /** Fig. 5: k and number of samples of the inter-sample entropy. */
  inter: Row[];
}

export async function sensitivity(lab: Lab, seed: number): Promise<Sensitivity> {
  return {
    intra: await intra(lab, seed),
    capacity: await capacities(lab, seed),
    inter: await inter(lab, seed),
  };
}

async function intra(lab: Lab, seed: number): Promise<Row[]> {
  const [digits, photos] = [await lab.mnist(seed), await lab.cifar10(seed)];
  const rows: Row[] = [];
  for (const bins of BINS) {
    for (const range of RANGES) {
      const at = (cube: Cube, layer: string) => channelsByClass(cube, layer, seed, {bins, range});
      const [low, high] = [await at(digits, 'conv2d_1'), await at(digits, 'conv2d_2')];
      const [lowest, highest] = [await at(photos, 'conv2d_1'), await at(photos, 'conv2d_6')];
      rows.push({
        seed,
        bins,
        range,
        'fig13-circle-sizes': high.errors,
        'fig14-consistency-mnist': high.variation - low.variation,
        'fig14-entropy-mnist': low.bits - high.bits,
        'fig14-consistency-cifar10': highest.variation - lowest.variation,
        'fig14-entropy-cifar10': lowest.bits - highest.bits,
      });
    }
  }
  return rows;
}

/** A layer's maps, [channels, samples, pixels]. */
interface Maps {
  values: Float32Array;
  channels: number;
  pixels: number;
}

/** Asked of the models again, since a run keeps fewer samples than are compared here. */
async function capacities(lab: Lab, seed: number): Promise<Row[]> {
  const cube = await lab.mnist(seed);
  const names = ['conv2d_1', 'conv2d_2', 'max_pooling2d_2', 'dense_1'];
  const most = Math.max(...SAMPLES);
  const {xs} = await mnist.load('test', most, {seed});
  const first = await mapsAt(lab, {cube, epoch: 0, names, xs});
  const last = await mapsAt(lab, {cube, epoch: await lastEpoch(cube), names, xs});
  const rows: Row[] = [];
  for (const {bins, samples} of CAPACITY_CHOICES) {
    const at = (maps: Map<string, Maps>, from: string, to: string) =>
      meanCapacity(lab, {maps, from, to, most, samples, bins});
    const pooling = [
      await at(first, 'conv2d_2', 'max_pooling2d_2'),
      await at(last, 'conv2d_2', 'max_pooling2d_2'),
    ];
    const layers = [await at(first, 'conv2d_1', 'dense_1'), await at(last, 'conv2d_1', 'dense_1')];
    const fall = ([a, b]: MeanCapacity[], what: keyof MeanCapacity) => (a?.[what] ?? 0) - (b?.[what] ?? 0);
    rows.push({
      seed,
      bins,
      samples,
      'fig10-pooling-redundancy': fall(pooling, 'bits'),
      'fig10 above chance': fall(pooling, 'aboveChance'),
      'fig11-capacity-over-epochs': fall(layers, 'bits'),
      'fig11 above chance': fall(layers, 'aboveChance'),
      'chance, share of fig11 at the last epoch': 1 - (layers[1]?.aboveChance ?? 0) / (layers[1]?.bits ?? 1),
    });
  }
  return rows;
}

interface MeanCapacity {
  /** Over all pairs of different channels; of layers of different width, over all pairs. */
  bits: number;
  /** Less the mean of shuffled samples. */
  aboveChance: number;
}

interface CapacityOf {
  maps: Map<string, Maps>;
  from: string;
  to: string;
  /** Samples in the maps, and how many of them are taken. */
  most: number;
  samples: number;
  bins: number;
}

async function meanCapacity(
  {pool}: Lab,
  {maps, from, to, most, samples, bins}: CapacityOf,
): Promise<MeanCapacity> {
  const codes = ({values, channels, pixels}: Maps) =>
    pool.pairCodes(
      firstSamples(values, {channels, most, samples, pixels}),
      {channels, samples, pixels},
      {bins},
    );
  const [x, y] = [maps.get(from), maps.get(to)];
  if (!x || !y) throw new Error(`there are no maps of ${from} or ${to}.`);
  const {bits, baseline} = await pool.channelCapacity(await codes(x), await codes(y), {
    permutations: PERMUTATIONS,
  });
  const isOther = (_: number, cell: number) =>
    x.channels !== y.channels || Math.floor(cell / y.channels) !== cell % y.channels;
  const chance = mean(Array.from(baseline?.mean ?? []).filter(isOther));
  const value = mean(Array.from(bits).filter(isOther));
  return {bits: value, aboveChance: value - chance};
}

/** The first samples of each channel. */
function firstSamples(
  values: Float32Array,
  {channels, most, samples, pixels}: {channels: number; most: number; samples: number; pixels: number},
): Float32Array {
  const taken = new Float32Array(channels * samples * pixels);
  for (let channel = 0; channel < channels; channel++) {
    const from = channel * most * pixels;
    taken.set(values.subarray(from, from + samples * pixels), channel * samples * pixels);
  }
  return taken;
}

async function mapsAt(
  {tf}: Lab,
  {cube, epoch, names, xs}: {cube: Cube; epoch: number; names: string[]; xs: Float32Array},
): Promise<Map<string, Maps>> {
  const model = await modelAt(tf, cube, epoch);
  const maps = new Map<string, Maps>();
  tf.tidy(() => {
    const outputs = names.map(name => model.getLayer(name).output as tfjs.SymbolicTensor);
    const images = tf.tensor4d(xs, [xs.length / 784, 28, 28, 1]);
    const answers = tf.model({inputs: model.inputs, outputs}).predict(images, {batchSize: 100});
    for (const [i, answer] of (answers as tfjs.Tensor[]).entries()) {
      const [samples = 0, channels = 0] = [answer.shape[0], answer.shape.at(-1)];
      const pixels = answer.size / samples / channels;
      const byChannel = answer.reshape([samples, pixels, channels]).transpose([2, 0, 1]);
      maps.set(names[i] as string, {values: byChannel.dataSync<'float32'>(), channels, pixels});
    }
  });
  model.dispose();
  return maps;
}

async function inter({pool}: Lab, seed: number): Promise<Row[]> {
  const rows: Row[] = [];
  for (const samples of SAMPLES) {
    const {xs} = await mnist.load('train', samples, {seed});
    for (const k of [15, 100, samples - 1]) {
      const shape = {samples, features: xs.length / samples};
      const {bits, log2Edges, deficit} = await pool.interSampleEntropy(xs, shape, {k});
      rows.push({
        seed,
        samples,
        k: k === samples - 1 ? 'N - 1' : String(k),
        bits,
        log2_edges: log2Edges,
        deficit,
      });
    }
  }
  return rows;
}
