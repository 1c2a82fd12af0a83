"""Makes vectors.json: statistics computed by NumPy and SciPy, which the suite's own are held against.

    python3 -m venv venv && venv/bin/pip install numpy scipy && venv/bin/python vectors.py > vectors.json

Made with NumPy 2.4.6 and SciPy 1.17.1.
"""

import json
import math

import numpy
from scipy import stats

SHARES = [0.5, 0.75, 0.9, 0.95, 0.99]
random = numpy.random.default_rng(20261123)


def end(value):
    return None if math.isnan(value) or math.isinf(value) else float(value)


def sample(name, values):
    values = [round(float(value), 1) for value in values]
    intervals = {}
    for p in (0.5, 0.95):
        found = stats.quantile_test(values, p=p).confidence_interval(confidence_level=0.95)
        intervals[str(p)] = [end(found.low), end(found.high)]
    return {
        "name": name,
        "values": values,
        "percentiles": {str(p): float(numpy.quantile(values, p, method="linear")) for p in SHARES},
        "intervals": intervals,
    }


def ranks(n, p):
    """Of the order statistics 1..n themselves the interval is a pair of ranks."""
    found = stats.quantile_test(numpy.arange(1, n + 1), p=p).confidence_interval(confidence_level=0.95)
    return {"n": n, "p": p, "lower": end(found.low), "upper": end(found.high)}


def share(hits, n, confidence=0.95):
    found = stats.binomtest(hits, n).proportion_ci(confidence_level=confidence, method="exact")
    return {"hits": hits, "n": n, "confidence": confidence, "low": float(found.low), "high": float(found.high)}


def failing(hits, n, limit):
    """How likely so many failures, or more, are at the limit itself."""
    return {"hits": hits, "n": n, "limit": limit, "chance": float(stats.binom.sf(hits - 1, n, limit))}


def slope(name, xs, ys):
    points = [[round(float(x), 1), round(float(y), 3)] for x, y in zip(xs, ys)]
    found = stats.theilslopes([y for _, y in points], [x for x, _ in points], 0.95)
    return {
        "name": name,
        "points": points,
        "slope": float(found.slope),
        "low": float(found.low_slope),
        "high": float(found.high_slope),
    }


print(
    json.dumps(
        {
            "samples": [
                sample("one value", [412.7]),
                sample("two values", [10, 20]),
                sample("five, unordered, with a tie", [31, 12, 12, 55.5, 7]),
                sample("twenty, log-normal", random.lognormal(5, 0.5, 20)),
                sample("seventy-one", random.lognormal(5, 0.5, 71)),
                sample("seventy-two: p95 gets its upper end", random.lognormal(5, 0.5, 72)),
                sample("five hundred, log-normal", random.lognormal(4, 0.8, 500)),
                sample("all the same", [3] * 30),
            ],
            "ranks": [
                ranks(n, p)
                for n in (1, 5, 6, 19, 58, 59, 71, 72, 73, 100, 1000, 12345, 200000)
                for p in (0.5, 0.95)
            ],
            "shares": [
                share(*pair)
                for pair in [(0, 1), (1, 1), (0, 56), (1, 56), (12, 283), (50, 100), (999, 1000)]
                + [(1, 3), (1, 17), (2, 54), (1, 170), (2, 1000), (12, 1000), (20, 1000), (3, 200000), (1234567, 2000000)]
                + [(12, 283, 0.99), (0, 56, 0.99)]
            ],
            "failures": [
                failing(*one)
                for one in [(1, 3, 0.05), (1, 17, 0.01), (2, 54, 0.01), (1, 170, 0.001)]
                + [(2, 3, 0.05), (3, 54, 0.01), (20, 1000, 0.01), (17, 1000, 0.01), (18, 1000, 0.01), (3, 170, 0.001)]
            ],
            "confirmed": [{"n": n, "limit": limit, "chance": float(stats.binom.pmf(0, n, limit))}
                for n, limit in [(71, 0.05), (72, 0.05), (367, 0.01), (368, 0.01), (3687, 0.001), (3688, 0.001)]
            ],
            "slopes": [
                slope("a line", range(10), range(0, 20, 2)),
                slope("a line with an outlier", range(8), [1, 2, 3, 4, 50, 6, 7, 8]),
                slope("no slope in noise", range(0, 200, 5), random.normal(100, 5, 40)),
                slope("a slope in noise", range(0, 500, 5), 100 + numpy.arange(100) * 0.1 + random.normal(0, 3, 100)),
                slope("ties", [0, 1, 2, 3, 4, 4, 5, 6, 7, 8], [3, 3, 3, 4, 4, 4, 5, 5, 3, 6]),
            ],
        },
        indent=1,
    )
)
