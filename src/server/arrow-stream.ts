import {
  Field,
  FixedSizeList,
  Float32,
  Int32,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Table,
  tableToIPC,
} from 'apache-arrow';

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
  const types = lists.map(({values}) => {
    return new FixedSizeList(values.length / length, new Field('item', new Float32(), false));
  });
  const schema = new Schema([
    ...Object.keys(integers).map(name => new Field(name, new Int32(), false)),
    ...lists.map(({name, shape, metadata = {}}, i) => {
      const texts = new Map([...Object.entries(metadata), ['shape', JSON.stringify(shape)] as const]);
      return new Field(name, types[i] as FixedSizeList, false, texts);
    }),
  ]);
  const children = [
    ...Object.values(integers).map(data => makeData({type: new Int32(), data})),
    ...lists.map(({values}, i) =>
      makeData({
        type: types[i] as FixedSizeList,
        length,
        child: makeData({type: new Float32(), data: values}),
      }),
    ),
  ];
  const batch = new RecordBatch(schema, makeData({type: new Struct(schema.fields), length, children}));
  const bytes = tableToIPC(new Table([batch]), 'stream');
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

export const ARROW_STREAM = 'application/vnd.apache.arrow.stream';
