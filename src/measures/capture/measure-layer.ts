import {pixelsOf} from '../../shared/layer-size.js';
import type {CaptureOptions, ChannelEntropyRow, LayerEntropyRow, LayerInfo} from '../../shared/index.js';
import {channelEntropy} from '../../metrics/channel-entropy.js';
import {channelEntropyRows, failedChannelRows} from '../intra-sample/channel-entropy-rows.js';
import {finiteInBlocks} from '../../metrics/finite-samples.js';
import {
  failedInterSampleEntropy,
  interSampleEntropyOf,
  unlessEqual,
} from '../../metrics/inter-sample-entropy.js';
import {
  intraSampleEntropy,
  type IntraSampleEntropy,
  type IntraSampleMeasure,
} from '../../metrics/intra-sample-entropy.js';
import {layerEntropyRow} from '../inter-sample/layer-entropy-row.js';
import {samplesOf, type LayerSamples} from '../../metrics/layer-samples.js';
import {failedMatrixEntropy, matrixEntropyOf} from '../../metrics/matrix-entropy.js';
import {MeasureAttempts, type MeasureFailure} from './measure-attempts.js';
import {PairDistances} from '../../metrics/pair-distances.js';
import {sampleGroups, type SampleGroup} from './sample-groups.js';
import {limitsInBlocks} from '../../metrics/sample-limits.js';
import {layerAsOneMap, type MapsShape} from '../../metrics/shapes.js';
import type {SquaredDistances} from '../../metrics/squared-distances.js';

/** Measures of one layer at one epoch: rows of the tables `channel_entropy` and `layer_entropy`. */
export interface LayerMeasures {
  channels: ChannelEntropyRow[];
  layer: LayerEntropyRow[];
  /** The measures that threw: their values are null, with the reason `failed`. */
  failures: MeasureFailure[];
}

/** Input of {@link measureLayer} in addition to the activations. */
export interface MeasureOptions extends Pick<CaptureOptions, 'bins' | 'range' | 'k'> {
  epoch: number;
  /** Class index of each sample. */
  labels: Int32Array;
  classes: number;
  /** Function for the distances between samples; default the plain version, which returns the same numbers. */
  squaredDistances?: SquaredDistances;
  /** Function for the entropies of the maps; default the plain version, which returns the same numbers. */
  intraSampleEntropy?: IntraSampleMeasure;
}

/** A layer at one epoch, and what its measures need. */
interface Measured {
  layer: LayerInfo;
  source: LayerSamples;
  shape: MapsShape;
  /** All samples, then each class. */
  groups: SampleGroup[];
  options: MeasureOptions;
  attempts: MeasureAttempts;
}

/** The measures that may fail, as the documentation names them. */
const INTRA = 'intra-sample entropy';
const INTER = 'inter-sample entropy';
const MATRIX = 'matrix entropy';

/**
 * The rows of one layer at one epoch in `channel_entropy` and `layer_entropy`: all samples together, then each class.
 * A measure that throws is null there and reported in `failures`; the others are unaffected.
 *
 * @param maps - [samples, pixels, channels], row-major, or the same to be read a block of samples at a time. Not modified.
 */
export function measureLayer(
  layer: LayerInfo,
  maps: Float32Array | LayerSamples,
  options: MeasureOptions,
): LayerMeasures {
  const {labels, classes} = options;
  const shape = {samples: labels.length, pixels: pixelsOf(layer), channels: layer.channels};
  const attempts = new MeasureAttempts(layer.name);
  const source = samplesOf(maps, labels.length);
  const measured = {layer, source, shape, groups: sampleGroups(labels, classes), options, attempts};
  const {channels, means} = withinSamples(measured);
  const rows = amongSamples(measured, means);
  return {channels, layer: rows, failures: attempts.failures};
}

/** The channels' rows, and the mean of each group for the layer's rows. */
function withinSamples({layer, source, shape, groups, options, attempts}: Measured): {
  channels: ChannelEntropyRow[];
  means: (number | null)[];
} {
  const {epoch, bins, range, intraSampleEntropy: entropyOf = intraSampleEntropy} = options;
  const key = {epoch, layer: layer.name, range};
  const failed = {
    channels: groups.flatMap(group => failedChannelRows(group, {...key, channels: shape.channels, bins})),
    means: groups.map(() => null),
  };
  const measure = () => {
    const intra = entropyOf(source, shape, {bins, range});
    const whole = shape.pixels === 1 ? entropyOf(source, layerAsOneMap(shape), {bins, range}) : intra;
    return {
      channels: groups.flatMap(group => channelEntropyRows(intra, group, key)),
      means: groups.map(({members}) => meanOverChannels(whole, members)),
    };
  };
  return attempts.try([INTRA], measure, failed);
}

/** The layer's rows. */
function amongSamples(
  {layer, source, shape, groups, options, attempts}: Measured,
  means: readonly (number | null)[],
): LayerEntropyRow[] {
  const {samples, pixels, channels} = shape;
  const features = pixels * channels;
  const {epoch, k} = options;
  // The costly part: computed once, for two measures and every class.
  const distances = attempts.try(
    [INTER, MATRIX],
    () => PairDistances.inBlocks(source, {samples, features}, options.squaredDistances),
    null,
  );
  const limits = limitsInBlocks(source, {samples, features});
  const isFinite = distances === null ? new Set(finiteInBlocks(source, {samples, features})) : null;
  const measure = ({members}: SampleGroup) => {
    const among = distances?.among(members) ?? null;
    const n = among?.n ?? members.filter(sample => isFinite?.has(sample)).length;
    const failed = {
      inter: failedInterSampleEntropy({n, samples: members.length}, {k}),
      matrix: failedMatrixEntropy({n, samples: members.length}),
    };
    if (among === null) return failed;
    return {
      inter: attempts.try([INTER], () => unlessEqual(interSampleEntropyOf(among, {k})), failed.inter),
      matrix: attempts.try([MATRIX], () => matrixEntropyOf(among), failed.matrix),
    };
  };
  return groups.map((group, i) => {
    const values = {limits, intraMean: means[i] ?? null, ...measure(group)};
    return layerEntropyRow(values, group, {epoch, layer: layer.name});
  });
}

/** Mean of the channels that have an entropy, bits. */
function meanOverChannels(entropy: IntraSampleEntropy, members: Int32Array): number | null {
  const known = channelEntropy(entropy, members).mean.filter(Number.isFinite);
  return known.length > 0 ? known.reduce((sum, value) => sum + value, 0) / known.length : null;
}
