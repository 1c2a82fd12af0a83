"""Makes comparison-vectors.json: statistics of comparison computed by SciPy, pyMannKendall and Apache Otava, and by plain
enumeration where they have none.

    python3 -m venv venv && venv/bin/pip install numpy scipy pymannkendall && venv/bin/pip install --no-deps apache-otava
    venv/bin/python comparison-vectors.py > comparison-vectors.json

Made with NumPy 2.4.6, SciPy 1.17.1, pyMannKendall 1.4.3 and Apache Otava 0.8.0.
"""

import itertools
import json

import numpy
import pymannkendall
from otava.analysis import compute_change_points_orig
from otava.change_point_divisive.calculator import PairDistanceCalculator
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


def two_samples(a, b, digits=3):
    a, b = [[round(float(x), digits) for x in sample] for sample in (a, b)]
    ties = len(set(a + b)) < len(a) + len(b)
    method = "exact" if len(a) * len(b) <= 400 and not ties else "asymptotic"
    found = stats.mannwhitneyu(b, a, method=method)
    return {"a": a, "b": b, "u": float(found.statistic), "p": float(found.pvalue)}


def series(values):
    return [round(float(x), 3) for x in values]


def autocorrelated(n, rho, trend=0.0):
    values = [random.normal()]
    for _ in range(n - 1):
        values.append(rho * values[-1] + random.normal())
    return numpy.array(values) + trend * numpy.arange(n)


def trend(name, values):
    values = series(values)
    plain, corrected = pymannkendall.original_test(values), pymannkendall.hamed_rao_modification_test(values)
    # The suite's variance never falls below the one of independent values.
    used = corrected if corrected.var_s >= plain.var_s else plain
    return {
        "name": name,
        "values": values,
        "s": float(used.s),
        "variance": float(used.var_s),
        "p": float(used.p),
        "corrected": bool(corrected.var_s > plain.var_s),
    }


def split(values):
    """Where Matteson and James's statistic is largest, and its value."""
    values = numpy.array(series(values))
    found = PairDistanceCalculator(values).get_candidate_change_point(slice(None, None))
    points = compute_change_points_orig(values, 0.02, seed=1)[0]
    return {
        "values": values.tolist(),
        "at": int(found.index),
        "q": float(found.qhat),
        "points": [int(point.index) for point in points],
    }


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
            "normal": [{"z": z, "tail": float(stats.norm.sf(z))} for z in (-2, 0, 0.3, 1, 1.96, 2.9, 3, 3.1, 6, 20)],
            "samples": [
                two_samples(random.normal(5, 1, 4), random.normal(6, 1, 5)),
                two_samples(random.normal(5, 1, 20), random.normal(5.5, 1, 20)),
                two_samples(random.normal(5, 1, 25), random.normal(5.2, 1, 30)),
                two_samples(random.normal(5, 1, 12), random.normal(6, 1, 9), 0),
                two_samples([1, 1, 1], [1, 1, 2], 0),
                two_samples([1], [2], 0),
            ],
            "rates": [
                {"p": p, "rates": [float(q) for q in stats.false_discovery_control(p)]}
                for p in ([0.01, 0.04, 0.03, 0.005, 0.5, 0.04, 1.0], [0.2], random.uniform(0, 0.3, 20).round(3).tolist())
            ],
            "trends": [
                trend("independent", random.normal(0, 1, 24)),
                trend("rising", random.normal(0, 1, 30) + 0.08 * numpy.arange(30)),
                trend("autocorrelated", autocorrelated(40, 0.7)),
                trend("autocorrelated and rising", autocorrelated(40, 0.6, 0.1)),
                trend("ties", random.normal(0, 1.5, 25).round(0)),
                trend("alternating", [(-1) ** k + 0.01 * random.normal() for k in range(20)]),
            ],
            "splits": [
                split(random.normal(0, 1, 20)),
                split(numpy.concatenate([random.normal(0, 1, 15), random.normal(4, 1, 12)])),
                split(numpy.concatenate([random.normal(m, 0.5, 14) for m in (0, 3, 1)])),
                split([1] * 5 + [2] * 7),
            ],
        }
    )
)
