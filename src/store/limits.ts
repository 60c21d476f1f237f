import type {RunInfo} from '../shared/index.js';
import {pixelCount} from './activations-file.js';
import {
  everyFile,
  type ActivationsFile,
  type EpochManifest,
  type ProbeFile,
  type TableFile,
  type WeightsFile,
} from './manifest.js';
import {RunFormatError} from './run-format-error.js';

/*
 * What a run says of itself is bounded before anything is allocated for it: `run.json` by what networks and machines
 * are like, manifests by `run.json` and by the sizes that they give, which the files must have.
 */

/** Bytes of a value, by dtype. */
const VALUE_BYTES = {float32: 4, float16: 2, int32: 4, bool: 1} as const;

const MOST_LAYERS = 10_000;
const MOST_CHANNELS = 1 << 20;
const MOST_PIXELS = 1 << 26;
const MOST_CLASSES = 1 << 16;
const MOST_SAMPLES = 1 << 24;
const MOST_BINS = 1 << 16;
const MOST_LOGS = 100_000;

/**
 * @param path - Of `run.json`.
 * @throws {RunFormatError} `damaged`, naming the first count that no run has.
 */
export function assertPlausible(info: RunInfo, path: string): void {
  const {layers, classes, probe, options} = info;
  const counts: [what: string, found: number, most: number][] = [
    ['layers', layers.length, MOST_LAYERS],
    ['classes', classes.length, MOST_CLASSES],
    ['probe samples', probe.samples, MOST_SAMPLES],
    ['classes of probe samples', probe.perClass.length, MOST_CLASSES],
    ['bins', options.bins, MOST_BINS],
    ['neighbours', options.k, MOST_SAMPLES],
  ];
  for (const {name, channels, spatial} of layers) {
    counts.push([`channels of layer ${name}`, channels, MOST_CHANNELS]);
    counts.push([`pixels of layer ${name}`, pixelCount(spatial), MOST_PIXELS]);
  }
  for (const [what, found, most] of counts) {
    if (found <= most) continue;
    throw new RunFormatError(
      'damaged',
      `${path} is damaged: ${found} ${what}; no more than ${most} are read.`,
    );
  }
}

/**
 * @param path - Of the manifest.
 * @throws {RunFormatError} `damaged`, naming the first file whose entry does not fit `run.json` or its own size.
 */
export function assertManifestFits(manifest: EpochManifest, info: RunInfo, path: string): void {
  const paths = new Set<string>();
  for (const file of everyFile(manifest)) {
    if (paths.has(file.path)) throw doesNotFit(path, file.path, 'it is named twice');
    paths.add(file.path);
  }
  for (const file of manifest.files) {
    const misfit =
      file.kind === 'activations'
        ? activationsMisfit(file, info)
        : file.kind === 'weights'
          ? weightsMisfit(file)
          : tableMisfit(file, info);
    if (misfit !== undefined) throw doesNotFit(path, file.path, misfit);
  }
}

/** @throws {RunFormatError} `damaged`, like {@link assertManifestFits}. */
export function assertProbeFits(file: ProbeFile, info: RunInfo, path: string): void {
  const {samples, bytes, labelsOffset, inputs} = file;
  const misfit = (): string | undefined => {
    if (samples !== info.probe.samples) return `${samples} samples instead of ${info.probe.samples}`;
    if (inputs.length !== info.inputs) return `${inputs.length} inputs instead of ${info.inputs}`;
    if (labelsOffset + 4 * samples > bytes) return 'labels outside the file';
    for (const [i, {name, shape, valuesOffset}] of inputs.entries()) {
      const layer = info.layers[i];
      const values = layer === undefined ? 0 : pixelCount(layer.spatial) * layer.channels;
      if (pixelCount(shape) !== values) return `${pixelCount(shape)} values of ${name} instead of ${values}`;
      if (valuesOffset + 4 * samples * values > bytes) return `values of ${name} outside the file`;
    }
    return undefined;
  };
  const found = misfit();
  if (found !== undefined) throw doesNotFit(path, file.path, found);
}

/**
 * Labels index arrays of one element a class.
 *
 * @throws {RunFormatError} `damaged` if one is not a class of the run.
 */
export function assertLabels({dir, info}: {dir: string; info: RunInfo}, labels: Int32Array): void {
  const classes = info.classes.length;
  const wrong = labels.find(label => label < (classes === 0 ? -1 : 0) || label >= classes);
  if (wrong === undefined) return;
  throw new RunFormatError(
    'damaged',
    `The probe of ${dir} is damaged: it has label ${wrong}, and run.json ${classes} classes.`,
  );
}

function activationsMisfit(file: ActivationsFile, info: RunInfo): string | undefined {
  const layer = info.layers.find(({name}) => name === file.layer);
  if (layer === undefined) return `run.json has no layer ${file.layer}`;
  const [channels, samples, pixels] = file.shape;
  const most = info.probe.samples;
  if (channels !== layer.channels || pixels !== pixelCount(layer.spatial) || samples > most) {
    const expected = `${layer.channels} x ${most} x ${pixelCount(layer.spatial)}`;
    return `it has ${file.shape.join(' x ')} values, and run.json says ${expected}`;
  }
  if (file.batches.length !== channels) return `${file.batches.length} batches for ${channels} channels`;
  const size = samples * pixels * VALUE_BYTES[file.dtype];
  if (file.batches.some(({valuesOffset}) => valuesOffset + size > file.bytes))
    return 'values outside the file';
  return undefined;
}

function weightsMisfit({tensors, bytes}: WeightsFile): string | undefined {
  let total = 0;
  for (const {name, dtype, shape, valuesOffset} of tensors) {
    const size = pixelCount(shape) * VALUE_BYTES[dtype];
    total += size;
    if (valuesOffset + size > bytes) return `values of ${name} outside the file`;
  }
  return total > bytes ? `${total} bytes of values in ${bytes}` : undefined;
}

function tableMisfit({table, rows}: TableFile, info: RunInfo): string | undefined {
  const most = mostRows(table, info);
  return rows <= most ? undefined : `${rows} rows of ${table}; no more than ${most} can be right`;
}

/** Rows that a table of one epoch can have. */
function mostRows(table: string, {layers, classes, probe}: RunInfo): number {
  const sets = classes.length + 1;
  const channels = layers.reduce((sum, layer) => sum + layer.channels, 0);
  const most: Record<string, number> = {
    logs: MOST_LOGS,
    confusion: classes.length ** 2,
    class_entropy: classes.length,
    channel_entropy: channels * sets,
    layer_entropy: layers.length * sets,
    predictions: probe.samples,
  };
  return Math.min(most[table] ?? Infinity, MOST_TABLE_ROWS);
}

/** Of any table: all channels of a large network by class, for a thousand classes. */
export const MOST_TABLE_ROWS = 1 << 24;

function doesNotFit(path: string, file: string, misfit: string): RunFormatError {
  return new RunFormatError('damaged', `${path} is damaged: of ${file}, ${misfit}.`);
}
