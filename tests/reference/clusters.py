"""Makes clusters.json: principal components, the best cut in two and its silhouette of a few points, with NumPy.

Run by hand from the repository's root: python3 tests/reference/clusters.py
"""
import itertools
import json
import pathlib

import numpy as np

rng = np.random.default_rng(5)
points = np.round(rng.normal(size=(14, 5)) * [3, 2, 1.5, 1, 0.5], 3)
points[9:, 1] += 7

centred = points - points.mean(0)
u, s, _ = np.linalg.svd(centred, full_matrices=False)
scores = u * s  # each column up to its sign


def spread(sides):
    return sum(((points[sides == side] - points[sides == side].mean(0)) ** 2).sum() for side in (0, 1))


# Every way to cut fourteen points in two: the first is on side 0.
cuts = [np.array((0, *rest)) for rest in itertools.product((0, 1), repeat=13) if any(rest)]
best = min(cuts, key=spread)

apart = np.sqrt(((points[:, None] - points[None]) ** 2).sum(2))
widths = []
for i, side in enumerate(best):
    own = np.delete(best == side, i)
    near, far = np.delete(apart[i], i)[own].mean(), apart[i][best != side].mean()
    widths.append((far - near) / max(near, far))

path = pathlib.Path(__file__).with_name("clusters.json")
path.write_text(
    json.dumps(
        {
            "points": points.tolist(),
            "scores": scores.tolist(),
            "sides": best.tolist(),
            "silhouette": float(np.mean(widths)),
        }
    )
    + "\n"
)
