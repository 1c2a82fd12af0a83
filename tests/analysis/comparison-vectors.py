"""Makes comparison-vectors.json: statistics of comparison computed by SciPy, and by plain enumeration where SciPy has none.

    python3 -m venv venv && venv/bin/pip install numpy scipy && venv/bin/python comparison-vectors.py > comparison-vectors.json

Made with NumPy 2.4.6 and SciPy 1.17.1.
"""

import itertools
import json

import numpy
from scipy import stats

random = numpy.random.default_rng(20261130)

# As in analysis/statistics/moderated-t.ts.
SPREAD, RUNS = 0.05, 10


def mean_difference(a, b, axis=-1):
    return numpy.mean(a, axis=axis) - numpy.mean(b, axis=axis)


def mean(a, axis=-1):
    return numpy.mean(a, axis=axis)


def two_groups(current, baseline):
    n, m = len(current), len(baseline)
    squares = ((current - current.mean()) ** 2).sum() + ((baseline - baseline.mean()) ** 2).sum()
    variance = (RUNS * SPREAD**2 + squares) / (RUNS + n + m - 2)
    return (current.mean() - baseline.mean()) / numpy.sqrt(variance * (1 / n + 1 / m))


def one_group(differences):
    n = len(differences)
    squares = ((differences - differences.mean()) ** 2).sum()
    variance = (RUNS * SPREAD**2 + squares) / (RUNS + n - 1)
    return differences.mean() / numpy.sqrt(variance / n)


def step_down(table):
    """Adjusted p of the first row among all rows, by Westfall and Young's definition: O(metrics²)."""
    observed = table[0]
    order = numpy.argsort(-observed)
    adjusted = numpy.ones(len(observed))
    before = 0.0
    for at, metric in enumerate(order):
        largest = table[:, order[at:]].max(axis=1)
        before = max(before, float((largest >= observed[metric] - 1e-9).mean()))
        adjusted[metric] = before
    return [float(p) for p in adjusted]


def runs(name, baseline, current):
    """Rows are metrics, columns are runs."""
    baseline, current = numpy.round(baseline, 4), numpy.round(current, 4)
    both, k = numpy.hstack([baseline, current]), current.shape[1]
    n = both.shape[1]
    ways = sorted(itertools.combinations(range(n), k), reverse=True)
    table = numpy.array(
        [
            [two_groups(row[list(way)], numpy.delete(row, list(way))) for row in both]
            for way in ways
        ]
    )
    metrics = []
    for a, b in zip(current, baseline):
        p = {
            side: float(
                stats.permutation_test(
                    (a, b), mean_difference, vectorized=True, n_resamples=numpy.inf, alternative=side
                ).pvalue
            )
            for side in ("greater", "less")
        }
        found = stats.ttest_ind(a, b).confidence_interval(0.95)
        metrics.append(
            {
                "baseline": [float(x) for x in b],
                "current": [float(x) for x in a],
                "greater": p["greater"],
                "less": p["less"],
                "low": float(found.low),
                "high": float(found.high),
            }
        )
    for metric, up, down in zip(metrics, step_down(table), step_down(-table)):
        metric["adjustedGreater"], metric["adjustedLess"] = up, down
    return {"name": name, "metrics": metrics}


def rounds(name, differences):
    """Rows are metrics, columns are rounds."""
    differences = numpy.round(differences, 4)
    n = differences.shape[1]
    signs = numpy.array(list(itertools.product([1, -1], repeat=n)))
    table = numpy.array([[one_group(row * way) for row in differences] for way in signs])
    metrics = []
    for row in differences:
        p = {
            side: float(
                stats.permutation_test(
                    (row,), mean, vectorized=True, permutation_type="samples", n_resamples=numpy.inf, alternative=side
                ).pvalue
            )
            for side in ("greater", "less")
        }
        found = stats.ttest_1samp(row, 0).confidence_interval(0.95)
        metrics.append(
            {
                "differences": [float(x) for x in row],
                "greater": p["greater"],
                "less": p["less"],
                "low": float(found.low),
                "high": float(found.high),
            }
        )
    for metric, up, down in zip(metrics, step_down(table), step_down(-table)):
        metric["adjustedGreater"], metric["adjustedLess"] = up, down
    return {"name": name, "metrics": metrics}


def student(freedom, tail):
    return {"freedom": freedom, "tail": tail, "t": float(stats.t.isf(tail, freedom))}


shift = numpy.array([[0.18], [0.0], [-0.1], [0.0]])
print(
    json.dumps(
        {
            "runs": [
                runs("5 and 3 runs", random.normal(5, 0.05, (4, 5)), random.normal(5, 0.05, (4, 3)) + shift),
                runs("4 and 4 runs", random.normal(3, 0.08, (4, 4)), random.normal(3, 0.08, (4, 4)) + shift),
                runs("2 and 6 runs, ties", random.normal(3, 0.1, (2, 2)).round(1), random.normal(3, 0.1, (2, 6)).round(1)),
            ],
            "rounds": [
                rounds("5 rounds", random.normal(0, 0.05, (4, 5)) + shift),
                rounds("8 rounds", random.normal(0, 0.1, (4, 8)) + shift),
                rounds("6 rounds, ties", random.normal(0, 0.1, (3, 6)).round(1)),
            ],
            "student": [student(n, tail) for n in (1, 2, 4, 6, 11, 30, 200) for tail in (0.05, 0.025, 0.005, 0.0005)],
        }
    )
)
