import {createHash} from 'node:crypto';
import {RunWriter} from 'cnnslicer/store';
import type {CaptureOptions, ClassEntropyRow} from '#src/shared/index.js';
import {encodeFloat16} from '#src/store/float16.js';
import {python, pythonTest} from '../support/python.js';
import {channelMajor, CONV, probeData, randomBits, runInfo} from '../support/run-folder.js';
import {temporaryFolder} from '../support/temporary-folder.js';

/** Polars by the Arrow file itself; NumPy by the offsets in the manifest, mapped, without an Arrow reader. */
const READ_ACTIVATIONS = `
import hashlib, json, pathlib, sys
import numpy as np, polars as pl
run = pathlib.Path(sys.argv[1])
manifest = json.loads((run / "activations/epoch=0/_manifest.json").read_text())
entry = next(f for f in manifest["files"] if f["kind"] == "activations")
path = run / entry["path"]
channels, samples, pixels = entry["shape"]

table = pl.read_ipc(path)
maps = table["map"].to_numpy()
assert table["channel"].to_list() == [c for c in range(channels) for _ in range(samples)]
assert table["sample"].to_list() == list(range(samples)) * channels
assert maps.dtype == entry["dtype"], maps.dtype

file = np.memmap(path, mode="r", dtype=np.uint8)
mapped = np.stack([
    np.frombuffer(file, dtype=entry["dtype"], count=samples * pixels, offset=b["valuesOffset"])
    for b in entry["batches"]
])
digest = lambda array: hashlib.sha256(np.ascontiguousarray(array).tobytes()).hexdigest()
print(json.dumps({"schema": str(table.schema), "polars": digest(maps), "numpy": digest(mapped)}))
`;

/** The bits as they are in the file; how float16 is rounded has its own test against NumPy. */
function stored(bits: Uint32Array, dtype: CaptureOptions['dtype']): Uint32Array | Uint16Array {
  if (dtype === 'float32') return bits;
  const halves = new Uint16Array(bits.length);
  encodeFloat16(bits, halves);
  return halves;
}

function sha256(values: Uint32Array | Uint16Array): string {
  return createHash('sha256')
    .update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
    .digest('hex');
}

for (const dtype of ['float32', 'float16'] as const satisfies CaptureOptions['dtype'][]) {
  pythonTest(`Polars and NumPy read ${dtype} activations to the bit`, async t => {
    const dir = await temporaryFolder(t);
    const info = runInfo();
    const writer = await RunWriter.create(dir, {...info, options: {...info.options, dtype}}, probeData());
    const epoch = await writer.epoch(0);
    const maps = randomBits(630, 8);
    await epoch.activations(CONV, maps, 6);
    await epoch.commit();

    const read = JSON.parse(await python('-c', READ_ACTIVATIONS, dir)) as Record<string, string>;
    const expected = sha256(stored(channelMajor(maps, 7), dtype));
    t.is(read.polars, expected);
    t.is(read.numpy, expected);
    t.regex(
      read.schema ?? '',
      dtype === 'float32' ? /Array\(Float32, shape=\(15,\)\)/ : /Array\(Float16, shape=\(15,\)\)/,
    );
  });
}

const READ_PROBE_AND_WEIGHTS = `
import json, pathlib, sys
import numpy as np, polars as pl
run = pathlib.Path(sys.argv[1])
probe = pl.read_ipc(run / "probe/part-0.arrow")
weights = pl.read_ipc(run / "weights/epoch=0/part-0.arrow")
kernel = weights.row(0, named=True)
values = np.frombuffer(kernel["values"], dtype=kernel["dtype"]).reshape(kernel["shape"])
print(json.dumps({
    "labels": probe["label"].to_list(),
    "inputs": probe["input_0"].to_numpy().astype(float).ravel().tolist(),
    "names": weights["name"].to_list(),
    "kernel": values.astype(float).tolist(),
}))
`;

