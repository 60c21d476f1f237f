import {layerAsOneMap, pixelsOf, type IntraSampleOptions} from '../../metrics/index.js';
import type {ChannelEntropyRow, IntraSampleQuery, LayerInfo, Reason} from '../../shared/index.js';
import {failureOf, type DerivedTable, type EpochManifest, type Run} from '../../store/index.js';
import {columnsOf, rowsOf} from '../answer/columns.js';
import {
  columnsFor,
  notRecorded,
  partOfRows,
  type AnswerPart,
  type AnswerParts,
} from '../answer/answer-parts.js';
import {sampleGroups} from '../capture/sample-groups.js';
import {channelEntropyRows} from './channel-entropy-rows.js';
import {capturedEntropies, type CapturedEntropies} from './captured-entropies.js';
import {clippedValues} from './clipped-values.js';
import {derivedTable, partOf, type Evaluation} from '../answer/evaluation.js';
import {mapsShape, membersOf, readLayerMaps, sampleMajor} from '../slice/layer-maps.js';
import {NoSuchSlice} from '../slice/no-such-slice.js';
import {resolveSlice, type ResolvedSlice, type SampleSet} from '../slice/resolve-slice.js';
import {unlessFailed} from '../answer/unless-failed.js';

interface Row {
  epoch: number;
  layer: string;
  /** Null is a dense layer as a whole: its vector as one map. */
  channel: number | null;
  class: number | null;
  bits: number | null;
  std: number | null;
  dead: number | null;
  zeros: number | null;
  n: number;
  reason: Reason | null;
}

const COLUMNS = columnsFor<Row>({
  epoch: 'int32',
  layer: 'string',
  channel: 'int32',
  class: 'int32',
  bits: 'double',
  std: 'double',
  dead: 'double',
  zeros: 'double',
  n: 'int32',
  reason: 'string',
});

/** How the histograms are made. */
interface Histograms {
  bins: number;
  /** Rule for the metrics: one range over the run is a fixed one. */
  range: IntraSampleOptions['range'];
  /** As tables and answers name it. */
  rule: string;
}

/** `H(dCNN(…))`: a row per epoch, layer, channel and sample set. */
export function intraSample(evaluation: Evaluation, query: IntraSampleQuery): AnswerParts {
  const {run, captured} = evaluation;
  const slice = resolveSlice(run.info, captured, query.slice);
  const {epochs, layers, channels, sets} = slice;
  const {options} = run.info;
  const clipped = {values: 0};
  const perLayer = (layer: LayerInfo) =>
    isWhole(layer, channels) ? 1 : (channels?.length ?? layer.channels);
  return {
    measure: 'intra-sample entropy',
    value: 'bits',
    unit: 'bit',
    columns: COLUMNS,
    extent: {
      epochs: epochs.length,
      classes: sets.length,
      layers: layers.length,
      channels: layers.reduce((sum, layer) => sum + perLayer(layer), 0),
    },
    parts: layerParts(evaluation, slice, {options: query.options, clipped}),
    facts: () => ({
      bins: query.options.bins ?? options.bins,
      range: rangeText(query.options.range ?? options.range),
      ...(typeof query.options.range === 'object' && {clipped: clipped.values}),
      probe: run.info.probe.samples,
      ...notRecorded(run, 'channel_entropy', COLUMNS),
    }),
  };
}

async function* layerParts(
  evaluation: Evaluation,
  slice: ResolvedSlice,
  {options, clipped}: {options: IntraSampleQuery['options']; clipped: {values: number}},
): AsyncGenerator<AnswerPart> {
  const {run, job} = evaluation;
  const total = slice.epochs.length * slice.layers.length;
  let done = 0;
  for (const epoch of slice.epochs) {
    const written = capturedEntropies(run, epoch);
    for (const layer of slice.layers) {
      const part = {...evaluation, job: partOf(job, done++, total)};
      const histograms = await histogramsFor(evaluation, layer, options);
      if (typeof options.range === 'object') {
        clipped.values += await clippedValues(run, options.range, {epoch, layer, slice});
      }
      const whole = isWhole(layer, slice.channels);
      const channels = whole ? [null] : (slice.channels ?? Array.from({length: layer.channels}, (_, c) => c));
      const measured = (whole ? wholeLayer : eachChannel)(part, {epoch, layer, slice, histograms, written});
      const rows = await unlessFailed(measured, () =>
        slice.sets.flatMap(({label}) => channels.map(channel => failedRow({epoch, layer, channel, label}))),
      );
      yield partOfRows(COLUMNS, rows);
    }
  }
}

