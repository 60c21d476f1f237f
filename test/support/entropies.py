"""Inter-sample and matrix entropy by NumPy alone, after the equations in docs/measures.md: entropies.py JOBS prints a list.

JOBS is a JSON file, a list of {"file", "samples", "features", "k"}: float32 values, one row a sample. Each answer is
[inter-sample bits, matrix bits], null where all samples are equal.
"""
import json
import sys

import numpy as np


def kernel_width(distances, target):
    """s with sum exp(-d / s) = target, by bisection of its logarithm."""
    low, high = -800.0, 800.0
    while True:
        middle = (low + high) / 2
        if middle in (low, high):
            return np.exp(middle)
        with np.errstate(over="ignore"):
            short = np.exp(-distances / np.exp(middle)).sum() < target
        low, high = (middle, high) if short else (low, middle)


def inter_sample_entropy(x, k):
    n = len(x)
    k = min(k, n - 1)
    weights = np.zeros((n, n))
    for i in range(n):
        distances = np.sqrt(((x - x[i]) ** 2).sum(1))
        distances[i] = np.inf
        nearest = np.argsort(distances, kind="stable")[:k]
        found = distances[nearest]
        zeros = found == 0
        enough = zeros.sum() >= np.log2(k)
        weights[i, nearest] = zeros if enough else np.exp(-found / kernel_width(found, np.log2(k)))
    p = weights + weights.T
    p = p[p > 0] / p.sum()
    return float(-(p * np.log2(p)).sum())


def matrix_entropy(x):
    centred = x - x.mean(0)
    centred /= np.abs(centred).max()
    gram = centred @ centred.T
    shares = np.linalg.eigvalsh(gram / np.trace(gram))
    shares = shares[shares > 1e-18]
    return float(-(shares * np.log2(shares)).sum())


answers = []
for job in json.load(open(sys.argv[1])):
    x = np.fromfile(job["file"], np.float32).reshape(job["samples"], job["features"]).astype(float)
    equal = (x == x[0]).all()
    answers.append([None, None] if equal else [inter_sample_entropy(x, job["k"]), matrix_entropy(x)])
print(json.dumps(answers))