pythonTest('Polars reads the probe and the weights', async t => {
  const dir = await temporaryFolder(t);
  const probe = probeData();
  const writer = await RunWriter.create(dir, runInfo(), probe);
  const epoch = await writer.epoch(0);
  await epoch.weights([
    {name: 'conv/kernel', shape: [2, 3], dtype: 'float32', values: Float32Array.of(1, 2, 3, 4, 5, 6.5)},
    {name: 'größe', shape: [], dtype: 'int32', values: Int32Array.of(7)},
  ]);
  await epoch.commit();
  t.deepEqual(JSON.parse(await python('-c', READ_PROBE_AND_WEIGHTS, dir)), {
    labels: [0, 0, 1, 1, 2, 2],
    inputs: [...(probe.inputs[0]?.values ?? [])],
    names: ['conv/kernel', 'größe'],
    kernel: [
      [1, 2, 3],
      [4, 5, 6.5],
    ],
  });
});

const READ_TABLES = `
import json, sys
import duckdb, polars as pl
show = lambda value: "NaN" if value != value else value
glob = sys.argv[1] + "/metrics/class_entropy/*/*.parquet"
columns = "epoch, class, label_given_pred, pred_given_label, reason"
duck = duckdb.sql(f"SELECT {columns} FROM read_parquet('{glob}', hive_partitioning = true) ORDER BY epoch, class")
nan = duckdb.sql(f"SELECT count(*) FROM read_parquet('{glob}') WHERE isnan(label_given_pred)").fetchall()[0][0]
equal = duckdb.sql(f"SELECT count(*) FROM read_parquet('{glob}') WHERE label_given_pred = 'NaN'").fetchall()[0][0]
frame = pl.scan_parquet(glob, hive_partitioning=True).sort("epoch", "class").collect()
print(json.dumps({
    "duckTypes": [str(t) for t in duck.types],
    "duckRows": [[show(v) for v in row] for row in duck.fetchall()],
    "duckNan": [nan, equal],
    "polarsTypes": {k: str(v) for k, v in frame.schema.items()},
    "polarsRows": [[show(v) for v in row] for row in frame.rows()],
}))
`;

pythonTest(
  'DuckDB and Polars read a table over all epochs, nulls, all-null columns and NaN included',
  async t => {
    const dir = await temporaryFolder(t);
    const writer = await RunWriter.create(dir, runInfo(), probeData());
    const rows: ClassEntropyRow[][] = [
      [{epoch: 0, class: 0, label_given_pred: null, pred_given_label: null, reason: 'never-predicted'}],
      [],
      [
        {epoch: 12, class: 0, label_given_pred: 0.1, pred_given_label: null, reason: null},
        {epoch: 12, class: 1, label_given_pred: -0, pred_given_label: 1 / 3, reason: 'größe'},
        {epoch: 12, class: 2, label_given_pred: NaN, pred_given_label: 2, reason: null},
      ],
    ];
    for (const [i, epochRows] of rows.entries()) {
      const epoch = await writer.epoch([0, 1, 12][i] as number);
      await epoch.table('class_entropy', epochRows);
      await epoch.commit();
    }
    const read = JSON.parse(await python('-c', READ_TABLES, dir)) as Record<string, unknown>;
    const show = (value: number | null) => (Number.isNaN(value) ? 'NaN' : value);
    const expected = rows
      .flat()
      .map(row => [row.epoch, row.class, show(row.label_given_pred), show(row.pred_given_label), row.reason]);
    t.deepEqual(read.duckRows, expected);
    t.deepEqual(read.polarsRows, expected);
    t.deepEqual(read.duckTypes, ['BIGINT', 'INTEGER', 'DOUBLE', 'DOUBLE', 'VARCHAR']);
    t.like(read.polarsTypes, {label_given_pred: 'Float64', reason: 'String'});
    t.deepEqual(read.duckNan, [1, 1], 'isnan(v) and v = NaN find it');
  },
);
