import {join} from 'node:path';
import test from 'ava';
import fc from 'fast-check';
import {TABLE_SCHEMAS, type ColumnType, type TableColumn} from 'cnnslicer/store';
import type {Columns, TableName} from '#src/shared/index.js';
import {joinColumns, plainColumns} from '#src/server/columns.js';
import {tableArrow} from '#src/server/table-arrow.js';
import {asTyped, decodeTable} from '#src/store/decode-table.js';
import {encodeTable} from '#src/store/table-file.js';
import {announcedColumns} from '#ui/api/announced-columns.js';
import {channelColumns, layerChannels} from '#ui/model/channels.js';
import {temporaryFolder} from '../../support/temporary-folder.js';
import {servedApp} from '../../support/served-app.js';
import {writeRun} from '../../support/written-run.js';

/** The Arrow answer in the form of the JSON one. */
function read(bytes: Uint8Array): Columns {
  const {about, columns} = announcedColumns<{rows: number}>(bytes);
  const values = columns.map(column => [column.name, Array.from(column.values())]);
  return {rows: about.rows, columns: Object.fromEntries(values) as Columns['columns']};
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
          written.map(async rows => asTyped(await decodeTable(table, encodeTable(table, rows as never)))),
        );
        const joined = joinColumns(table, parts, {names, filter: {}});
        const plain = plainColumns(joined);
        t.deepEqual(read(tableArrow(joined)), plain);
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
    const json = layerChannels((await (await get(path)).json()) as Columns);
    const arrow = await get(`${path}&format=arrow&columns=${channelColumns.join(',')}`);
    t.is(arrow.headers.get('content-type'), 'application/vnd.apache.arrow.stream');
    t.deepEqual(layerChannels(read(new Uint8Array(await arrow.arrayBuffer()))), json);
    t.is(json.epochs.length, 3);
  }
});
