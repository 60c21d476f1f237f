import {assertLength, assertPositiveInteger} from '../shared/index.js';

/** Feature maps of one layer, row-major [samples, pixels, channels]: tfjs' NHWC with height and width as one axis. */
export interface MapsShape {
  /** Integer >= 0. */
  samples: number;
  /** Values per map, height times width; integer >= 1. */
  pixels: number;
  /** Integer >= 1. */
  channels: number;
}

/** A layer of single values, its channels taken as the pixels of one map: what the entropy of a dense layer means. */
export function layerAsOneMap({samples, pixels, channels}: MapsShape): MapsShape {
  return {samples, pixels: pixels * channels, channels: 1};
}

/** Feature maps of one layer, channel by channel, row-major [channels, samples, pixels]: as a run keeps them. */
export interface ChannelMajorShape {
  /** Integer >= 1. */
  channels: number;
  /** Integer >= 0. */
  samples: number;
  /** Values per map; integer >= 1. */
  pixels: number;
}

/** One flat vector per sample, row-major [samples, features]. */
export interface SamplesShape {
  /** Integer >= 0. */
  samples: number;
  /** Integer >= 1. */
  features: number;
}

/** @throws {RangeError} if an extent is out of range, or `maps` has another length than their product. */
export function assertMaps(caller: string, maps: Float32Array, {samples, pixels, channels}: MapsShape): void {
  assertCount(caller, 'samples', samples);
  assertPositiveInteger(caller, 'pixels', pixels);
  assertPositiveInteger(caller, 'channels', channels);
  assertLength(
    caller,
    `maps of shape [${samples}, ${pixels}, ${channels}]`,
    maps,
    samples * pixels * channels,
  );
}

/** @throws {RangeError} if an extent is out of range, or `x` has another length than their product. */
export function assertSamples(caller: string, x: Float32Array, {samples, features}: SamplesShape): void {
  assertCount(caller, 'samples', samples);
  assertPositiveInteger(caller, 'features', features);
  assertLength(caller, `x of shape [${samples}, ${features}]`, x, samples * features);
}

/** @throws {RangeError} if an extent is out of range, or `maps` has another length than their product. */
export function assertChannelMajor(
  caller: string,
  maps: Float32Array,
  {channels, samples, pixels}: ChannelMajorShape,
): void {
  assertCount(caller, 'samples', samples);
  assertPositiveInteger(caller, 'pixels', pixels);
  assertPositiveInteger(caller, 'channels', channels);
  const name = `maps of shape [${channels}, ${samples}, ${pixels}]`;
  assertLength(caller, name, maps, channels * samples * pixels);
}

/**
 * Pixels per block when each channel of them is traversed separately: so few that all their channels, some
 * 16 KiB, stay in the first-level cache from one channel to the next, although channels are adjacent in memory.
 */
export function stripPixels(channels: number): number {
  return Math.max(1, Math.floor(4096 / channels));
}

function assertCount(caller: string, name: string, value: number): void {
  if (!Number.isInteger(value) || value < 0) {
    throw new RangeError(`${caller}: ${name} must be an integer >= 0, got ${value}.`);
  }
}
