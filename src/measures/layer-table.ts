import {
  rowsOf,
  tableColumns,
  type LayerInfo,
  type LayerRow,
  type Reason,
  type TableName,
  type TableRows,
} from '../shared/index.js';
import {failureOf, holdsMaps, metricTable} from '../store/index.js';
import {derivedTable, type Evaluation} from './answer/evaluation.js';
import {sampleGroups} from './capture/sample-groups.js';
import type {Part} from './each-part.js';
import type {LayerWork} from './layer-work.js';
import {flatSamples, readLayerMaps, type LayerMaps} from './slice/layer-maps.js';
import type {SampleSet} from './slice/resolve-slice.js';

/** The columns of such a table that are not the measure's own. */
const COMMON = ['epoch', 'layer', 'class', 'n', 'invalid', 'reason'];

/** What a row says of samples that were not measured. */
export function failedValues(
  table: TableName,
  {n, samples}: {n: number; samples: number} = {n: 0, samples: 0},
  reason: Reason = 'failed',
): Pick<LayerRow, 'n' | 'invalid' | 'reason'> & Record<string, string | number | null> {
  const own = tableColumns(table).filter(([name]) => !COMMON.includes(name));
  return {...Object.fromEntries(own.map(([name]) => [name, null])), n, invalid: samples - n, reason};
}

/** The table of a measure of whole layers, as captured; where it was not, computed from the stored maps. */
export class LayerTable<T extends TableName> {
  readonly #work: LayerWork<T>;

  constructor(work: LayerWork<T>) {
    this.#work = work;
  }

  /** A row for each sample set. From the table where it is of all channels; some channels or samples are computed each time. */
  async rows(evaluation: Evaluation, part: Part): Promise<LayerRow[]> {
    const {slice, epoch, layer} = part;
    const isWhole = slice.channels === null && slice.sets.some(({indices}) => indices === null);
    const known = new Map(isWhole ? (await this.#whole(evaluation, part)).map(row => [row.class, row]) : []);
    const rows: LayerRow[] = [];
    let maps: LayerMaps | undefined;
    for (const set of slice.sets) {
      const row = set.indices === null ? known.get(set.label) : undefined;
      if (row === undefined) maps ??= await readLayerMaps(evaluation.run, epoch, layer, slice.channels);
      rows.push(row ?? (await this.#row(evaluation, {epoch, layer, set, maps: maps as LayerMaps})));
    }
    return rows;
  }

  /** All samples and every class. */
  async #whole(evaluation: Evaluation, {epoch, layer}: Part): Promise<LayerRow[]> {
    const {run} = evaluation;
    const {table} = this.#work;
    const captured = await run.table(table, {epochs: [epoch], layer: layer.name});
    if (captured.length > 0) return captured as unknown as LayerRow[];
    const missing = await this.#missing(evaluation, epoch, layer);
    if (missing !== null) return missing;
    const key = {
      table,
      epoch,
      options: {layer: layer.name},
      source: await run.fingerprint(epoch, [layer.name]),
    };
    const derived = await derivedTable(evaluation, key, async () => {
      const maps = await readLayerMaps(run, epoch, layer, null);
      const rows: LayerRow[] = [];
      for (const {label} of sampleGroups(maps.labels, run.info.classes.length)) {
        rows.push(await this.#row(evaluation, {epoch, layer, set: {label, indices: null}, maps}));
      }
      return metricTable(table, rows as unknown as TableRows[T][]);
    });
    return rowsOf(derived) as unknown as LayerRow[];
  }

  /** The rows of a layer that was neither measured nor stored; null where its maps are there to compute them from. */
  async #missing({run}: Evaluation, epoch: number, layer: LayerInfo): Promise<LayerRow[] | null> {
    const manifest = await run.manifest(epoch);
    const isStored = layer.index < run.info.inputs || holdsMaps(manifest, layer);
    if (isStored || failureOf(manifest, 'activations', layer.name) !== undefined) return null;
    const values = failedValues(this.#work.table, undefined, 'not-recorded');
    const labels = [null, ...run.info.classes.keys()];
    return labels.map(label => ({epoch, layer: layer.name, class: label, ...values}));
  }

  async #row(
    {compute, job}: Evaluation,
    {epoch, layer, set, maps}: {epoch: number; layer: LayerInfo; set: SampleSet; maps: LayerMaps},
  ): Promise<LayerRow> {
    const values = await this.#work.computed(compute, flatSamples(maps, set), job);
    return {epoch, layer: layer.name, class: set.label, ...(values as object)} as LayerRow;
  }
}
