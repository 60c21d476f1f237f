/** The part of parquetjs-lite that `bench/` measures; the package has no types. */
declare module 'parquetjs-lite' {
  interface FieldDefinition {
    type: string;
    optional?: boolean;
    repeated?: boolean;
    compression?: string;
  }

  interface ParquetWriter {
    appendRow(row: object): Promise<void>;
    close(): Promise<void>;
  }

  interface ParquetReader {
    getCursor(): {next(): Promise<object | null>};
    close(): Promise<void>;
  }

  const parquetjs: {
    ParquetSchema: new (fields: Record<string, FieldDefinition>) => object;
    ParquetWriter: {openFile(schema: object, path: string): Promise<ParquetWriter>};
    ParquetReader: {openFile(path: string): Promise<ParquetReader>};
  };
  export default parquetjs;
}
