"""Makes statistics.json: special functions by SciPy. Run by hand: python3 tests/reference/statistics.py (SciPy 1.17)."""
import json
import pathlib

from scipy import special, stats

BETAS = [(0.5, 0.5), (1, 1), (2, 3), (0.5, 30), (50, 1), (120, 880), (5000, 5001)]
VALUES = {
    "logGamma": [[x, special.gammaln(x)] for x in (0.001, 0.1, 0.5, 1, 1.5, 2, 3.7, 10, 100.5, 1e4, 1e6)],
    "incompleteBeta": [
        [x, a, b, special.betainc(a, b, x)] for a, b in BETAS for x in (1e-6, 0.02, 0.12, 0.3, 0.5, 0.7, 0.999)
    ],
    "betaQuantile": [[p, a, b, special.betaincinv(a, b, p)] for a, b in BETAS for p in (0.025, 0.5, 0.975)],
    "studentCdf": [[t, f, stats.t.cdf(t, f)] for t in (-8, -1.3, 0, 0.4, 2, 30) for f in (1, 2, 4, 9, 63, 1000)],
    "studentQuantile": [[p, f, stats.t.ppf(p, f)] for p in (0.005, 0.025, 0.3, 0.51, 0.975, 0.9995) for f in (1, 2, 4, 9, 63, 1000)],
    "logNormalDensity": [[x, m, s, stats.norm.logpdf(x, m, s)] for x, m, s in ((0, 0, 1), (3, 1, 2), (-40, 0, 0.5))],
    "z95": stats.norm.ppf(0.975),
    # The normal's twentieths, and its share beyond 3 and beyond the ziggurat's edge, on both sides.
    "normalTwentieths": [stats.norm.ppf(i / 20) for i in range(1, 20)],
    "beyond3": 2 * stats.norm.sf(3),
    "beyondEdge": 2 * stats.norm.sf(3.442619855899),
    "excessOverEdge": stats.norm.pdf(3.442619855899) / stats.norm.sf(3.442619855899) - 3.442619855899,
}
lines = (f"  {json.dumps(key)}: {json.dumps(value, default=float)}" for key, value in VALUES.items())
(pathlib.Path(__file__).parent / "statistics.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")
