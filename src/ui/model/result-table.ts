import {
  cellOf,
  isConstant,
  isNull,
  type Column,
  type QueryResult,
  type TextColumn,
} from '../../shared/index.js';
import {commonTips} from './column-tips.js';
import {plural} from './format.js';
import type {TableData} from './table-text.js';

/**
 * An answer as a table; columns that are empty throughout are left out, and of maps their shape stands in for them.
 *
 * @param most - Rows at most; a matrix of channel pairs has a quarter of a million.
 */
export function resultTable({columns, rows, value, unit}: QueryResult, most = Infinity): TableData {
  const isEmpty = (column: Column) => isNull(column, 0) && isConstant(column);
  const shown = Object.entries(columns).filter(
    ([name, column]) => column.type !== 'map' && (name === value || !isEmpty(column)),
  );
  return {
    columns: shown.map(([name]) =>
      name === value && unit !== null && name !== `${unit}s` ? `${name}, ${unit}s` : name,
    ),
    tips: commonTips(shown.map(([name]) => name).filter(name => name !== value)),
    rows: Array.from({length: Math.min(rows, most)}, (_, row) =>
      shown.map(([, column]) => cellOf(column as TextColumn, row)),
    ),
  };
}

/**
 * Formats the facts about all rows of a result in one line: `intra-sample entropy · 16 values · N = 26 · 32 bins · …`.
 * N is of the samples asked for; the size of the probe is named only where it is another number.
 */
export function factsInWords({
  facts: {n = null, probe = null, ...others},
  measure,
  rows,
}: QueryResult): string {
  const counts = {n, probe: probe === n ? null : probe};
  const known = Object.entries({...counts, ...others}).filter(([, fact]) => fact !== null && fact !== '');
  const words = known.map(([name, fact]) => phrases[name]?.(String(fact)) ?? `${name} = ${fact}`);
  return [measure, plural(rows, 'value'), ...words].join(' · ');
}

const phrases: Record<string, (fact: string) => string> = {
  n: fact => `N = ${fact.replace('..', '…')}`,
  probe: fact => `probe of ${plural(Number(fact), 'sample')}`,
  evaluation: fact => (fact === 'probe' ? 'on the probe' : 'on the evaluation set'),
  evaluated: fact => `${plural(Number(fact), 'sample')} evaluated`,
  bins: fact => `${fact} bins`,
  range: fact => `range ${fact}`,
};
