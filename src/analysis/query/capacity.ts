import type {ChannelCapacity, PairCodes} from '../../metrics/index.js';
import {
  storedSamples,
  type CapacityQuery,
  type Columns,
  type LayerInfo,
  type Reason,
  type ResultColumn,
  type ResultColumnType,
} from '../../shared/index.js';
import {derivedTable, partOf, type Answer, type Evaluation} from './evaluation.js';
import {membersOf, readLayerMaps, takeSamples} from './layer-maps.js';
import {NoSuchSlice} from './no-such-slice.js';
import {resolveSlice, type ResolvedSlice, type SampleSet} from './resolve-slice.js';
import {TABLE_SCHEMAS, type DerivedTable, type Run} from '../../store/index.js';

export type CapacityDefaults = Required<CapacityQuery['options']>;

interface Part {
  epoch: number;
  from: LayerInfo;
  to: LayerInfo;
  set: SampleSet;
  options: CapacityDefaults;
}

export const CAPACITY_DEFAULTS: CapacityDefaults = {bins: 32, permutations: 0, seed: 1};

/** `C(dCNN(…), dCNN(…))`: a row per epoch, layer pair, sample set and channel pair. */
export async function capacity(evaluation: Evaluation, query: CapacityQuery): Promise<Answer> {
  const {run, captured, job} = evaluation;
  const from = resolveSlice(run.info, captured, query.from);
  const to = resolveSlice(run.info, captured, query.to);
  assertSameSamplesAndEpochs(from, to);
  const options = {...CAPACITY_DEFAULTS, ...query.options};
  const pairs = from.layers.flatMap(fromLayer => to.layers.map(toLayer => ({from: fromLayer, to: toLayer})));
  const total = from.epochs.length * pairs.length * from.sets.length;
  const parts: Columns[] = [];
  for (const epoch of from.epochs) {
    for (const pair of pairs) {
      for (const set of from.sets) {
        const part = {...evaluation, job: partOf(job, parts.length, total)};
        parts.push(await ofPair(part, {epoch, ...pair, set, options}, [from.channels, to.channels]));
      }
    }
  }
  return {
    measure: 'channel capacity',
    value: 'bits',
    unit: 'bit',
    facts: {
      bins: options.bins,
      permutations: options.permutations,
      ...(options.permutations > 0 && {seed: options.seed}),
      n: oneValue(parts, 'n'),
      pairs: oneValue(parts, 'pairs'),
    },
    rows: parts.reduce((sum, {rows}) => sum + rows, 0),
    columns: joined(parts),
  };
}

function assertSameSamplesAndEpochs(from: ResolvedSlice, to: ResolvedSlice): void {
  for (const [what, a, b] of [
    ['epochs', from.epochs, to.epochs],
    ['samples', from.sets, to.sets],
  ] as const) {
    if (JSON.stringify(a) === JSON.stringify(b)) continue;
    throw new NoSuchSlice(
      `Both slices of C must select the same ${what}; capacity compares the same inputs twice.`,
    );
  }
}

/** Where the capacities of a layer pair are kept. */
export async function capacityTable(
  run: Run,
  {epoch, from, to, label, options}: Omit<Part, 'set'> & {label: number | null},
): Promise<DerivedTable> {
  const key = {from_layer: from.name, to_layer: to.name, class: label ?? 'all', bins: options.bins};
  const {permutations, seed} = options;
  return {
    table: 'capacity',
    epoch,
    options: permutations > 0 ? {...key, permutations, seed} : key,
    source: await run.fingerprint(epoch, [from.name, to.name]),
  };
}

type Wanted = readonly [from: number[] | null, to: number[] | null];

/** The whole matrix is kept; without it, of some channels only their part is computed. */
async function ofPair(evaluation: Evaluation, part: Part, wanted: Wanted): Promise<Columns> {
  if (part.set.indices !== null) return computed(evaluation, part, wanted);
  const columns = await derivedTable(
    evaluation,
    await capacityTable(evaluation.run, {...part, label: part.set.label}),
    () => computed(evaluation, part, [null, null]),
  );
  return withChannels(columns, wanted);
}

async function computed(evaluation: Evaluation, part: Part, [a, b]: Wanted): Promise<Columns> {
  const {epoch, from, to, set, options} = part;
  const x = await codesOf(evaluation, {epoch, layer: from, set, bins: options.bins, channels: a});
  const y = await codesOf(evaluation, {epoch, layer: to, set, bins: options.bins, channels: b});
  const result = await evaluation.compute.channelCapacity(x, y, {
    permutations: options.permutations,
    seed: options.seed,
    ...evaluation.job,
  });
  return capacityColumns(part, result, {x, y, from: a, to: b});
}

