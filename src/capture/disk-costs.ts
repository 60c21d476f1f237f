import {pixelsOf, valuesOf} from '../shared/layer-size.js';
import {LAYER_TABLES, type CaptureOptions, type LayerInfo} from '../shared/index.js';
import {convolutions} from '../shared/convolutions.js';

/** Disk space of a run apart from its activations, bytes. */
export interface OtherCosts {
  /** Once: the probe, what describes the run, the model's graph. */
  run: number;
  /** Per captured epoch: weights, tables, events. */
  epoch: number;
}

/** Input of {@link otherCosts}. */
export interface CostParts {
  /** The L axis, the model's inputs first. */
  layers: readonly LayerInfo[];
  inputs: number;
  /** Probe samples. */
  samples: number;
  classes: number;
  /** Per epoch. */
  weightBytes: number;
  /** TensorBoard's pictures of an epoch; null where the run folder holds no events. */
  pictures: {featureMaps: number; capacity: number} | null;
}

// The sizes below were measured on runs of many networks; rounded up, so that a run stays within its estimate.

/** Arrow's own share of an activations file, and of each channel in it; and two indices for each sample of a channel. */
const LAYER_FILE = 1200;
const CHANNEL_BATCH = 420;
const SAMPLE_INDICES = 8;

/** Returns the bytes of one epoch's activations for a number of samples. */
export function activationBytes(
  layers: readonly LayerInfo[],
  stored: number,
  dtype: CaptureOptions['dtype'],
): number {
  if (stored === 0) return 0;
  const value = dtype === 'float32' ? 4 : 2;
  const bytes = (layer: LayerInfo) =>
    LAYER_FILE +
    layer.channels * CHANNEL_BATCH +
    stored * (value * valuesOf(layer) + SAMPLE_INDICES * layer.channels);
  return sum(layers, bytes);
}

/** Rows of the tables, and the files themselves with the manifest. */
const ROW = {channel_entropy: 24, layer_entropy: 80, predictions: 16, confusion: 4, class_entropy: 24};
const TABLE_FILES = 4096;
/** The table of one measure of whole layers: a row, and the file itself with its entry in the manifest. */
const LAYER_TABLE = {row: 32, file: 2048};
/** Describing a run, and each of its layers, in `run.json` and in the graph. */
const DESCRIPTION = {run: 12_288, layer: 3072};

export function otherCosts(parts: CostParts): OtherCosts {
  const {layers, inputs, samples, classes, weightBytes, pictures} = parts;
  const groups = classes + 1;
  const tables =
    ROW.channel_entropy * sum(layers, ({channels}) => channels) * groups +
    ROW.layer_entropy * layers.length * groups +
    Object.keys(LAYER_TABLES).length * (LAYER_TABLE.row * layers.length * groups + LAYER_TABLE.file) +
    ROW.predictions * samples +
    ROW.confusion * classes ** 2 +
    ROW.class_entropy * classes +
    TABLE_FILES;
  const probe = samples * (8 + 4 * sum(layers.slice(0, inputs), valuesOf));
  return {
    run: probe + DESCRIPTION.run + DESCRIPTION.layer * layers.length,
    epoch: weightBytes + tables + (pictures ? eventBytes(layers, pictures) : 0),
  };
}

/** Scalars and a histogram of each layer; of pictures, a heatmap, a sheet and each pixel of its tiles. */
const EVENTS = {epoch: 8192, layer: 1200, heatmap: 16_384, sheet: 12_288, pixel: 1.5};
/** As pictures/feature-sheet.ts and events/epoch-pictures.ts have them. */
const MOST = {sheets: 12, tiles: 64, tilePixels: 54 ** 2};

function eventBytes(
  layers: readonly LayerInfo[],
  {featureMaps, capacity}: NonNullable<CostParts['pictures']>,
): number {
  const sheets = convolutions(layers)
    .map(layer => Math.min(MOST.tiles, layer.channels) * Math.min(MOST.tilePixels, pixelsOf(layer)))
    .sort((a, b) => b - a)
    .slice(0, MOST.sheets)
    .map(pixels => EVENTS.sheet + EVENTS.pixel * pixels);
  return (
    EVENTS.epoch +
    EVENTS.layer * layers.length +
    EVENTS.heatmap * capacity +
    featureMaps * sum(sheets, bytes => bytes)
  );
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
