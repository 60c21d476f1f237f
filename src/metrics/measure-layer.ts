import type {CaptureOptions, ChannelEntropyRow, LayerEntropyRow, LayerInfo} from '../shared/index.js';
import {channelEntropyRows} from './channel-entropy-rows.js';
import {interSampleEntropyOf} from './inter-sample-entropy.js';
import {intraSampleEntropy} from './intra-sample-entropy.js';
import {layerEntropyRow} from './layer-entropy-row.js';
import {matrixEntropyOf} from './matrix-entropy.js';
import {PairDistances} from './pair-distances.js';
import {sampleGroups} from './sample-groups.js';
import type {SquaredDistances} from './squared-distances.js';
import {layerAsOneMap, pixelsOf} from './shapes.js';

export interface LayerMeasures {
  channels: ChannelEntropyRow[];
  layer: LayerEntropyRow[];
}

export interface MeasureOptions extends Pick<CaptureOptions, 'bins' | 'range' | 'k'> {
  epoch: number;
  /** Class index of each sample. */
  labels: Int32Array;
  classes: number;
  /** What computes the distances between samples; default the plain version. */
  squaredDistances?: SquaredDistances;
}

/**
 * The rows of one layer at one epoch in `channel_entropy` and `layer_entropy`: all samples together, then each class.
 *
 * @param maps - [samples, pixels, channels], row-major. Not modified.
 */
export function measureLayer(layer: LayerInfo, maps: Float32Array, options: MeasureOptions): LayerMeasures {
  const {epoch, labels, classes, bins, range, k} = options;
  const shape = {samples: labels.length, pixels: pixelsOf(layer), channels: layer.channels};
  const intra = intraSampleEntropy(maps, shape, {bins, range});
  const whole = shape.pixels === 1 ? intraSampleEntropy(maps, layerAsOneMap(shape), {bins, range}) : intra;
  const features = shape.pixels * shape.channels;
  // The costly part: computed once, for two measures and every class.
  const distances = PairDistances.of(maps, {samples: labels.length, features}, options.squaredDistances);
  const groups = sampleGroups(labels, classes);
  return {
    channels: groups.flatMap(group => channelEntropyRows(intra, group, {epoch, layer: layer.name, range})),
    layer: groups.map(group => {
      const among = distances.among(group.members);
      return layerEntropyRow(
        {maps, features, whole, inter: interSampleEntropyOf(among, {k}), matrix: matrixEntropyOf(among)},
        group,
        {epoch, layer: layer.name},
      );
    }),
  };
}
