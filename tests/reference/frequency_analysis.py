"""Frequency analysis of encrypted columns with NumPy and SciPy, after Naveed, Kamara and Wright (CCS 2015): what each ciphertext is taken for.

    python3 frequency_analysis.py > frequency_analysis.json
"""
import json

import numpy as np
from scipy.optimize import linear_sum_assignment

rng = np.random.default_rng(5)


def column(values, rows, drift):
    """Counts of a column's values, and of the same column in another table."""
    shape = (np.arange(values) + 1.5) ** -1.1 * np.exp(0.2 * rng.standard_normal(values))
    other = shape * np.exp(drift * rng.standard_normal(values))
    return rng.multinomial(rows, shape / shape.sum()), rng.multinomial(rows, other / other.sum())


cases = []
for values, rows, drift in [(4, 200, 0.1), (12, 1000, 0.1), (40, 2000, 0.2), (30, 300, 0.3)]:
    counts, known = column(values, rows, drift)
    present = np.flatnonzero(counts)  # a value that never occurs has no ciphertext
    seen = counts[present] / counts.sum()
    elsewhere = known / known.sum()
    ranks = np.zeros(len(seen), int)
    ranks[np.argsort(-seen, kind="stable")] = np.argsort(-elsewhere, kind="stable")[: len(seen)]
    squared = (seen[:, None] - elsewhere[None, :]) ** 2
    below = np.abs(np.cumsum(seen)[:, None] - np.cumsum(elsewhere)[None, :])
    cumulative = np.abs(seen[:, None] - elsewhere[None, :]) + below
    cases.append(
        {
            "seen": seen.tolist(),
            "known": elsewhere.tolist(),
            "ranks": ranks.tolist(),
            "assignment_cost": squared[linear_sum_assignment(squared)].sum(),
            "cumulative_cost": cumulative[linear_sum_assignment(cumulative)].sum(),
        }
    )
print(json.dumps({"how": "NumPy and SciPy's linear_sum_assignment, by the script beside this file", "cases": cases}))
