import {takeRows, type CapacityQuery, type CapacityRow, type Table} from '../../shared/index.js';
import type {AnswerParts} from '../answer/answer-parts.js';
import {assertFits, fits} from '../answer/answer-size.js';
import {derivedTable, partOf, type Evaluation} from '../answer/evaluation.js';
import {NoSuchSlice} from '../slice/no-such-slice.js';
import {resolveSlice, type ResolvedSlice} from '../slice/resolve-slice.js';
import {baseType, TABLE_SCHEMAS, type DerivedTable, type Run} from '../../store/index.js';
import {capacityColumns, type MatrixOf} from './capacity-columns.js';
import {codesOf} from './layer-codes.js';

export type CapacityDefaults = Required<CapacityQuery['options']>;

interface Part extends MatrixOf {
  options: CapacityDefaults;
}

export const CAPACITY_DEFAULTS: CapacityDefaults = {bins: 32, permutations: 0, seed: 1};

/** `C(dCNN(…), dCNN(…))`: a row per epoch, layer pair, sample set and channel pair. */
export function capacity(evaluation: Evaluation, query: CapacityQuery): AnswerParts {
  const {run, captured} = evaluation;
  const from = resolveSlice(run.info, captured, query.from);
  const to = resolveSlice(run.info, captured, query.to);
  assertSameSamplesAndEpochs(from, to);
  const options = {...CAPACITY_DEFAULTS, ...query.options};
  const size = ({layers, channels}: ResolvedSlice) =>
    layers.reduce((sum, layer) => sum + (channels?.length ?? layer.channels), 0);
  const pairCounts = new Set<number>();
  return {
    measure: 'channel capacity',
    value: 'bits',
    unit: 'bit',
    columns: columnsOf(options),
    extent: {
      epochs: from.epochs.length,
      classes: from.sets.length,
      layers: from.layers.length * to.layers.length,
      channels: size(from) * size(to),
    },
    parts: pairParts(evaluation, {from, to, options, pairCounts}),
    facts: () => ({
      bins: options.bins,
      permutations: options.permutations,
      ...(options.permutations > 0 && {seed: options.seed}),
      pairs: onlyOne(pairCounts),
    }),
  };
}

interface Pairs {
  from: ResolvedSlice;
  to: ResolvedSlice;
  options: CapacityDefaults;
  /** Receives how many pairs of samples there are. */
  pairCounts: Set<number>;
}

async function* pairParts(
  evaluation: Evaluation,
  {from, to, options, pairCounts}: Pairs,
): AsyncGenerator<Table> {
  const pairs = from.layers.flatMap(fromLayer => to.layers.map(toLayer => ({from: fromLayer, to: toLayer})));
  const total = from.epochs.length * pairs.length * from.sets.length;
  let done = 0;
  for (const epoch of from.epochs) {
    for (const pair of pairs) {
      for (const set of from.sets) {
        const part = {...evaluation, job: partOf(evaluation.job, done++, total)};
        const found = await forPair(part, {epoch, ...pair, set, options}, [from.channels, to.channels]);
        const [count] = found.columns.pairs.values;
        if (count !== undefined) pairCounts.add(count);
        yield found;
      }
    }
  }
}

/** Columns that say nothing unless a baseline was asked for are left out of the answer. */
function columnsOf({permutations}: CapacityDefaults): AnswerParts['columns'] {
  return Object.entries(TABLE_SCHEMAS.capacity)
    .map(([name, {type}]) => ({name, type: baseType(type)}))
    .filter(({name}) => permutations > 0 || !(name === 'p' || name.startsWith('baseline')));
}

function onlyOne(values: ReadonlySet<number>): number | null {
  const [value] = values;
  return values.size === 1 && value !== undefined ? value : null;
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

/** Path of the capacities of a layer pair. */
export async function capacityTable(
  run: Run,
  {epoch, from, to, label, options}: Omit<Part, 'set'> & {label: number | null},
): Promise<DerivedTable<'capacity'>> {
  const key = {from_layer: from.name, to_layer: to.name, class: label ?? 'all', bins: options.bins};
  const {permutations, seed} = options;
  return {
    table: 'capacity',
    epoch,
    options: permutations > 0 ? {...key, permutations, seed} : key,
    source: `${TABLE_EDITION} ${await run.fingerprint(epoch, [from.name, to.name])}`,
  };
}

/** Tables from versions without p-values lack a column, and are recomputed. */
const TABLE_EDITION = 'p-values';

const COLUMN_COUNT = Object.keys(TABLE_SCHEMAS.capacity).length;

type Wanted = readonly [from: number[] | null, to: number[] | null];

/** The whole matrix is kept; of chosen samples, or where it is too large to hold, only the part wanted is computed. */
async function forPair(evaluation: Evaluation, part: Part, wanted: Wanted): Promise<Table<CapacityRow>> {
  const {from, to, set} = part;
  if (set.indices !== null || !fits(from.channels * to.channels, COLUMN_COUNT)) {
    assertMatrixFits(part, wanted);
    return computed(evaluation, part, wanted);
  }
  const table = await derivedTable(
    evaluation,
    await capacityTable(evaluation.run, {...part, label: part.set.label}),
    () => computed(evaluation, part, [null, null]),
  );
  return withChannels(table, wanted);
}

/** One part of an aggregate is held as a whole. */
function assertMatrixFits({from, to}: Part, [a, b]: Wanted): void {
  const channels = (a?.length ?? from.channels) * (b?.length ?? to.channels);
  assertFits({epochs: 1, classes: 1, layers: 1, channels}, COLUMN_COUNT);
}

async function computed(evaluation: Evaluation, part: Part, [a, b]: Wanted): Promise<Table<CapacityRow>> {
  const {epoch, from, to, set, options} = part;
  const x = await codesOf(evaluation, {epoch, layer: from, set, bins: options.bins, channels: a});
  assertDrawsFit(x.channels * (b?.length ?? to.channels), options.permutations);
  const y = await codesOf(evaluation, {epoch, layer: to, set, bins: options.bins, channels: b});
  const result = await evaluation.compute.channelCapacity(x, y, {
    permutations: options.permutations,
    seed: options.seed,
    ...evaluation.job,
  });
  return capacityColumns(part, result, {x, y, from: a, to: b});
}

/** Bytes of the capacities that all shuffles give. */
const MAX_DRAWN = 2 ** 30;

function assertDrawsFit(channelPairs: number, permutations: number): void {
  const max = Math.floor(MAX_DRAWN / (channelPairs * Float64Array.BYTES_PER_ELEMENT));
  if (permutations <= max) return;
  throw new NoSuchSlice(
    `Of ${channelPairs.toLocaleString('en')} channel pairs at most ${max} permutations are held at once, got ${permutations}; ` +
      'ask for fewer, or name fewer channels.',
  );
}

function withChannels(table: Table<CapacityRow>, [from, to]: Wanted): Table<CapacityRow> {
  if (from === null && to === null) return table;
  const [a, b] = [from && new Set(from), to && new Set(to)];
  const {from_channel: x, to_channel: y} = table.columns;
  const taken = Array.from({length: table.rows}, (_, row) => row).filter(
    row => (a?.has(x.values[row] as number) ?? true) && (b?.has(y.values[row] as number) ?? true),
  );
  return takeRows(table, taken);
}
