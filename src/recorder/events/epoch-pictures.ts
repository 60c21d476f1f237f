import type {ProbeData} from '../../shared/recording/run-parts.js';
import {samplesOf, type SquaredDistances} from '../../metrics/index.js';
import type {LayerInfo, RunInfo} from '../../shared/index.js';
import type {ImageSummary} from '../../tensorboard/index.js';
import {convolutions} from '../../shared/convolutions.js';
import type {CapturedLayer} from '../epoch-samples.js';
import type {EpochTables, TensorBoardSetup} from '../../shared/recording/recorder.js';
import {capacityPicture} from '../pictures/capacity-picture.js';
import {confusionPicture} from '../pictures/confusion-picture.js';
import {evenSample} from '../pictures/even-sample.js';
import {featureSheet} from '../pictures/feature-sheet.js';
import {layerCapacity} from '../pictures/layer-capacity.js';

/** A picture that is yet to be drawn. */
export interface Drawing {
  tag: string;
  draw: () => ImageSummary;
}

/** Maximum number of layers with a sheet of feature maps; more convolutions are sampled at even intervals. */
const MAX_SHEETS = 12;

/** Settings of the pictures of every epoch of a run. */
export interface PictureSource {
  info: RunInfo;
  probe: ProbeData;
  tensorboard: Pick<TensorBoardSetup, 'capacity' | 'featureMaps'>;
  squaredDistances: SquaredDistances;
}

/** Returns the pictures of one epoch, each drawn separately; those that make no sense for the model are missing. */
export function epochPictures(
  source: PictureSource,
  tables: EpochTables,
  activations: readonly CapturedLayer[],
): Drawing[] {
  const maps = [...inputMaps(source), ...activations];
  return [
    ...confusionImages(tables, source.info),
    ...capacityImages(source, maps),
    ...featureMapImages(source, activations),
  ];
}

function confusionImages({confusion}: EpochTables, {classes, evaluation}: RunInfo): Drawing[] {
  if (!confusion) return [];
  const counts = confusion.map(({count}) => count);
  const description = `Rows are true classes, columns predicted ones, darker is more; ${evaluation.samples} samples of the ${evaluation.source} set.`;
  const draw = () => ({pictures: [confusionPicture(counts, classes)], description});
  return [{tag: 'confusion_matrix', draw}];
}

function capacityImages(
  {probe, tensorboard, squaredDistances}: PictureSource,
  maps: readonly CapturedLayer[],
): Drawing[] {
  const find = (name: string) => maps.find(({layer}) => layer.name === name);
  return tensorboard.capacity.flatMap(([from, to]) => {
    const [x, y] = [find(from), find(to)];
    if (!x || !y) return [];
    const draw = () => {
      const samples = probe.labels.length;
      const capacity = layerCapacity(x, y, {samples, squaredDistances});
      const description = `Channel capacity in bits, rows ${from}, columns ${to}; brighter is less. Measured on the first ${capacity.samples} probe samples; what chance alone gives is written below.`;
      return {pictures: [capacityPicture(capacity)], description};
    };
    return [{tag: `capacity/${from}/${to}`, draw}];
  });
}

function featureMapImages(
  {info, probe, tensorboard}: PictureSource,
  activations: readonly CapturedLayer[],
): Drawing[] {
  const [inputLayer] = info.layers;
  const [input] = probe.inputs;
  const count = Math.min(tensorboard.featureMaps, probe.labels.length);
  if (!inputLayer || !input || count === 0) return [];
  const layers = convolutions(activations.map(({layer}) => layer));
  return evenSample(layers.length, MAX_SHEETS).map(place => {
    const layer = layers[place] as LayerInfo;
    const {maps} = activations.find(candidate => candidate.layer === layer) as CapturedLayer;
    const sheet = (sample: number) =>
      featureSheet({
        layer,
        maps: maps.read(sample, 1),
        input: {layer: inputLayer, values: sampleOf(input.values, sample, probe.labels.length)},
        caption: captionOf(sample, probe, info),
      });
    const description = `Feature maps of ${layer.name}, channel by channel, row by row, on one scale for all channels; the input is on top.`;
    const draw = () => ({pictures: Array.from({length: count}, (_, sample) => sheet(sample)), description});
    return {tag: `feature_maps/${layer.name}`, draw};
  });
}

/** The inputs as layers of the L axis. */
function inputMaps({info, probe}: PictureSource): CapturedLayer[] {
  return probe.inputs.map(({values}, i) => ({
    layer: info.layers[i] as LayerInfo,
    maps: samplesOf(values, probe.labels.length),
  }));
}

function sampleOf(values: Float32Array, sample: number, samples: number): Float32Array {
  const size = values.length / samples;
  return values.subarray(sample * size, (sample + 1) * size);
}

function captionOf(sample: number, {labels}: ProbeData, {classes}: RunInfo): string {
  const label = labels[sample] as number;
  return `sample ${sample}, class ${classes[label] ?? label}`;
}
