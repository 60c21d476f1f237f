import {LAYER_TABLES, type RunInfo} from '../shared/index.js';
import {elementCount} from '../shared/layer-size.js';
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
 * The sizes that a run declares are limited before anything is allocated for it: `run.json` by what networks and machines
 * are like, manifests by `run.json` and by the sizes that they give, which the files must have.
 */

/** Bytes of a value, by dtype. */
const VALUE_BYTES = {float32: 4, float16: 2, int32: 4, bool: 1} as const;

const MAX_LAYERS = 10_000;
const MAX_CHANNELS = 1 << 20;
const MAX_PIXELS = 1 << 26;
const MAX_CLASSES = 1 << 16;
const MAX_SAMPLES = 1 << 24;
const MAX_BINS = 1 << 16;
const MAX_LOGS = 100_000;

/**
 * @param path - Of `run.json`.
 * @throws {RunFormatError} `damaged`, naming the first count that no run has.
 */
export function assertPlausible(info: RunInfo, path: string): void {
  const {layers, classes, probe, options} = info;
  const counts: [what: string, found: number, max: number][] = [
    ['layers', layers.length, MAX_LAYERS],
    ['classes', classes.length, MAX_CLASSES],
    ['probe samples', probe.samples, MAX_SAMPLES],
    ['classes of probe samples', probe.perClass.length, MAX_CLASSES],
    ['bins', options.bins, MAX_BINS],
    ['neighbours', options.k, MAX_SAMPLES],
  ];
  for (const {name, channels, spatial} of layers) {
    counts.push([`channels of layer ${name}`, channels, MAX_CHANNELS]);
    counts.push([`pixels of layer ${name}`, elementCount(spatial), MAX_PIXELS]);
  }
  for (const [what, found, max] of counts) {
    if (found <= max) continue;
    throw new RunFormatError(
      'damaged',
      `${path} is damaged: ${found} ${what}; no more than ${max} are read.`,
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
      const values = layer === undefined ? 0 : elementCount(layer.spatial) * layer.channels;
      if (elementCount(shape) !== values)
        return `${elementCount(shape)} values of ${name} instead of ${values}`;
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
  const max = info.probe.samples;
  if (channels !== layer.channels || pixels !== elementCount(layer.spatial) || samples > max) {
    const expected = `${layer.channels} x ${max} x ${elementCount(layer.spatial)}`;
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
    const size = elementCount(shape) * VALUE_BYTES[dtype];
    total += size;
    if (valuesOffset + size > bytes) return `values of ${name} outside the file`;
  }
  return total > bytes ? `${total} bytes of values in ${bytes}` : undefined;
}

function tableMisfit({table, rows}: TableFile, info: RunInfo): string | undefined {
  const max = maxRows(table, info);
  return rows <= max ? undefined : `${rows} rows of ${table}; no more than ${max} can be right`;
}

/** Rows that a table of one epoch can have. */
function maxRows(table: string, {layers, classes, probe}: RunInfo): number {
  const sets = classes.length + 1;
  const channels = layers.reduce((sum, layer) => sum + layer.channels, 0);
  const rowsOfLayers = layers.length * sets;
  const max: Record<string, number> = {
    ...Object.fromEntries(Object.keys(LAYER_TABLES).map(name => [name, rowsOfLayers])),
    logs: MAX_LOGS,
    confusion: classes.length ** 2,
    class_entropy: classes.length,
    channel_entropy: channels * sets,
    layer_entropy: rowsOfLayers,
    predictions: probe.samples,
  };
  return Math.min(max[table] ?? Infinity, MAX_TABLE_ROWS);
}

/** Maximum number of rows of any table: all channels of a large network by class, for a thousand classes. */
export const MAX_TABLE_ROWS = 1 << 24;

function doesNotFit(path: string, file: string, misfit: string): RunFormatError {
  return new RunFormatError('damaged', `${path} is damaged: of ${file}, ${misfit}.`);
}
