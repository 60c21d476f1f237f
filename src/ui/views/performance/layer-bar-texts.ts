import type {LayerMeasure, LayerRow} from '../../../shared/layer-measures.js';
import type {Tip} from '../../charts/tooltip.js';
import {tipsFrom} from '../../model/column-tips.js';
import {bits} from '../../model/format.js';
import {deficit, isOfNeighbours, numberOf, type LayerBars} from '../../model/layer-bars.js';
import type {TableData} from '../../model/table-text.js';
import {colourOfRun} from '../../kit/run-colour.js';
import {theme} from '../../kit/theme.js';

/** A run whose bars are drawn. */
export interface BarRun {
  id: string;
  name: string;
}

/** What the tooltip says of a bar, or, where `bar` is null, of all runs' bars of a layer. */
export function barTip(
  shaped: LayerBars,
  runs: readonly BarRun[],
  {group, bar, epoch}: {group: number; bar: number | null; epoch: number},
): Omit<Tip, 'x' | 'y'> {
  const layer = shaped.layers[group] ?? '';
  if (bar === null && runs.length > 1) {
    const lines = runs.map(({id, name}, of) => ({
      label: name,
      value: valueText(shaped, group, of),
      colour: colourOfRun(theme.value, id),
    }));
    return {title: `${layer} · epoch ${epoch}`, lines};
  }
  const title = `${layer} · ${runs[bar ?? 0]?.name ?? ''} · epoch ${epoch}`;
  const of = bar ?? 0;
  const row = shaped.bars[group]?.[of];
  const value = valueText(shaped, group, of);
  if (!row) return {title, lines: [{label: `${value} at this epoch`, value: ''}]};
  const {measure} = shaped;
  return {
    title,
    lines: [
      {label: measure.title, value, strong: true},
      ...amountsOf(measure).map(([label, read]) => ({label, value: amount(measure, read(row))})),
      ...countsOf(measure).map(([label, column]) => ({label, value: String(row[column])})),
    ],
  };
}

/** What there is beside a value, in its unit. */
function amountsOf(measure: LayerMeasure): [label: string, read: (row: LayerRow) => number | null][] {
  const {ceiling} = measure;
  if (!ceiling) return [];
  return [
    ['ceiling', row => numberOf(row, ceiling.column)],
    ['below ceiling', row => deficit(row, measure)],
  ];
}

/** What it rests on. */
function countsOf(measure: LayerMeasure): [label: string, column: string][] {
  const samples: [string, string] = ['N', 'n'];
  return isOfNeighbours(measure) ? [samples, ['k', 'k'], ['clamped', 'clamped']] : [samples];
}

/** A layer's bars in words, for those who hear them. */
export function barWords(shaped: LayerBars, runs: readonly BarRun[], group: number): string {
  const {measure, layers, bars} = shaped;
  const values = runs.map(({name}, bar) => {
    const ceiling = numberOf(bars[group]?.[bar] ?? null, measure.ceiling?.column);
    const most = ceiling === null ? '' : ` of at most ${amount(measure, ceiling)}`;
    return `${runs.length > 1 ? `${name} ` : ''}${valueText(shaped, group, bar)}${most}`;
  });
  return `${layers[group]}: ${values.join(', ')}`;
}

/** The numbers behind the bars. */
export function barTable(shaped: LayerBars, runs: readonly BarRun[], epoch: number): TableData {
  const {measure, layers, bars} = shaped;
  const columns: [name: string, read: (row: LayerRow) => number | null][] = [
    [measure.column, row => numberOf(row, measure.column)],
    ...amountsOf(measure),
    ...countsOf(measure).map(
      ([label, column]) => [label, row => numberOf(row, column)] as (typeof columns)[0],
    ),
  ];
  return {
    columns: ['run', 'epoch', 'layer', ...columns.map(([name]) => name), 'reason'],
    hasRuns: true,
    tips: tipsFrom(measure.table, {
      epoch: 'epoch',
      layer: 'layer',
      [measure.column]: measure.column,
      ...(measure.ceiling && {ceiling: measure.ceiling.column}),
      ...Object.fromEntries(countsOf(measure)),
      reason: 'reason',
    }),
    rows: layers.flatMap((layer, group) =>
      runs.map(({id}, bar) => {
        const row = bars[group]?.[bar];
        const cells = columns.map(([, read]) => (row ? read(row) : null));
        return [id, epoch, layer, ...cells, row ? row.reason : valueText(shaped, group, bar)];
      }),
    ),
  };
}

function valueText({measure, bars, notRecorded}: LayerBars, group: number, bar: number): string {
  const row = bars[group]?.[bar] ?? null;
  const value = numberOf(row, measure.column);
  if (value !== null) return amount(measure, value);
  if (notRecorded[bar]?.includes(measure.column)) return 'not recorded';
  return row === null ? 'not captured' : (row.reason ?? 'undefined');
}

function amount({unit}: LayerMeasure, value: number | null): string {
  return unit === 'bit' || value === null ? bits(value) : value.toFixed(3);
}
