"""Makes pictures.json: likeness of pairs of pictures by scikit-image and NumPy.
Run by hand: python3 tests/reference/pictures.py (scikit-image 0.26, NumPy 2.4)."""
import json
import pathlib

import numpy as np
from skimage.metrics import mean_squared_error, peak_signal_noise_ratio, structural_similarity

rng = np.random.default_rng(7)


def pair(height, width, channels, kind):
    a = rng.random((height, width, channels))
    b = {
        "noise": lambda: rng.random(a.shape),
        "alike": lambda: np.clip(a + 0.1 * rng.normal(size=a.shape), 0, 1),
        "negative": lambda: 1 - a,
        "flat": lambda: np.full(a.shape, 0.5),
    }[kind]()
    a, b = a.round(3), b.round(3)
    flat = b.std() < 1e-9
    return {
        "kind": kind,
        "shape": [height, width, channels],
        "a": a.flatten().tolist(),
        "b": b.flatten().tolist(),
        "ssim": float(structural_similarity(a, b, data_range=1.0, channel_axis=2)),
        "correlation": 0.0 if flat else float(np.corrcoef(a.flatten(), b.flatten())[0, 1]),
        "mse": float(mean_squared_error(a, b)),
        "psnr": float(peak_signal_noise_ratio(a, b, data_range=1.0)),
    }


cases = [pair(12, 9, 1, "noise"), pair(12, 9, 1, "alike"), pair(8, 8, 3, "alike"), pair(8, 8, 1, "negative"), pair(7, 7, 1, "flat")]
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(cases) + "\n")
