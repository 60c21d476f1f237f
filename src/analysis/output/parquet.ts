import type {SchemaElement} from 'hyparquet';
import {ByteWriter, ParquetWriter} from 'hyparquet-writer';
import {cellsOf, rowGroups, sliceColumn, type Column, type QueryResult} from '../../shared/index.js';

/**
 * Encodes a result as a Parquet file (Snappy), a feature map as a LIST of FLOAT. Its facts are stored in the file's
 * key-value metadata, as JSON under `cnnslicer`.
 */
export function* parquetChunks(result: QueryResult): Generator<Uint8Array, void, undefined> {
  const {expression, measure, value, unit, facts} = result;
  const columns = Object.entries(result.columns);
  const bytes = new ByteWriter();
  const writer = new ParquetWriter({
    writer: bytes,
    schema: [{name: 'root', num_children: columns.length}, ...columns.flatMap(schemaOf)],
    kvMetadata: [{key: 'cnnslicer', value: JSON.stringify({expression, measure, value, unit, facts})}],
    createdBy: 'cnnslicer',
  });
  for (const {first, end} of rowGroups(result)) {
    void writer.write({
      columnData: columns.map(([name, column]) => columnData(name, sliceColumn(column, first, end))),
      rowGroupSize: end - first,
    });
    yield taken(bytes);
  }
  void writer.finish();
  yield taken(bytes);
}

function columnData(name: string, column: Column) {
  const {type} = column;
  const data = cellsOf(column);
  return {
    name,
    // The writer takes lists as plain arrays only.
    data: type === 'map' ? data.map(map => (map instanceof Float32Array ? [...map] : null)) : data,
    ...(type === 'double' && {encoding: 'PLAIN' as const}),
    statistics: type !== 'double' && type !== 'map',
  };
}

/** Returns the bytes written since the last call. */
function taken(writer: ByteWriter): Uint8Array {
  const bytes = writer.getBytes().slice();
  writer.index = 0;
  return bytes;
}

const PHYSICAL: Readonly<Record<Exclude<Column['type'], 'map'>, Partial<SchemaElement>>> = {
  int32: {type: 'INT32'},
  double: {type: 'DOUBLE'},
  string: {type: 'BYTE_ARRAY', converted_type: 'UTF8'},
};

function schemaOf([name, {type}]: [string, Column]): SchemaElement[] {
  if (type !== 'map') return [{name, repetition_type: 'OPTIONAL', ...PHYSICAL[type]}];
  return [
    {name, repetition_type: 'OPTIONAL', converted_type: 'LIST', num_children: 1},
    {name: 'list', repetition_type: 'REPEATED', num_children: 1},
    {name: 'element', repetition_type: 'REQUIRED', type: 'FLOAT'},
  ];
}
