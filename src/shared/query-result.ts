import type {Table} from './table/table.js';

/**
 * The answer to a question in the notation: a table, with what a reader needs to trust it. Its columns are the keys first
 * (epoch, layer, channel, class, ...), then the value, then the columns about it.
 */
export interface QueryResult extends Table {
  /** The question as it was understood, in the notation's canonical form. */
  expression: string;
  /** Description of the value column. */
  measure: string;
  /** Column of the value asked for: `bits`, or `map` for feature maps. */
  value: string;
  unit: 'bit' | null;
  /** Options in effect and counts that hold for every row: bins, range, k, kernel, samples, ... */
  facts: Record<string, number | string | null>;
}
