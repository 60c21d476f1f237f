import {pixelsOf, type MapsShape, type SamplesShape} from '../../metrics/index.js';
import type {LayerInfo} from '../../shared/index.js';
import type {ChannelMaps, Run} from '../../store/index.js';
import type {SampleSet} from './resolve-slice.js';

/** Feature maps of a layer at one epoch, with the class of each sample. */
export interface LayerMaps extends ChannelMaps {
  /** Class index of each sample, [samples]. */
  labels: Int32Array;
}

/** Reads the record batches of some channels; null is all of them. Fewer samples than the probe's may be stored. */
export async function readLayerMaps(
  run: Run,
  epoch: number,
  layer: LayerInfo,
  channels: readonly number[] | null,
): Promise<LayerMaps> {
  const maps = await run.activations(epoch, layer.index, channels === null ? {} : {channels});
  const labels = await run.probeLabels();
  return {...maps, labels: labels.subarray(0, maps.samples)};
}

/** Indices of the samples of a set among those that are stored. */
export function membersOf({labels, samples}: LayerMaps, {label, indices}: SampleSet): Int32Array {
  const stored = Int32Array.from(indices ?? labels.keys()).filter(sample => sample < samples);
  return label === null ? stored : stored.filter(sample => labels[sample] === label);
}

/** The maps of some samples only, [channels, members, pixels]. */
export function takeSamples(
  {maps, channels, samples, pixels}: ChannelMaps,
  members: Int32Array,
): Float32Array {
  if (members.length === samples) return maps;
  const taken = new Float32Array(channels.length * members.length * pixels);
  for (let channel = 0; channel < channels.length; channel++) {
    for (let i = 0; i < members.length; i++) {
      const from = (channel * samples + (members[i] as number)) * pixels;
      taken.set(maps.subarray(from, from + pixels), (channel * members.length + i) * pixels);
    }
  }
  return taken;
}

/** [channels, samples, pixels] as [samples, pixels, channels], the order in which a layer is one vector a sample. */
export function sampleMajor(maps: Float32Array, {samples, pixels, channels}: MapsShape): Float32Array {
  const out = new Float32Array(maps.length);
  const values = samples * pixels;
  for (let channel = 0; channel < channels; channel++) {
    const first = channel * values;
    for (let i = 0; i < values; i++) out[i * channels + channel] = maps[first + i] as number;
  }
  return out;
}

/** Samples as vectors: the values of all channels that were read, one after the other. */
export interface FlatSamples {
  /** [samples, features]. */
  x: Float32Array;
  shape: SamplesShape;
}

/** The samples of a set, each with the maps of all channels that were read. */
export function flatSamples(maps: LayerMaps, set: SampleSet): FlatSamples {
  const members = membersOf(maps, set);
  const {length: samples} = members;
  const [pixels, channels] = [maps.pixels, maps.channels.length];
  const x = sampleMajor(takeSamples(maps, members), {samples, pixels, channels});
  return {x, shape: {samples, features: pixels * channels}};
}

/** The shape of a layer's maps in sample-major order. */
export function mapsShape(layer: LayerInfo, samples: number, channels = layer.channels): MapsShape {
  return {samples, pixels: pixelsOf(layer), channels};
}
