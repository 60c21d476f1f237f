import {
  baseType,
  LAYER_MEASURES,
  tableColumns,
  type LayerMeasure,
  type LayerMeasureQuery,
  type LayerRow,
  type TableName,
  type TableRows,
} from '../shared/index.js';
import type {AnswerParts} from './answer/answer-parts.js';
import type {MeasuredLayer} from './capture/measured-layer.js';
import {eachPart} from './each-part.js';
import {failedValues, LayerTable} from './layer-table.js';
import type {Measure} from './measure.js';
import type {LayerWork} from './layer-work.js';
import {resolveSlice} from './slice/resolve-slice.js';

/** The measure of whole layers that `LAYER_MEASURES` describes and that has `work.table` to itself. */
export function layerMeasure<T extends TableName>(work: LayerWork<T>): Measure<LayerMeasureQuery> {
  const info = describedBy(work.table);
  const table = new LayerTable(work);
  const columns = tableColumns(work.table).map(([name, {type}]) => ({name, type: baseType(type)}));
  return {
    id: work.id,
    title: info.title,
    answers: info.name === undefined ? [] : [info.name],
    amounts: [],
    capture: measured => ({[work.table]: capturedRows(measured, work, info)}),
    answer(evaluation, query): AnswerParts {
      const {run, captured} = evaluation;
      const slice = resolveSlice(run.info, captured, query.slice);
      const {epochs, layers, sets} = slice;
      return {
        measure: info.title,
        value: info.column,
        unit: info.unit,
        columns,
        extent: {
          epochs: epochs.length,
          classes: sets.length,
          layers: layers.length,
          channels: layers.length,
        },
        parts: eachPart<LayerRow>(evaluation, slice, columns, {
          rows: (part, of) => table.rows(part, of),
          failed: ({epoch, layer}) =>
            sets.map(set => ({epoch, layer: layer.name, class: set.label, ...failedValues(work.table)})),
        }),
        facts: () => ({probe: run.info.probe.samples}),
      };
    },
  };
}

function describedBy(table: TableName): LayerMeasure {
  const found = LAYER_MEASURES.find(info => info.table === table);
  if (found === undefined) throw new RangeError(`LAYER_MEASURES describes no measure of the table ${table}.`);
  return found;
}

function capturedRows<T extends TableName>(
  measured: MeasuredLayer,
  {table, captured}: LayerWork<T>,
  {title}: LayerMeasure,
): TableRows[T][] {
  const {layer, groups, attempts, options} = measured;
  const rows = groups.map(group => {
    const values = attempts.try<object>(
      [title],
      () => captured(measured, group),
      () => failedValues(table, measured.counts(group)),
    );
    return {epoch: options.epoch, layer: layer.name, class: group.label, ...values};
  });
  return rows as unknown as TableRows[T][];
}
