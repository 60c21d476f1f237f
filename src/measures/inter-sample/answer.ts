import {unlessEqual, type InterSampleEntropy} from '../../metrics/index.js';
import {deficitOf} from '../../shared/deficit.js';
import {rowsOf, type InterSampleQuery, type LayerEntropyRow, type Reason} from '../../shared/index.js';
import {metricTable} from '../../store/index.js';
import {MAX_EIGEN_SAMPLES} from '../answer/answer-size.js';
import {columnsFor, notRecorded, type AnswerParts} from '../answer/answer-parts.js';
import {derivedTable, type Evaluation} from '../answer/evaluation.js';
import {sampleGroups} from '../capture/sample-groups.js';
import {eachPart, type Part} from '../each-part.js';
import {flatSamples, readLayerMaps, type FlatSamples, type LayerMaps} from '../slice/layer-maps.js';
import {resolveSlice, type SampleSet} from '../slice/resolve-slice.js';

interface Row {
  epoch: number;
  layer: string;
  class: number | null;
  bits: number | null;
  /** Ceiling less value, bits. */
  deficit: number | null;
  log2_edges: number | null;
  k: number;
  n: number;
  invalid: number;
  clamped: number;
  /** Matrix entropy of the same samples, bits; null if it is undefined, or for more than {@link MAX_SAMPLES} samples. */
  matrix_bits: number | null;
  reason: Reason | null;
}

const COLUMNS = columnsFor<Row>({
  epoch: 'int32',
  layer: 'string',
  class: 'int32',
  bits: 'double',
  deficit: 'double',
  log2_edges: 'double',
  k: 'int32',
  n: 'int32',
  invalid: 'int32',
  clamped: 'int32',
  matrix_bits: 'double',
  reason: 'string',
});

interface HxPart extends Part {
  options: Required<InterSampleQuery['options']>;
}

/** `Hx(dCNN(…))`: a row per epoch, layer and sample set. */
export function interSample(evaluation: Evaluation, query: InterSampleQuery): AnswerParts {
  const {run, captured} = evaluation;
  const slice = resolveSlice(run.info, captured, query.slice);
  const {epochs, layers, sets} = slice;
  const options = {k: run.info.options.k, kernel: 'paper' as const, ...query.options};
  return {
    measure: 'inter-sample entropy',
    value: 'bits',
    unit: 'bit',
    columns: COLUMNS,
    extent: {epochs: epochs.length, classes: sets.length, layers: layers.length, channels: layers.length},
    parts: eachPart<Row>(evaluation, slice, COLUMNS, {
      rows: (evaluated, part) => layerRows(evaluated, {...part, options}),
      failed: ({epoch, layer}) => sets.map(set => failedRow(set, {epoch, layer, options})),
    }),
    facts: () => ({...options, probe: run.info.probe.samples, ...notRecorded(run, 'layer_entropy', COLUMNS)}),
  };
}

/** From a table where whole layers of whole classes are asked for; some channels or samples are computed each time. */
async function layerRows(evaluation: Evaluation, part: HxPart): Promise<Row[]> {
  const {slice, epoch, layer, options} = part;
  const whole = slice.channels === null;
  const known =
    whole && slice.sets.some(({indices}) => indices === null) ? await tableRows(evaluation, part) : [];
  const knownByClass = new Map(known.map(row => [row.class, row]));
  const rows: Row[] = [];
  let maps: LayerMaps | undefined;
  for (const set of slice.sets) {
    const row = set.indices === null ? knownByClass.get(set.label) : undefined;
    if (row !== undefined) rows.push(resultRow(row));
    else {
      maps ??= await readLayerMaps(evaluation.run, epoch, layer, slice.channels);
      const samples = flatSamples(maps, set);
      const entropy = await entropyOf(evaluation, samples, options);
      const matrix = await matrixBits(evaluation, samples);
      rows.push({
        epoch,
        layer: layer.name,
        class: set.label,
        matrix_bits: matrix,
        deficit: entropy.deficit,
        ...graphColumns(entropy),
      });
    }
  }
  return rows;
}

async function tableRows(
  evaluation: Evaluation,
  {epoch, layer, options}: HxPart,
): Promise<LayerEntropyRow[]> {
  const {run} = evaluation;
  const captured = await run.table('layer_entropy', {epochs: [epoch], layer: layer.name});
  if (options.k === run.info.options.k && options.kernel === 'paper') return captured;
  const table = await derivedTable(
    evaluation,
    {
      table: 'layer_entropy',
      epoch,
      options: {layer: layer.name, ...options},
      source: await run.fingerprint(epoch, [layer.name]),
    },
    async () => {
      const maps = await readLayerMaps(run, epoch, layer, null);
      const rows: LayerEntropyRow[] = [];
      for (const {label} of sampleGroups(maps.labels, run.info.classes.length)) {
        const samples = flatSamples(maps, {label, indices: null});
        const entropy = await entropyOf(evaluation, samples, options);
        rows.push(otherGraph(captured, {epoch, layer: layer.name, class: label}, entropy));
      }
      return metricTable('layer_entropy', rows);
    },
  );
  return rowsOf(table);
}

/** A captured row with the entropy of another graph; what belongs to other samples than these is left out. */
function otherGraph(
  captured: readonly LayerEntropyRow[],
  key: Pick<LayerEntropyRow, 'epoch' | 'layer' | 'class'>,
  entropy: InterSampleEntropy,
): LayerEntropyRow {
  const same = captured.find(row => row.class === key.class && row.n === entropy.n);
  return {
    ...key,
    ...graphColumns(entropy),
    matrix_bits: same?.matrix_bits ?? null,
    intra_mean: same?.intra_mean ?? null,
    min: same?.min ?? null,
    max: same?.max ?? null,
  };
}

async function entropyOf(
  {compute, job}: Evaluation,
  {x, shape}: FlatSamples,
  options: HxPart['options'],
): Promise<InterSampleEntropy> {
  return unlessEqual(await compute.interSampleEntropy(x, shape, {...options, ...job}));
}

async function matrixBits({compute, job}: Evaluation, {x, shape}: FlatSamples): Promise<number | null> {
  if (shape.samples > MAX_EIGEN_SAMPLES) return null;
  const signal = job.signal && {signal: job.signal};
  return (await compute.matrixEntropy(x, shape, signal)).bits;
}

function graphColumns({bits, log2Edges, k, n, invalid, clamped, reason}: InterSampleEntropy) {
  return {bits, log2_edges: log2Edges, k, n, invalid, clamped, reason};
}

/** Neither the row nor the maps could be stored when the epoch was captured. */
function failedRow({label}: SampleSet, {epoch, layer, options: {k}}: Omit<HxPart, 'slice'>): Row {
  const nothing = {
    bits: null,
    deficit: null,
    log2_edges: null,
    matrix_bits: null,
    n: 0,
    invalid: 0,
    clamped: 0,
  };
  return {epoch, layer: layer.name, class: label, k, ...nothing, reason: 'failed'};
}

function resultRow({
  epoch,
  layer,
  class: label,
  bits,
  log2_edges,
  k,
  n,
  invalid,
  clamped,
  matrix_bits,
  reason,
}: LayerEntropyRow): Row {
  const deficit = deficitOf(bits, log2_edges);
  return {epoch, layer, class: label, bits, deficit, log2_edges, k, n, invalid, clamped, matrix_bits, reason};
}
