import type {ResultFormat} from '../../analysis/index.js';
import type {TableName} from '../../shared/index.js';
import type {RowFilter} from '../table-parts.js';

/** A run as the catalogue saw it last. */
export interface RunAt {
  dir: string;
  /** Changes whenever the run has to be opened again. */
  version: string;
}

export interface TableQuestion {
  table: TableName;
  /** Default: all finished epochs. */
  epoch?: number | undefined;
  /** Columns wanted. */
  names: readonly string[];
  filter: RowFilter;
  format: 'json' | 'arrow';
}

/** A request to an answering process. */
export type Question = {run: RunAt} & (
  | {kind: 'query'; expression: string; format: ResultFormat}
  | {kind: 'findings'}
  | ({kind: 'table'} & TableQuestion)
  | {kind: 'samples'; indices: readonly number[]}
);
