import {joinedValues, type Cell, type QueryResult} from '../../shared/index.js';
import {cellsByRow} from './cells-by-row.js';
import {gathered} from './text-chunks.js';

/**
 * Encodes a result as one JSON document: its facts, then one object per row, each on a separate line; a feature map is an array
 * of numbers, with null for non-finite ones.
 */
export function jsonChunks(result: QueryResult): Generator<string, void, undefined> {
  return gathered(jsonTexts(result));
}

function* jsonTexts(result: QueryResult): Generator<string, void, undefined> {
  const {columns, expression, measure, value, unit, facts, rows} = result;
  const types = Object.entries(columns).map(([name, {type}]) => ({name, type}));
  const head = JSON.stringify({expression, measure, value, unit, facts, columns: types}, null, 2);
  yield `${head.slice(0, -'\n}'.length)},\n  "rows": [`;
  const keys = Object.keys(columns).map(name => JSON.stringify(name));
  let isFirst = true;
  for (const cells of cellsByRow(result)) {
    yield isFirst ? '\n    {' : ',\n    {';
    isFirst = false;
    for (let i = 0; i < cells.length; i++) {
      yield `${i === 0 ? '' : ', '}${keys[i]}: `;
      yield* cellTexts(cells[i] ?? null);
    }
    yield '}';
  }
  yield rows === 0 ? ']\n}\n' : '\n  ]\n}\n';
}

function* cellTexts(cell: Cell): Generator<string, void, undefined> {
  if (!(cell instanceof Float32Array)) {
    yield JSON.stringify(cell);
    return;
  }
  yield '[';
  for (const values of joinedValues(cell, ', ')) yield values.replaceAll(/-?Infinity|NaN/g, 'null');
  yield ']';
}
