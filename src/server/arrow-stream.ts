import {field, fixedSizeList, float32, int32} from '@uwdata/flechette';
import {streamChunks} from '../store/arrow/stream-chunks.js';
import {batchOf} from '../store/arrow/table-of.js';

/** One list of floats a row, all of one length. */
export interface FloatLists {
  name: string;
  /** [rows, ...shape], row-major. */
  values: Float32Array;
  /** Dimensions of one list, stored as JSON in the field's metadata under `shape`. */
  shape: readonly number[];
  /** More metadata of the field. */
  metadata?: Readonly<Record<string, string>>;
}

/** An Arrow IPC stream of integer columns and lists of floats, one row an index of `integers`. */
export function arrowStream(
  integers: Readonly<Record<string, Int32Array>>,
  lists: readonly FloatLists[],
): Buffer {
  const [first] = Object.values(integers);
  const length = first?.length ?? 0;
  const columns = [
    ...Object.entries(integers).map(([name, values]) => {
      return {field: field(name, int32(), false), batch: batchOf(int32(), {length, values})};
    }),
    ...lists.map(({name, values, shape, metadata = {}}) => {
      const type = fixedSizeList(field('item', float32(), false), values.length / length);
      const texts = new Map([...Object.entries(metadata), ['shape', JSON.stringify(shape)] as const]);
      const children = [batchOf(float32(), {length: values.length, values})];
      return {field: field(name, type, false, texts), batch: batchOf(type, {length, children})};
    }),
  ];
  const batch = columns.map(column => column.batch);
  return Buffer.concat([
    ...streamChunks(
      columns.map(column => column.field),
      [batch],
    ),
  ]);
}

export const ARROW_STREAM = 'application/vnd.apache.arrow.stream';
