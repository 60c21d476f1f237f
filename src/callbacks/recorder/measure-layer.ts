import {
  channelEntropy,
  interSampleEntropyOf,
  intraSampleEntropy,
  matrixEntropyOf,
  PairDistances,
  type IntraSampleEntropy,
} from '../../metrics/index.js';
import type {CaptureOptions, ChannelEntropyRow, LayerEntropyRow, LayerInfo} from '../../shared/index.js';

export interface LayerMeasures {
  channels: ChannelEntropyRow[];
  layer: LayerEntropyRow[];
}

export interface MeasureOptions extends Pick<CaptureOptions, 'bins' | 'range' | 'k'> {
  epoch: number;
  /** Class index of each sample. */
  labels: Int32Array;
  classes: number;
}

/**
 * All measures of one layer at one epoch, for all samples together and for each class.
 *
 * @param maps - [samples, pixels, channels], row-major.
 */
export function measureLayer(layer: LayerInfo, maps: Float32Array, options: MeasureOptions): LayerMeasures {
  const {labels, classes, bins, range} = options;
  const pixels = layer.spatial.reduce((product, extent) => product * extent, 1);
  const intra = intraSampleEntropy(
    maps,
    {samples: labels.length, pixels, channels: layer.channels},
    {bins, range},
  );
  // The whole vector of a dense layer is its one map: that is what the entropy of such a layer means.
  const whole =
    pixels === 1
      ? intraSampleEntropy(maps, {samples: labels.length, pixels: layer.channels, channels: 1}, {bins, range})
      : intra;
  const features = pixels * layer.channels;
  // The costly part: computed once, for two measures and every class.
  const distances = PairDistances.of(maps, {samples: labels.length, features});
  const groups = [null, ...Array.from({length: classes}, (_, label) => label)].map(label => ({
    label,
    members: Int32Array.from(labels.keys()).filter(sample => label === null || labels[sample] === label),
  }));
  return {
    channels: groups.flatMap(group => channelRows(layer, intra, pixels, group, options)),
    layer: groups.map(group => layerRow(layer, {maps, features, distances, whole}, group, options)),
  };
}

interface Group {
  /** Class index; null is every sample. */
  label: number | null;
  members: Int32Array;
}

function channelRows(
  layer: LayerInfo,
  intra: IntraSampleEntropy,
  pixels: number,
  {label, members}: Group,
  options: MeasureOptions,
): ChannelEntropyRow[] {
  const {mean, std, dead, zeros, n} = channelEntropy(intra, members);
  const single = pixels === 1;
  return Array.from({length: layer.channels}, (_, channel) => {
    const valid = n[channel] as number;
    return {
      epoch: options.epoch,
      layer: layer.name,
      channel,
      class: label,
      mean: single ? null : finite(mean[channel]),
      std: single ? null : finite(std[channel]),
      dead: single ? null : finite(dead[channel]),
      zeros: finite(zeros[channel]),
      n: valid,
      range: options.range,
      bins: options.bins,
      reason:
        members.length === 0 ? 'no-samples' : valid === 0 ? 'non-finite' : single ? 'single-value' : null,
    };
  });
}

interface LayerValues {
  /** [samples, features], row-major. */
  maps: Float32Array;
  features: number;
  distances: PairDistances;
  /** Intra-sample entropy as the layer as a whole has it. */
  whole: IntraSampleEntropy;
}

function layerRow(
  layer: LayerInfo,
  {maps, features, distances, whole}: LayerValues,
  {label, members}: Group,
  options: MeasureOptions,
): LayerEntropyRow {
  const among = distances.among(members);
  const inter = interSampleEntropyOf(among, {k: options.k});
  const [min, max] = extremes(maps, features, members);
  return {
    epoch: options.epoch,
    layer: layer.name,
    class: label,
    bits: inter.bits,
    log2_edges: inter.log2Edges,
    k: inter.k,
    n: inter.n,
    invalid: inter.invalid,
    clamped: inter.clamped,
    matrix_bits: matrixEntropyOf(among).bits,
    intra_mean: meanOfFinite(channelEntropy(whole, members).mean),
    min,
    max,
    reason: inter.reason,
  };
}

/** Smallest and largest finite value of the members' rows. */
function extremes(maps: Float32Array, features: number, members: Int32Array): [number | null, number | null] {
  let min = Infinity;
  let max = -Infinity;
  for (const sample of members) {
    for (let i = sample * features, end = i + features; i < end; i++) {
      const value = maps[i] as number;
      if (!Number.isFinite(value)) continue;
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  return min <= max ? [min, max] : [null, null];
}

function meanOfFinite(values: Float64Array): number | null {
  const known = values.filter(Number.isFinite);
  return known.length > 0 ? known.reduce((sum, value) => sum + value, 0) / known.length : null;
}

/** Undefined is null in tables. */
function finite(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}
