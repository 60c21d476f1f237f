import {join} from 'node:path';
import test from 'ava';
import fc from 'fast-check';
import {TABLE_SCHEMAS, type ColumnType, type TableColumn} from 'cnnslicer/store';
import {
  cellsOf,
  type ChannelEntropyRow,
  type Columns,
  type Table,
  type TableName,
} from '#src/shared/index.js';
import {joinedParts, withoutNonFinite} from '#src/server/table-parts.js';
import {tableStream} from '#src/store/arrow/table-stream.js';
import {decodeTable} from '#src/store/decode-table.js';
import {encodeTable, metricTable} from '#src/store/table-file.js';
import {announcedTable} from '#ui/api/announced-table.js';
import {channelColumns, layerChannels} from '#ui/model/channels.js';
import {temporaryFolder} from '../../support/temporary-folder.js';
import {servedApp} from '../../support/served-app.js';
import {tableOf} from '../../support/table-of.js';
import {writeRun} from '../../support/written-run.js';

/** The Arrow answer in the form of the JSON one. */
function read(bytes: Uint8Array): Columns {
  const {about, columns} = announcedTable(bytes);
  return {rows: about.rows, columns: cellsByName(columns)};
}

function cellsByName(columns: Table['columns']): Columns['columns'] {
  const cells = Object.entries(columns).map(([name, column]) => [name, cellsOf(column)]);
  return Object.fromEntries(cells) as Columns['columns'];
}

const double = fc.oneof(fc.double(), fc.constantFrom(0, 1, NaN, Infinity, -Infinity));
const VALUES: Record<ColumnType, fc.Arbitrary<number | string | null>> = {
  int32: fc.integer({min: -3, max: 3}),
  'int32?': fc.option(fc.integer({min: -3, max: 3}), {freq: 2}),
  double,
  'double?': fc.option(double, {freq: 2}),
  string: fc.constantFrom('', 'a', 'conv2d_1', 'λ'),
  'string?': fc.option(fc.constantFrom('a', 'b'), {freq: 2}),
};

for (const table of Object.keys(TABLE_SCHEMAS) as TableName[]) {
  test(`any parts of ${table} say as Arrow what they say as JSON`, async t => {
    const schema = Object.entries<TableColumn>(TABLE_SCHEMAS[table]);
    const names = schema.map(([name]) => name);
    const row = fc.record(Object.fromEntries(schema.map(([name, {type}]) => [name, VALUES[type]])));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(row, {maxLength: 20}), {maxLength: 3}), async written => {
        const parts = await Promise.all(
          written.map(rows => decodeTable(table, encodeTable(table, metricTable(table, rows as never)))),
        );
        const joined = withoutNonFinite(joinedParts(table, parts, {names, filter: {}}));
        const about = {rows: joined.rows};
        const plain = {rows: joined.rows, columns: cellsByName(joined.columns)};
        const bytes = Buffer.concat([...tableStream(joined, {about, texts: 'dictionary'})]);
        t.deepEqual(read(bytes), plain);
        const cells = (name: string) =>
          written.flat().map(entry => {
            const value = entry[name] ?? null;
            return typeof value === 'number' && !Number.isFinite(value) ? null : value;
          });
        t.deepEqual(plain, {
          rows: written.flat().length,
          columns: Object.fromEntries(names.map(name => [name, cells(name)])),
        });
      }),
      {seed: 4, numRuns: 60},
    );
  });
}

test('the channel charts are the same from either form of the table', async t => {
  const logdir = await temporaryFolder(t);
  await writeRun(join(logdir, 'run'), {epochs: [0, 1, 2]});
  const {get} = await servedApp(t, {logdir});
  for (const layer of ['conv2d_1', 'dense_1']) {
    const path = `/api/runs/run/tables/channel_entropy?layer=${layer}`;
    const {columns} = (await (await get(path)).json()) as Columns;
    const json = layerChannels(tableOf<ChannelEntropyRow>(columns));
    const arrow = await get(`${path}&format=arrow&columns=${channelColumns.join(',')}`);
    t.is(arrow.headers.get('content-type'), 'application/vnd.apache.arrow.stream');
    const {columns: decoded} = announcedTable(new Uint8Array(await arrow.arrayBuffer()));
    const rows = decoded['epoch']?.values.length ?? 0;
    t.deepEqual(layerChannels({rows, columns: decoded} as Table as Table<ChannelEntropyRow>), json);
    t.is(json.epochs.length, 3);
  }
});
