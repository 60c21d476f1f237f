"""A run folder is plain Parquet and Arrow: read it with Polars, DuckDB and NumPy, without CNNSlicer.

    npm run example mnist
    pip install polars duckdb numpy
    python examples/python/read_run.py runs/mnist
"""

import json
import sys
from pathlib import Path

import duckdb
import polars as pl

run = Path(sys.argv[1] if len(sys.argv) > 1 else "runs/mnist")
info = json.loads((run / "run.json").read_text())
print(info["name"], "with the layers", ", ".join(layer["name"] for layer in info["layers"]))

# DuckDB: which channels of a layer say least at the last epoch? `epoch` comes from the folder's name.
channels = run / "metrics/channel_entropy/*/*.parquet"
print(
    duckdb.sql(f"""
        select layer, channel, round(mean, 3) as bits, round(dead, 3) as dead
        from read_parquet('{channels}', hive_partitioning = true)
        where class is null and mean is not null
          and epoch = (select max(epoch) from read_parquet('{channels}', hive_partitioning = true))
        order by mean limit 5
    """)
)

# Polars: loss and accuracy of each epoch, one column a metric.
logs = pl.read_parquet(run / "metrics/logs/*/*.parquet", hive_partitioning=True)
print(logs.pivot("name", index="epoch", values="value").sort("epoch"))

# NumPy: the maps of one layer at one epoch as [channels, samples, height, width]; the manifest says what is there.
epoch = max(int(folder.name.split("=")[1]) for folder in run.glob("activations/epoch=*"))
manifest = json.loads((run / f"activations/epoch={epoch}/_manifest.json").read_text())
first = next(file for file in manifest["files"] if file["kind"] == "activations")
channels, samples, _ = first["shape"]
maps = pl.read_ipc(run / first["path"])["map"].to_numpy()
maps = maps.reshape(channels, samples, *first["spatial"])
labels = pl.read_ipc(run / "probe/part-0.arrow")["label"].to_numpy()
print(first["layer"], "at epoch", epoch, maps.shape, "mean activation by class:")
print({int(label): round(float(maps[:, labels == label].mean()), 3) for label in sorted(set(labels))})
