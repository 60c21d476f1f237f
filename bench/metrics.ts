import {performance} from 'node:perf_hooks';
import {
  intraSampleEntropy,
  kNearestNeighbors,
  type IntraSampleEntropy,
  type MapsShape,
  type Neighbors,
  type SamplesShape,
} from 'cnnslicer/metrics';
import {seededRandom} from '#src/shared/index.js';
import {median} from './median.js';
import type {BenchResult} from './result.js';

const K = 15;
const BINS = 32;

/**
 * The measures that run at the end of every epoch, on one convolution layer's activations of 256 probe samples, each
 * compared with the loop one would write first. Both take turns, so that a slow moment of the machine hits both.
 */
export function benchMetrics({smoke = false}: {smoke?: boolean} = {}): Promise<BenchResult[]> {
  const [samples, runs] = smoke ? [32, 1] : [256, 7];
  const shape = {samples, pixels: 28 * 28, channels: 32};
  const features = shape.pixels * shape.channels;
  const random = seededRandom(1);
  const maps = Float32Array.from({length: samples * features}, () => Math.max(0, random() - 0.4));
  return Promise.resolve([
    compare<IntraSampleEntropy['bits']>({
      name: `intra-sample entropy, ${samples} x 28 x 28 x 32`,
      ours: () => intraSampleEntropy(maps, shape, {bins: BINS, range: 'map'}).bits,
      peer: {name: 'a histogram map by map', run: () => histogramMapByMap(maps, shape)},
      runs,
    }),
    compare<Neighbors['distances']>({
      name: `exact ${K} nearest neighbours, ${samples} x ${features.toLocaleString('en')}`,
      ours: () => kNearestNeighbors(maps, {samples, features}, K).distances,
      peer: {name: 'a double loop and a sort', run: () => doubleLoopAndSort(maps, {samples, features})},
      runs,
    }),
  ]);
}

interface Comparison<Result> {
  name: string;
  ours: () => Result;
  peer: {name: string; run: () => Result};
  runs: number;
}

/** Medians of both, after a first run of each that warms up and must give the same numbers. */
function compare<Result extends Float64Array>({name, ours, peer, runs}: Comparison<Result>): BenchResult {
  assertClose(name, ours(), peer.run());
  const ourTimes: number[] = [];
  const peerTimes: number[] = [];
  for (let run = 0; run < runs; run++) {
    ourTimes.push(milliseconds(ours));
    peerTimes.push(milliseconds(peer.run));
  }
  const value = median(ourTimes);
  const peerValue = median(peerTimes);
  return {name, unit: 'ms', value, peer: {name: peer.name, value: peerValue}, ratio: peerValue / value, runs};
}

function assertClose(name: string, actual: Float64Array, expected: Float64Array): void {
  const same =
    actual.length === expected.length && actual.every((v, i) => Math.abs(v - Number(expected[i])) < 1e-9);
  if (!same) throw new Error(`bench ${name}: the two do not give the same numbers.`);
}

function milliseconds(run: () => unknown): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

/** Copies each map out, finds its range, counts, and sums p log2 p. */
function histogramMapByMap(maps: Float32Array, {samples, pixels, channels}: MapsShape): Float64Array {
  const bits = new Float64Array(samples * channels);
  for (let sample = 0; sample < samples; sample++) {
    for (let channel = 0; channel < channels; channel++) {
      const map = new Float32Array(pixels);
      for (let p = 0; p < pixels; p++) map[p] = maps[(sample * pixels + p) * channels + channel] as number;
      const lo = map.reduce((a, b) => Math.min(a, b), Infinity);
      const hi = map.reduce((a, b) => Math.max(a, b), -Infinity);
      const counts = new Array<number>(BINS).fill(0);
      for (const value of map) {
        const bin = Math.min(BINS - 1, Math.floor(((value - lo) / (hi - lo)) * BINS));
        counts[bin] = (counts[bin] as number) + 1;
      }
      bits[sample * channels + channel] = counts.reduce(
        (sum, count) => (count > 0 ? sum - (count / pixels) * Math.log2(count / pixels) : sum),
        0,
      );
    }
  }
  return bits;
}

/** Each distance in turn, for both orders of a pair, then the first K of the sorted row. */
function doubleLoopAndSort(x: Float32Array, {samples, features}: SamplesShape): Float64Array {
  const nearest = new Float64Array(samples * K);
  for (let i = 0; i < samples; i++) {
    const row = new Float64Array(samples).fill(Infinity);
    for (let j = 0; j < samples; j++) {
      if (j === i) continue;
      let sum = 0;
      for (let f = 0; f < features; f++) {
        const difference = (x[i * features + f] as number) - (x[j * features + f] as number);
        sum += difference * difference;
      }
      row[j] = Math.sqrt(sum);
    }
    nearest.set(row.sort().subarray(0, K), i * K);
  }
  return nearest;
}