/** Treats all channels of a dense layer as one map. */
function isWhole(layer: LayerInfo, channels: number[] | null): boolean {
  return pixelsOf(layer) === 1 && channels === null;
}

function rangeText(range: string | readonly [number, number]): string {
  return typeof range === 'string' ? range : range.join('..');
}

async function histogramsFor(
  {run, captured}: Pick<Evaluation, 'run' | 'captured'>,
  layer: LayerInfo,
  {bins = run.info.options.bins, range = run.info.options.range}: IntraSampleQuery['options'],
): Promise<Histograms> {
  if (typeof range !== 'string') return {bins, range, rule: rangeText(range)};
  if (range !== 'run') return {bins, range, rule: range};
  const [lo, hi] = await extentOverRun(run, layer, captured);
  return {bins, range: [lo, hi], rule: `run ${lo}..${hi}`};
}

/** Smallest and largest activation of a layer over all finished epochs. */
async function extentOverRun(
  run: Evaluation['run'],
  {name}: LayerInfo,
  epochs: readonly number[],
): Promise<[lo: number, hi: number]> {
  const rows = (await run.table('layer_entropy', {layer: name, epochs})).filter(row => row.class === null);
  const lows = rows.map(({min}) => min).filter(min => min !== null);
  const highs = rows.map(({max}) => max).filter(max => max !== null);
  if (lows.length === 0) throw new NoSuchSlice(`Layer ${name} has no finite activation in any epoch.`);
  return [lows.reduce((a, b) => Math.min(a, b)), highs.reduce((a, b) => Math.max(a, b))];
}

interface Part {
  epoch: number;
  layer: LayerInfo;
  slice: ResolvedSlice;
  histograms: Histograms;
  written: CapturedEntropies;
}

async function eachChannel(evaluation: Evaluation, part: Part): Promise<Row[]> {
  const {slice, layer, epoch} = part;
  const failed = isLost(await evaluation.run.manifest(epoch), layer);
  const rows: Row[] = [];
  const wanted = slice.channels ?? Array.from({length: layer.channels}, (_, channel) => channel);
  // The table of all samples and every class serves all sets that are not explicit samples.
  const hasWhole = slice.sets.some(({indices}) => indices === null);
  const ofTable = byClass(hasWhole ? await tableRows(evaluation, part) : []);
  for (const set of slice.sets) {
    const measured = set.indices === null ? ofTable : byClass(await ofSamples(evaluation, part, set.indices));
    const ofSet = new Map(measured.get(set.label)?.map(row => [row.channel, row]));
    for (const channel of wanted) {
      const row = ofSet.get(channel);
      if (row !== undefined) rows.push(resultRow(row));
      else if (failed) rows.push(failedRow({epoch, layer, channel, label: set.label}));
    }
  }
  return rows;
}

/** Checks whether the channel entropies of a layer could not be computed or stored when the epoch was captured. */
function isLost(manifest: EpochManifest, {name}: LayerInfo): boolean {
  const parts = [failureOf(manifest, 'table', 'channel_entropy'), failureOf(manifest, 'measures', name)];
  // Without activations nothing could be measured.
  const held = manifest.failed?.find(({stage, of}) => stage === 'activations' && of === null);
  return [...parts, held].some(part => part !== undefined);
}

function failedRow({
  epoch,
  layer,
  channel,
  label,
}: {
  epoch: number;
  layer: LayerInfo;
  channel: number | null;
  label: number | null;
}): Row {
  const nothing = {bits: null, std: null, dead: null, zeros: null, n: 0};
  return {epoch, layer: layer.name, channel, class: label, ...nothing, reason: 'failed'};
}

function byClass(rows: readonly ChannelEntropyRow[]): Map<number | null, ChannelEntropyRow[]> {
  const found = new Map<number | null, ChannelEntropyRow[]>();
  for (const row of rows) {
    const same = found.get(row.class);
    if (same === undefined) found.set(row.class, [row]);
    else same.push(row);
  }
  return found;
}

function resultRow({
  epoch,
  layer,
  channel,
  class: label,
  mean,
  std,
  dead,
  zeros,
  n,
  reason,
}: ChannelEntropyRow): Row {
  return {epoch, layer, channel, class: label, bits: mean, std, dead, zeros, n, reason};
}

