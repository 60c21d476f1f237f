import type {SchemaElement} from 'hyparquet';
import {parquetWriteBuffer} from 'hyparquet-writer';
import type {QueryResult, ResultColumn, ResultColumnType} from '../../shared/index.js';

/**
 * A result as a Parquet file (Snappy), a feature map a LIST of FLOAT. What the numbers rest on stands in the file's
 * key-value metadata, as JSON under `cnnslicer`.
 */
export function toParquet(result: QueryResult): Uint8Array {
  const {columns, expression, measure, value, unit, facts} = result;
  return new Uint8Array(
    parquetWriteBuffer({
      columnData: columns.map(({name, type, values}) => ({
        name,
        // The writer takes lists as plain arrays only.
        data: type === 'map' ? values.map(map => (map instanceof Float32Array ? [...map] : null)) : values,
        ...(type === 'double' && {encoding: 'PLAIN' as const}),
        statistics: type !== 'double' && type !== 'map',
      })),
      schema: [{name: 'root', num_children: columns.length}, ...columns.flatMap(schemaOf)],
      kvMetadata: [{key: 'cnnslicer', value: JSON.stringify({expression, measure, value, unit, facts})}],
      createdBy: 'cnnslicer',
    }),
  );
}

const PHYSICAL: Readonly<Record<Exclude<ResultColumnType, 'map'>, Partial<SchemaElement>>> = {
  int32: {type: 'INT32'},
  double: {type: 'DOUBLE'},
  string: {type: 'BYTE_ARRAY', converted_type: 'UTF8'},
};

function schemaOf({name, type}: ResultColumn): SchemaElement[] {
  if (type !== 'map') return [{name, repetition_type: 'OPTIONAL', ...PHYSICAL[type]}];
  return [
    {name, repetition_type: 'OPTIONAL', converted_type: 'LIST', num_children: 1},
    {name: 'list', repetition_type: 'REPEATED', num_children: 1},
    {name: 'element', repetition_type: 'REQUIRED', type: 'FLOAT'},
  ];
}
