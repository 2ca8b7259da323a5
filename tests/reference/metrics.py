"""Makes metrics.json: intervals, DeLong's standard error and Rényi divergences, each by another road than ours.
Run by hand: python3 tests/reference/metrics.py (SciPy 1.10)."""
import json
import pathlib

import numpy as np
from scipy import integrate, special, stats


def delong(members, others):
    """All n · m pairs, as in DeLong, DeLong & Clarke-Pearson 1988; no ranks, no sorting."""
    psi = (members[:, None] > others[None, :]) + 0.5 * (members[:, None] == others[None, :])
    by_member, by_other = psi.mean(1), psi.mean(0)
    error = np.sqrt(by_member.var(ddof=1) / len(members) + by_other.var(ddof=1) / len(others))
    return psi.mean(), error


def delong_case(rng, members, others, decimals):
    a = np.round(rng.normal(0.7, 1.3, members), decimals)
    b = np.round(rng.normal(0, 1, others), decimals)
    auc, error = delong(a, b)
    return {"members": a.tolist(), "others": b.tolist(), "auc": auc, "standardError": error}


def renyi(q, sigma, alpha):
    """ln E_{z ~ N(0, σ²)} [(1 − q + q · N(1, σ²)/N(0, σ²))^α] / (α − 1), by quadrature of the definition."""
    def log_integrand(z):
        ratio = np.logaddexp(np.log1p(-q), np.log(q) + (2 * z - 1) / (2 * sigma**2))
        return alpha * ratio - z**2 / (2 * sigma**2) - np.log(sigma * np.sqrt(2 * np.pi))

    grid = np.linspace(-20 * sigma, alpha + 20 * sigma, 200001)
    peak = log_integrand(grid).max()
    # Pieces of half a deviation, so that the quadrature cannot step over a peak.
    edges = np.arange(-20 * sigma, alpha + 20 * sigma, sigma / 2)
    total = sum(
        integrate.quad(lambda z: np.exp(log_integrand(z) - peak), a, b, epsabs=0, epsrel=1e-13)[0]
        for a, b in zip(edges[:-1], edges[1:])
    )
    return (peak + np.log(total)) / (alpha - 1)


def rate_interval(hits, trials, method):
    found = stats.binomtest(hits, trials).proportion_ci(0.95, method)
    return [hits, trials, found.low, found.high]


def student(values):
    freedom = len(values) - 1
    x = special.betaincinv(freedom / 2, 0.5, 0.05)  # stats.t.ppf of SciPy 1.10 knows nine digits only
    half = np.sqrt(freedom * (1 - x) / x) * stats.sem(values)
    return {"values": values, "low": np.mean(values) - half, "high": np.mean(values) + half}


rng = np.random.default_rng(20240607)
RATES = [(0, 5), (1, 1), (7, 1000), (993, 1000), (1000, 1000), (4321, 10000)]
VALUES = {
    "wilson": [rate_interval(*case, "wilson") for case in RATES],
    "clopperPearson": [rate_interval(*case, "exact") for case in RATES],
    # Newcombe, Statistics in Medicine 17 (1998) 873–890, table II, method 10: hits, trials, hits, trials, low, high.
    "newcombe": [
        [56, 70, 48, 80, 0.0524, 0.3339],
        [9, 10, 3, 10, 0.1705, 0.8090],
        [6, 7, 2, 7, 0.0582, 0.8062],
        [5, 56, 0, 29, -0.0381, 0.1926],
        [0, 10, 0, 20, -0.1611, 0.2775],
        [0, 10, 0, 10, -0.2775, 0.2775],
        [10, 10, 0, 20, 0.6791, 1.0],
        [10, 10, 0, 10, 0.6075, 1.0],
    ],
    "student": [
        student(values)
        for values in ([0.61, 0.59], [0.7, 0.71, 0.69, 0.72, 0.705, 0.7], rng.normal(3, 2, 40).round(3).tolist())
    ],
    "delong": [delong_case(rng, 40, 25, 6), delong_case(rng, 30, 50, 0), delong_case(rng, 2, 2, 1)],
    "renyi": [
        [q, sigma, alpha, renyi(q, sigma, alpha)]
        for q, sigma, alpha in (
            (0.004, 1.1, 1.1), (0.004, 1.1, 8.1), (0.064, 6.376118, 16), (0.064, 2.5, 7.5), (0.5, 1, 2.5),
            (0.9, 0.7, 3.3), (0.05, 0.5, 1.7), (0.05, 0.5, 2), (0.3, 4, 20), (0.99, 2, 10.9),
        )
    ],
}
lines = (f"  {json.dumps(key)}: {json.dumps(value, default=float)}" for key, value in VALUES.items())
(pathlib.Path(__file__).parent / "metrics.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")
