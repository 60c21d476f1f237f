import {RunWriter, type FailedPart} from 'cnnslicer/store';
import {
  seededRandom,
  storedSamples,
  type ChannelEntropyRow,
  type LayerEntropyRow,
  type LayerInfo,
  type Random,
  type RunInfo,
  type TableRows,
} from '#src/shared/index.js';
import {probeData, runInfo} from './run-folder.js';

export interface WrittenRunOptions {
  /** Epochs to commit, in this order. */
  epochs?: readonly number[];
  /** What differs from `runInfo()`. */
  info?: Partial<RunInfo>;
}

/** Writes a small run as a fit does: `run.json`, the probe, then every metric table of each epoch, seeded. */
export async function writeRun(
  dir: string,
  {epochs = [0, 1, 2], info}: WrittenRunOptions = {},
): Promise<RunWriter> {
  const content = runInfo(info);
  const writer = await RunWriter.create(
    dir,
    content,
    probeData(1, content.layers[0], content.probe.perClass),
  );
  for (const epoch of epochs) await writeEpoch(writer, content, epoch);
  return writer;
}

/** Writes and commits one epoch; `seed` makes the same epoch come out with other numbers. */
export async function writeEpoch(writer: RunWriter, info: RunInfo, epoch: number, seed = 1): Promise<void> {
  await writeParts(writer, info, epoch, {seed});
}

/** Writes and commits an epoch without the layers and tables that `failed` names, as a disk in trouble would. */
export async function writeParts(
  writer: RunWriter,
  info: RunInfo,
  epoch: number,
  {seed = 1, failed = []}: {seed?: number; failed?: readonly FailedPart[]},
): Promise<void> {
  const lacks = (stage: string, of: string) => failed.some(part => part.stage === stage && part.of === of);
  const files = await writer.epoch(epoch);
  for (const layer of info.layers.slice(info.inputs)) {
    const samples = storedSamples(info);
    if (samples === 0 || lacks('activations', layer.name)) continue;
    const maps = layerMaps(info, layer, epoch, seed);
    await files.activations(layer, maps.subarray(0, (maps.length / info.probe.samples) * samples), samples);
  }
  const tables = tableRows(info, epoch, seed);
  for (const table of Object.keys(tables) as CapturedTable[]) {
    if (!lacks('table', table)) await files.table(table, tables[table]);
  }
  await files.commit(failed);
}

/** That a layer's activations, or a table, could not be stored. */
export function failedPart(stage: 'activations' | 'table', of: string): FailedPart {
  return {stage, of, what: `the ${stage} ${of} could not be stored`, reason: 'The disk was on fire.'};
}

/** The activations that {@link writeEpoch} writes: rectified noise, [samples, pixels, channels]. */
export function layerMaps({probe}: RunInfo, layer: LayerInfo, epoch: number, seed = 1): Float32Array {
  const random = seededRandom(seed * 1000 + epoch * 10 + layer.index);
  const pixels = layer.spatial.reduce((product, extent) => product * extent, 1);
  const length = probe.samples * pixels * layer.channels;
  return Float32Array.from({length}, () => Math.max(0, random() - 0.3));
}

/** Tables that every training writes; the others are derived when asked for, or of what not every training is given. */
export type CapturedTable = Exclude<keyof TableRows, 'capacity' | 'training_set'>;

/** The rows that {@link writeEpoch} writes. Class 0 is never predicted at epoch 0; channel 0 is always dead. */
export function tableRows(info: RunInfo, epoch: number, seed = 1): {[T in CapturedTable]: TableRows[T][]} {
  const random = seededRandom(seed * 1000 + epoch);
  const classes = info.classes.map((_, i) => i);
  const neverPredicted = (index: number) => epoch === 0 && index === 0;
  return {
    logs: epoch === 0 ? [] : logsOf(epoch, random),
    confusion: classes.flatMap(label =>
      classes.map(predicted => ({
        epoch,
        label,
        predicted,
        count: neverPredicted(predicted) ? 0 : Math.floor(9 * random()),
      })),
    ),
    class_entropy: classes.map(index => ({
      epoch,
      class: index,
      label_given_pred: neverPredicted(index) ? null : random(),
      pred_given_label: random(),
      reason: neverPredicted(index) ? 'never-predicted' : null,
    })),
    channel_entropy: info.layers.flatMap(layer =>
      Array.from({length: layer.channels}, (_, channel) =>
        [null, ...classes].map(index =>
          channelRow(info, {epoch, layer: layer.name, channel, class: index}, random),
        ),
      ).flat(),
    ),
    layer_entropy: info.layers.flatMap(layer =>
      [null, ...classes].map(index => layerRow(info, {epoch, layer: layer.name, class: index}, random)),
    ),
    predictions: Array.from({length: info.probe.samples}, (_, sample) => ({
      epoch,
      sample,
      label: sample % classes.length,
      predicted: Math.floor(classes.length * random()),
      probability: random(),
    })),
    effective_rank: info.layers.flatMap(layer =>
      [null, ...classes].map(index => rankRow(info, {epoch, layer: layer.name, class: index}, random)),
    ),
  };
}

function logsOf(epoch: number, random: Random): TableRows['logs'][] {
  return ['loss', 'acc', 'val_loss', 'val_acc'].map(name => ({epoch, name, value: random()}));
}

function channelRow(
  info: RunInfo,
  key: Pick<ChannelEntropyRow, 'epoch' | 'layer' | 'channel' | 'class'>,
  random: Random,
): ChannelEntropyRow {
  const {bins, range} = info.options;
  const n = key.class === null ? info.probe.samples : (info.probe.perClass[key.class] ?? 0);
  const dead = key.channel === 0 ? 1 : 0;
  return {
    ...key,
    mean: 5 * random() * (1 - dead),
    std: random(),
    dead,
    zeros: Math.max(dead, random()),
    n,
    range,
    bins,
    reason: null,
  };
}

function layerRow(
  info: RunInfo,
  key: Pick<LayerEntropyRow, 'epoch' | 'layer' | 'class'>,
  random: Random,
): LayerEntropyRow {
  const n = key.class === null ? info.probe.samples : (info.probe.perClass[key.class] ?? 0);
  return {
    ...key,
    bits: 4 * random(),
    log2_edges: 4,
    k: Math.min(info.options.k, n - 1),
    n,
    invalid: 0,
    clamped: 0,
    matrix_bits: random(),
    intra_mean: 5 * random(),
    min: -random(),
    max: random(),
    reason: null,
  };
}

function rankRow(
  info: RunInfo,
  key: Pick<TableRows['effective_rank'], 'epoch' | 'layer' | 'class'>,
  random: Random,
): TableRows['effective_rank'] {
  const n = key.class === null ? info.probe.samples : (info.probe.perClass[key.class] ?? 0);
  return {...key, rank: 1 + random(), ceiling: n - 1, n, invalid: 0, reason: null};
}
