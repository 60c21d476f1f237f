import {
  batchType,
  Column,
  Endianness,
  Table,
  Version,
  type Batch,
  type DataType,
  type Field,
} from '@uwdata/flechette';

type Parts = ConstructorParameters<typeof Batch>[0];
type BatchConstructor = new (parts: Parts) => Batch<unknown>;

/** The arrays of a column's part of a record batch. */
type BatchParts = Omit<Parts, 'type' | 'nullCount'> & {nullCount?: number};

/** One column's part of a record batch, around the caller's arrays; no row is null where no validity is given. */
export function batchOf(type: DataType, parts: BatchParts): Batch<unknown> {
  const Constructor = batchType(type) as BatchConstructor;
  return new Constructor({type, nullCount: 0, validity: new Uint8Array(), ...parts});
}

/**
 * An Arrow table of record batches.
 *
 * @param batches - One column batch per field for each record batch; their dictionaries are set.
 * @param metadata - Of the schema.
 */
export function tableOf(
  fields: Field[],
  batches: readonly (readonly Batch<unknown>[])[],
  metadata: Map<string, string> | null = null,
): Table {
  const schema = {version: Version.V5, endianness: Endianness.Little, fields, metadata};
  const columns = fields.map(({type}, i) => {
    return new Column(
      batches.map(columns => columns[i] as Batch<unknown>),
      type,
    );
  });
  return new Table(schema, columns);
}
