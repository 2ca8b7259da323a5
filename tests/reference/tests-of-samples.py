"""Shapiro-Wilk's W and Welch's one-sided t-test by SciPy, on samples that are written down: python3 tests-of-samples.py"""
import json
import os

import numpy as np
import scipy
from scipy import stats

rng = np.random.default_rng(1)
samples = {
    "three": [1.0, 2.0, 4.0],
    "five": [2.1, 3.3, 1.2, 5.9, 4.4],
    "eleven, one far away": [148, 154, 158, 160, 161, 162, 166, 170, 182, 195, 236],
    "normal, 50": rng.normal(3, 2, 50),
    "normal, 500": rng.normal(0, 1, 500),
    "exponential, 100": rng.exponential(1, 100),
    "two heaps, 200": np.concatenate([rng.normal(0, 1, 100), rng.normal(6, 1, 100)]),
}
samples = {name: [round(float(v), 6) for v in values] for name, values in samples.items()}
rows = [{"name": n, "values": v, "w": float(stats.shapiro(np.array(v, dtype=np.float64)).statistic)} for n, v in samples.items()]

pairs = [("normal, 50", "exponential, 100"), ("exponential, 100", "normal, 500"), ("five", "three"), ("two heaps, 200", "normal, 50")]
tests = []
for a, b in pairs:
    t, two = stats.ttest_ind(samples[a], samples[b], equal_var=False)
    one = two / 2 if t > 0 else 1 - two / 2
    tests.append({"first": a, "second": b, "t": float(t), "p": float(one)})

out = {"by": f"SciPy {scipy.__version__}", "shapiro": rows, "welch": tests}
with open(os.path.join(os.path.dirname(__file__), "tests-of-samples.json"), "w") as f:
    json.dump(out, f, indent=1)