/** Path of the channel entropies of a layer under other options than the capture's. */
async function channelEntropyTable(
  run: Run,
  {epoch, layer, bins, rule}: {epoch: number; layer: LayerInfo; bins: number; rule: string},
): Promise<DerivedTable> {
  const options = {layer: layer.name, bins, range: rule};
  return {table: 'channel_entropy', epoch, options, source: await run.fingerprint(epoch, [layer.name])};
}

/** All samples and every class, from the captured table or a derived one. */
async function tableRows(
  evaluation: Evaluation,
  {epoch, layer, histograms, written}: Part,
): Promise<ChannelEntropyRow[]> {
  const {run} = evaluation;
  const {bins, range, rule} = histograms;
  if (bins === run.info.options.bins && range === run.info.options.range) {
    return written(layer);
  }
  const columns = await derivedTable(
    evaluation,
    await channelEntropyTable(run, {epoch, layer, bins, rule}),
    async () => {
      const maps = await readLayerMaps(run, epoch, layer, null);
      const shape = mapsShape(layer, maps.samples);
      const entropy = await evaluation.compute.intraSampleEntropy(sampleMajor(maps.maps, shape), shape, {
        bins,
        ...(range !== undefined && {range}),
        ...evaluation.job,
      });
      const groups = sampleGroups(maps.labels, run.info.classes.length);
      const key = {epoch, layer: layer.name, range: rule};
      return columnsOf(
        'channel_entropy',
        groups.flatMap(group => channelEntropyRows(entropy, group, key)),
      );
    },
  );
  return rowsOf('channel_entropy', columns);
}

/** Some samples only: computed each time, from the channels asked for alone. */
async function ofSamples(
  {run, compute, job}: Evaluation,
  {epoch, layer, slice, histograms}: Part,
  indices: number[],
): Promise<ChannelEntropyRow[]> {
  const maps = await readLayerMaps(run, epoch, layer, slice.channels);
  const shape = mapsShape(layer, maps.samples, maps.channels.length);
  const range = await rangeOfLayer(run, {epoch, layer, range: histograms.range});
  const entropy = await compute.intraSampleEntropy(sampleMajor(maps.maps, shape), shape, {
    bins: histograms.bins,
    ...(range !== undefined && {range}),
    ...job,
  });
  const members = membersOf(maps, {label: null, indices});
  const key = {epoch, layer: layer.name, range: histograms.rule};
  return channelEntropyRows(entropy, {label: null, members}, key).map(row => ({
    ...row,
    channel: maps.channels[row.channel] as number,
  }));
}

/** Path of `range=run` of a layer at an epoch. */
export async function runRangeTable(run: Run, epoch: number, layer: LayerInfo): Promise<DerivedTable> {
  const {bins, rule} = await histogramsFor({run, captured: await run.epochs()}, layer, {range: 'run'});
  return channelEntropyTable(run, {epoch, layer, bins, rule});
}

/** Under the rule `layer` the range is that of all channels, also where only some are read. */
async function rangeOfLayer(
  run: Evaluation['run'],
  {epoch, layer, range}: {epoch: number; layer: LayerInfo; range: Histograms['range']},
): Promise<Histograms['range']> {
  if (range !== 'layer') return range;
  const rows = await run.table('layer_entropy', {epochs: [epoch], layer: layer.name});
  const row = rows.find(({class: label}) => label === null);
  return row === undefined || row.min === null || row.max === null ? range : [row.min, row.max];
}

/** A dense layer as a whole: its vector as one map. */
async function wholeLayer(evaluation: Evaluation, {epoch, layer, slice, histograms}: Part): Promise<Row[]> {
  const {run, compute, job} = evaluation;
  const maps = await readLayerMaps(run, epoch, layer, null);
  const shape = mapsShape(layer, maps.samples);
  const entropy = await compute.intraSampleEntropy(sampleMajor(maps.maps, shape), layerAsOneMap(shape), {
    bins: histograms.bins,
    ...(histograms.range !== undefined && {range: histograms.range}),
    ...job,
  });
  const key = {epoch, layer: layer.name, range: histograms.rule};
  return slice.sets.flatMap((set: SampleSet) =>
    channelEntropyRows(entropy, {label: set.label, members: membersOf(maps, set)}, key).map(row => ({
      ...resultRow(row),
      channel: null,
    })),
  );
}
