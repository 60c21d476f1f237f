import {cellOf, csvField, type QueryResult} from '../../shared/index.js';
import {gathered, joinedValues} from './text-chunks.js';

/**
 * A result as CSV with a header line, each line ended by a line feed; undefined is an empty field, a feature map its
 * values with spaces.
 */
export function csvChunks(result: QueryResult): Generator<string, void, undefined> {
  return gathered(csvTexts(result));
}

function* csvTexts({rows, columns}: QueryResult): Generator<string, void, undefined> {
  const inOrder = Object.values(columns);
  yield `${Object.keys(columns).map(csvField).join(',')}\n`;
  for (let row = 0; row < rows; row++) {
    let line = '';
    for (const [i, column] of inOrder.entries()) {
      const cell = cellOf(column, row);
      if (i > 0) line += ',';
      if (!(cell instanceof Float32Array)) line += csvField(cell);
      else {
        yield line;
        yield* joinedValues(cell, ' ');
        line = '';
      }
    }
    yield `${line}\n`;
  }
}
