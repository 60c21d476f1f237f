"""Seeded inputs of the bench, written once: python make_data.py FOLDER MNIST_IMAGES

a.f32, b.f32  float32 [64][500][784]  rectified maps of two layers, channel by channel; b mixes the channels of a
qa.u8, qb.u8  uint8   [64][124750]    32-bin codes of the distances between the samples of a and b
e.f32         float32 [1000][784][32] rectified maps, sample by sample
mnist.f32     float32 [10000][784]    training digits, 0..1
"""
import sys
from pathlib import Path

import numpy as np
from scipy.ndimage import gaussian_filter
from scipy.spatial.distance import pdist

folder, images = Path(sys.argv[1]), Path(sys.argv[2])
folder.mkdir(parents=True, exist_ok=True)
random = np.random.default_rng(20261123)


def fields(samples, channels):
    """Smooth noise of unit variance, [channels, samples, 28, 28]."""
    noise = random.standard_normal((channels, samples, 28, 28), dtype=np.float32)
    smooth = gaussian_filter(noise, (0, 0, 1.5, 1.5))
    return smooth / smooth.std()


def rectified(values):
    thresholds = random.uniform(-0.3, 0.8, (len(values), 1, 1, 1))
    return np.maximum(values - thresholds, 0).astype(np.float32)


def mixed(values, channels):
    weights = random.standard_normal((channels, len(values))).astype(np.float32)
    return np.tensordot(weights / len(values) ** 0.5, values, 1)


def codes(maps):
    rows = []
    for channel in maps:
        distances = pdist(channel.reshape(len(channel), -1))
        bins = (distances - distances.min()) / np.ptp(distances) * 32
        rows.append(np.clip(bins, 0, 31).astype(np.uint8))
    return np.stack(rows)


before = 0.8 * mixed(fields(500, 8), 64) + 0.6 * fields(500, 64)
after = 0.8 * mixed(before, 64) + 0.6 * fields(500, 64)
for name, values in (("a", rectified(before)), ("b", rectified(after))):
    values.tofile(folder / f"{name}.f32")
    codes(values).tofile(folder / f"q{name}.u8")
rectified(fields(1000, 32)).transpose(1, 2, 3, 0).copy().tofile(folder / "e.f32")
digits = np.fromfile(images, np.uint8)[16 : 16 + 10000 * 784]
(digits.astype(np.float32) / 255).tofile(folder / "mnist.f32")
