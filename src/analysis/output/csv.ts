import {csvTexts, type QueryResult} from '../../shared/index.js';
import {cellsByRow} from './cells-by-row.js';
import {gathered} from './text-chunks.js';

/** A result as CSV; see `csvTexts`. */
export function csvChunks(result: QueryResult): Generator<string, void, undefined> {
  return gathered(csvTexts(Object.keys(result.columns), cellsByRow(result)));
}
