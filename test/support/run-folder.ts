import type {ProbeData} from 'cnnslicer/store';
import {seededRandom, type LayerInfo, type RunInfo} from '#src/shared/index.js';

export const INPUT: LayerInfo = {
  index: 0,
  name: 'input_1',
  className: 'InputLayer',
  spatial: [4, 3],
  channels: 2,
};
export const CONV: LayerInfo = {
  index: 1,
  name: 'conv2d_1',
  className: 'Conv2D',
  spatial: [3, 5],
  channels: 7,
};
export const DENSE: LayerInfo = {index: 2, name: 'dense_1', className: 'Dense', spatial: [], channels: 10};

/** A consistent `run.json` of a small model with 6 probe samples of 3 classes. */
export function runInfo(changes: Partial<RunInfo> = {}): RunInfo {
  return {
    format: 'cnnslicer-run',
    formatVersion: 1,
    name: 'small',
    status: 'training',
    createdAt: '2026-01-02T03:04:05.000Z',
    process: {pid: 1, host: 'here'},
    versions: {cnnslicer: '0.1.0', tfjs: '4.22.0', node: '20.19.0'},
    backend: 'cpu',
    seed: 1,
    layers: [INPUT, CONV, DENSE],
    inputs: 1,
    architecture: [],
    topology: {},
    classes: ['a', 'b', 'c'],
    probe: {samples: 6, perClass: [2, 2, 2]},
    evaluation: {source: 'probe', samples: 6},
    training: {samples: 100, batchSize: 10, epochs: 5, initialEpoch: 0},
    options: {
      everyEpochs: 1,
      dtype: 'float32',
      activations: 'all',
      weights: true,
      bins: 32,
      range: 'layer',
      k: 5,
    },
    ...changes,
  };
}

/** The same run, going on from a later epoch. */
export function continuedFrom(initialEpoch: number, changes: Partial<RunInfo> = {}): RunInfo {
  const info = runInfo(changes);
  return {...info, training: {...info.training, initialEpoch}};
}

/** The probe that belongs to {@link runInfo}, or one for another input and with other numbers of samples per class. */
export function probeData(seed = 1, {name, spatial, channels} = INPUT, perClass = [2, 2, 2]): ProbeData {
  const shape = [...spatial, channels];
  const size = shape.reduce((product, extent) => product * extent, 1);
  const labels = Int32Array.from(
    perClass.flatMap((samples, label) => new Array<number>(samples).fill(label)),
  );
  return {
    labels,
    inputs: [{name, shape, values: randomFloats(labels.length * size, seed)}],
  };
}

/** Uniform in [-1, 1). */
export function randomFloats(length: number, seed: number): Float32Array {
  const random = seededRandom(seed);
  return Float32Array.from({length}, () => 2 * random() - 1);
}

/** Floats of every kind, as bits: each value of the exponent, NaN payloads, infinities, signed zeros, subnormals. */
export function randomBits(length: number, seed: number): Float32Array {
  const random = seededRandom(seed);
  const special = [0, 0x80000000, 0x7f800000, 0xff800000, 0x7fc00001, 0x7f800001, 0xffabcdef, 1, 0x807fffff];
  const bits = Uint32Array.from({length}, (_, i) => special[i] ?? Math.floor(random() * 2 ** 32));
  return new Float32Array(bits.buffer);
}

/** The bits of floats: what `deepEqual` must compare, for it takes every NaN to be the same. */
export function bitsOf(values: Float32Array): Uint32Array {
  return new Uint32Array(values.buffer, values.byteOffset, values.length);
}

/** Channels-last maps [samples, pixels, channels] as [channels, samples, pixels], one value at a time, as bits. */
export function channelMajor(maps: Float32Array, channels: number): Uint32Array {
  const bits = bitsOf(maps);
  const positions = maps.length / channels;
  return Uint32Array.from(
    bits,
    (_, i) => bits[(i % positions) * channels + Math.floor(i / positions)] as number,
  );
}
