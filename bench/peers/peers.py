"""What people would run instead: python peers.py FOLDER ITEM RUNS prints {"ms": [...], "check": number}.

Threads are set by the environment. Every item does the work in the fastest way that NumPy or scikit-learn offers.
"""
import json
import sys
import time
from pathlib import Path

import numpy as np

folder, item, runs = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
CHANNELS, SAMPLES, PIXELS, BINS, K = 64, 500, 784, 32, 15
UPPER = np.flatnonzero(np.triu(np.ones((SAMPLES, SAMPLES), bool), 1))


def read(name, dtype, *shape):
    return np.fromfile(folder / name, dtype).reshape(shape)


def joint_histograms(a, b):
    """np.bincount of the combined code, channel pair by channel pair, [channels, channels, bins * bins]."""
    columns = [row.astype(np.int64) for row in b]
    counts = np.empty((len(a), len(b), BINS * BINS), np.int64)
    for i, row in enumerate(a):
        shifted = row.astype(np.int64) << 5
        for j, column in enumerate(columns):
            counts[i, j] = np.bincount(shifted + column, minlength=BINS * BINS)
    return counts


def distances(x):
    """Pairwise distances by a Gram matrix (OpenBLAS), condensed."""
    gram = x @ x.T
    norms = np.einsum("ii->i", gram)
    squared = norms[:, None] + norms[None]
    squared -= 2 * gram
    squared = squared.ravel()[UPPER]
    np.maximum(squared, 0, out=squared)
    return np.sqrt(squared, out=squared)


def distance_codes(maps):
    codes = np.empty((CHANNELS, SAMPLES * (SAMPLES - 1) // 2), np.uint8)
    for channel, x in enumerate(maps):
        d = distances(x)
        codes[channel] = np.minimum((d - d.min()) * (BINS / max(np.ptp(d), 1e-30)), BINS - 1)
    return codes


def entropy(p):
    return -(p * np.log2(np.where(p > 0, p, 1))).sum(-1)


def capacity(a, b):
    counts = joint_histograms(distance_codes(a), distance_codes(b)).reshape(-1, BINS, BINS)
    p = counts / counts.sum((1, 2), keepdims=True)
    return np.maximum(0, entropy(p.sum(2)) + entropy(p.sum(1)) - entropy(p.reshape(len(p), -1)))


def kernel_weights(d):
    """exp(-d / s) with s such that a row sums to log2 k, by bisection of all rows at once."""
    target = np.log2(d.shape[1])
    d = d.astype(float)
    low, high = np.zeros(len(d)), d[:, -1].copy()
    high[high == 0] = 1
    for _ in range(60):
        short = np.exp(-d / high[:, None]).sum(1) < target
        if not short.any():
            break
        high[short] *= 2
    for _ in range(50):
        middle = (low + high) / 2
        above = np.exp(-d / middle[:, None]).sum(1) > target
        high = np.where(above, middle, high)
        low = np.where(above, low, middle)
    return np.exp(-d / high[:, None])


def inter_sample_entropy(x):
    """scikit-learn's exact neighbours, then a sparse symmetric graph."""
    from scipy.sparse import csr_matrix
    from sklearn.neighbors import NearestNeighbors

    model = NearestNeighbors(n_neighbors=K + 1, algorithm="brute", n_jobs=-1).fit(x)
    found, index = model.kneighbors(x)
    found, index = found[:, 1:], index[:, 1:]
    n = len(x)
    rows = np.repeat(np.arange(n), K)
    graph = csr_matrix((kernel_weights(found).ravel(), (rows, index.ravel())), shape=(n, n))
    weights = (graph + graph.T).data
    weights = weights[weights > 0] / weights.sum()
    return float(entropy(weights))


def intra_sample_entropy(x, own_range):
    """np.bincount over ten samples at a time, the code made unique to each map."""
    low, high = (x.min(1, keepdims=True), x.max(1, keepdims=True)) if own_range else (x.min(), x.max())
    scale = BINS / np.maximum(high - low, 1e-30)
    samples, channels = len(x), x.shape[2]
    offset = (np.arange(channels) * BINS).astype(np.int64)
    result = np.empty((samples, channels), np.float32)
    for first in range(0, samples, 10):
        part = slice(first, first + 10)
        shifted = x[part] - (low[part] if own_range else low)
        codes = np.minimum(shifted * (scale[part] if own_range else scale), BINS - 1).astype(np.int64)
        codes += offset
        codes += (np.arange(10) * (channels * BINS))[:, None, None]
        counts = np.bincount(codes.ravel(), minlength=10 * channels * BINS)
        result[part] = entropy(counts.reshape(10, channels, BINS) / PIXELS)
    return result


def task():
    if item == "joint":
        a, b = (read(f"q{name}.u8", np.uint8, CHANNELS, -1) for name in "ab")
        return lambda: joint_histograms(a, b), lambda counts: int(counts[3, 5].max())
    if item == "capacity":
        a, b = (read(f"{name}.f32", np.float32, CHANNELS, SAMPLES, PIXELS) for name in "ab")
        return lambda: capacity(a, b), lambda bits: float(bits.mean())
    if item == "inter":
        x = read("mnist.f32", np.float32, -1, PIXELS)
        return lambda: inter_sample_entropy(x), float
    x = read("e.f32", np.float32, 1000, PIXELS, 32)
    return lambda: intra_sample_entropy(x, item == "intra-map"), lambda bits: float(bits.mean(dtype=float))


run, check = task()
result = run()  # warm
times = []
for _ in range(runs):
    start = time.perf_counter()
    result = run()
    times.append((time.perf_counter() - start) * 1e3)
print(json.dumps({"ms": times, "check": check(result)}))