interface CodesOf {
  epoch: number;
  layer: LayerInfo;
  set: SampleSet;
  bins: number;
  channels: number[] | null;
}

/** Distances of a layer serve every pair that it is part of. */
async function codesOf(
  evaluation: Evaluation,
  {epoch, layer, set, bins, channels}: CodesOf,
): Promise<PairCodes> {
  const {run, compute, codes, job} = evaluation;
  const source = await run.fingerprint(epoch, [layer.name]);
  return codes.get(JSON.stringify([source, set, bins, channels]), async () => {
    const maps = await readLayerMaps(run, epoch, layer, channels);
    // Inputs are stored of the whole probe; a pair has the samples that both of its layers have.
    const stored = storedSamples(run.info);
    const members = membersOf(maps, set).filter(sample => sample < stored);
    const shape = {channels: maps.channels.length, samples: members.length, pixels: maps.pixels};
    return compute.pairCodes(takeSamples(maps, members), shape, {
      bins,
      ...(job.signal && {signal: job.signal}),
    });
  });
}

interface Channels {
  x: PairCodes;
  y: PairCodes;
  /** Channel indices of the matrix' rows and columns; null is all. */
  from: number[] | null;
  to: number[] | null;
}

/** A capacity matrix as the rows of `capacity`, by columns: it may have a quarter of a million. */
function capacityColumns(part: Part, result: ChannelCapacity, {x, y, from, to}: Channels): Columns {
  const {bits, millerMadow, hx, hy, baseline, samples, pairs, bins} = result;
  const cells = bits.length;
  const row = (cell: number) => Math.floor(cell / y.channels);
  const column = (cell: number) => cell % y.channels;
  const each = <T>(valueAt: (cell: number) => T) => Array.from({length: cells}, (_, cell) => valueAt(cell));
  const all = <T>(value: T) => new Array<T>(cells).fill(value);
  const numbers = (values: Float64Array | undefined) => each(cell => finite(values?.[cell]));
  return {
    rows: cells,
    columns: {
      epoch: all(part.epoch),
      from_layer: all(part.from.name),
      from_channel: each(cell => from?.[row(cell)] ?? row(cell)),
      to_layer: all(part.to.name),
      to_channel: each(cell => to?.[column(cell)] ?? column(cell)),
      class: all(part.set.label),
      bits: numbers(bits),
      hx: each(cell => finite(hx[row(cell)])),
      hy: each(cell => finite(hy[column(cell)])),
      n: all(samples),
      pairs: all(pairs),
      bins: all(bins),
      miller_madow: numbers(millerMadow),
      baseline_mean: numbers(baseline?.mean),
      baseline_p95: numbers(baseline?.p95),
      permutations: all(baseline?.permutations ?? 0),
      reason: each(cell => reasonFor(samples, x.valid[row(cell)] === 1 && y.valid[column(cell)] === 1)),
    },
  };
}

function reasonFor(samples: number, valid: boolean): Reason | null {
  if (samples === 0) return 'no-samples';
  if (samples === 1) return 'too-few-samples';
  return valid ? null : 'non-finite';
}

function withChannels({rows, columns}: Columns, [from, to]: Wanted): Columns {
  if (from === null && to === null) return {rows, columns};
  const has = (name: string, wanted: number[] | null, row: number) =>
    wanted === null || wanted.includes(columns[name]?.[row] as number);
  const taken = Array.from({length: rows}, (_, row) => row).filter(
    row => has('from_channel', from, row) && has('to_channel', to, row),
  );
  const take = (values: Columns['columns'][string]) => taken.map(row => values[row] ?? null);
  return {
    rows: taken.length,
    columns: Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, take(values)])),
  };
}

/** Columns that say nothing unless a baseline was asked for are left out of the answer. */
function joined(parts: readonly Columns[]): ResultColumn[] {
  return Object.entries(TABLE_SCHEMAS.capacity)
    .map(([name, type]) => ({
      name,
      type: type.replace('?', '') as ResultColumnType,
      values:
        parts.length === 1
          ? (parts[0]?.columns[name] ?? [])
          : parts.flatMap(({columns}) => columns[name] ?? []),
    }))
    .filter(({name, values}) => !name.startsWith('baseline') || values.some(value => value !== null));
}

/** The value of a column where it is the same in every part. */
function oneValue(parts: readonly Columns[], name: string): number | null {
  const values = new Set(parts.map(({columns}) => columns[name]?.[0]));
  const [value] = values;
  return values.size === 1 && typeof value === 'number' ? value : null;
}

function finite(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}
