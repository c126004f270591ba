"""How well changes are found looking back, beside two peers; and that nothing breaks it.

    python bench/signals/changes.py [--series 300] [--quick]

Series and truth are those of ``annotated.py``, of ``seen.py`` (as people would mark them) and, made
by another idea, of ``hidden`` below (splines and wandering levels, years and quarters, ties, few
points, giants). Of each the even seeds are for development, the odd ones for the test. F1 with a margin of five, and covering; a series on
which a method fails counts 0. The series of the Turing data set and its kin are not used here.
"""

from __future__ import annotations

import argparse
import os
import time
import warnings
from collections.abc import Callable, Sequence
from functools import partial
from multiprocessing import get_context

import numpy as np
import ruptures
import seen
from annotated import covering, draw, f1
from numpy.typing import NDArray

from baken.signals.series import Series
from baken.signals.watch import watch

Floats = NDArray[np.float64]
LIMIT = 2.0
"""Seconds that one series may take."""


def as_series(values: Sequence[float], season: int) -> Series:
    """A series as a reader would give it: months, quarters or years where there is a season."""
    n = len(values)
    shown = tuple(None if v != v else float(v) for v in values)
    if season == 12:
        periods = tuple(f"{1950 + i // 12}-{i % 12 + 1:02d}" for i in range(n))
        return Series("x", periods, shown, frequency="month")
    if season == 4:
        periods = tuple(f"{1950 + i // 4}-Q{i % 4 + 1}" for i in range(n))
        return Series("x", periods, shown, frequency="quarter")
    return Series("x", tuple(map(str, range(n))), shown, frequency="position")


def ours(values: Sequence[float], season: int) -> list[int]:
    """The rows that ``baken watch`` calls changes."""
    return [c["index"] for c in watch([as_series(values, season)]).judged[0].changes]


def none(values: Sequence[float], season: int) -> list[int]:
    """Nothing ever changes."""
    return []


def pelt(values: Sequence[float], season: int, cost: str = "l2") -> list[int]:
    """Ruptures' PELT as it comes (``jump`` 5), penalty 2 log n on standardised values."""
    y = np.asarray(values, dtype=float)
    y = (y - np.nanmean(y)) / (np.nanstd(y) or 1.0)
    y = np.where(np.isnan(y), 0.0, y)
    return ruptures.Pelt(cost).fit(y).predict(pen=2 * np.log(len(y)))[:-1]


def binseg(values: Sequence[float], season: int) -> list[int]:
    """Ruptures' binary segmentation, with the same penalty."""
    y = np.asarray(values, dtype=float)
    y = (y - np.nanmean(y)) / (np.nanstd(y) or 1.0)
    y = np.where(np.isnan(y), 0.0, y)
    return ruptures.Binseg("l2", jump=1).fit(y).predict(pen=2 * np.log(len(y)))[:-1]


METHODS: dict[str, Callable[[Sequence[float], int], list[int]]] = {
    "ours": ours,
    "none, always": none,
    "PELT l2": pelt,
    "PELT rbf": partial(pelt, cost="rbf"),
    "binseg l2": binseg,
}


def hidden(rng: np.random.Generator) -> tuple[Floats, list[int], int, str]:
    """A series made otherwise than those of ``annotated``: values, changes, season, kind."""
    kind = str(rng.choice(
        ["spline", "wander", "plateaus", "years", "quarters", "bend", "counts", "calm", "ties"]
    ))  # fmt: skip
    n = int(rng.integers(30, 320))
    t = np.arange(n)
    c: list[int] = []
    season = 0
    if kind == "spline":
        knots = rng.normal(0, 1, 5).cumsum()
        y = 6 * np.interp(t, np.linspace(0, n, 5), knots)
        y = np.convolve(np.pad(y, 8, mode="edge"), np.ones(17) / 17, "valid") + rng.normal(0, 1, n)
        if rng.random() < 0.6:
            c = [int(rng.integers(n // 5, n - n // 5))]
            y[c[0] :] += rng.choice([-1, 1]) * rng.uniform(8, 16)
    elif kind == "wander":
        y = np.zeros(n)
        for i in range(1, n):
            y[i] = 0.9 * y[i - 1] + rng.standard_normal()
        if rng.random() < 0.6:
            c = [int(rng.integers(n // 4, n - n // 4))]
            y[c[0] :] += rng.choice([-1, 1]) * rng.uniform(10, 18)
    elif kind == "plateaus":
        count = int(rng.integers(1, 6))
        c = [
            int(x) for x in (np.arange(1, count + 1) * n / (count + 1) + rng.uniform(-3, 3, count))
        ]
        y = rng.laplace(0, 0.7, n)
        level = 0.0
        for a in c:
            level += rng.choice([-1, 1]) * rng.uniform(2.5, 8)
            y[a:] += level - (level if a == 0 else 0)
        y[rng.random(n) < 0.02] += 8
    elif kind == "years":
        n = int(rng.integers(20, 90))
        y = 100 * np.exp(np.cumsum(rng.normal(0.02, 0.02, n)))
        if rng.random() < 0.7:
            c = [int(rng.integers(6, n - 6))]
            y[c[0] :] *= rng.choice([0.5, 0.65, 1.6])
    elif kind == "quarters":
        season, n = 4, int(rng.integers(36, 140))
        wave = rng.normal(0, 6, 4)
        y = 100 + wave[np.arange(n) % 4] + rng.normal(0, 2, n) + rng.normal(0, 0.1) * np.arange(n)
        if rng.random() < 0.6:
            c = [int(rng.integers(10, n - 10))]
            y[c[0] :] += rng.choice([-1, 1]) * rng.uniform(12, 25)
    elif kind == "bend":
        c = [int(rng.integers(n // 4, n - n // 4))]
        before, after = rng.uniform(0.1, 0.6), -rng.uniform(0.1, 0.6)
        y = np.where(t < c[0], before * t, before * c[0] + after * (t - c[0]))
        y = y * rng.choice([-1, 1]) + rng.normal(0, 2, n)
    elif kind == "counts":
        rate = np.full(n, rng.uniform(0.5, 6))
        if rng.random() < 0.6:
            c = [int(rng.integers(n // 5, n - n // 5))]
            rate[c[0] :] *= rng.choice([0.25, 3.5])
        y = rng.poisson(rate).astype(float)
    elif kind == "calm":
        y = rng.normal(0, 1, n) + (0.02 * t if rng.random() < 0.5 else 0)
    else:
        y = np.full(n, 7.0)
        c = [int(rng.integers(n // 4, n - n // 4))]
        y[c[0] :] = 9.0
        y[rng.integers(0, n, max(1, n // 12))] += 1
    return y, c, season, kind


DRAW = {"annotated": draw, "seen": seen.draw, "hidden": hidden}
Row = tuple[str, str, bool, dict[str, tuple[float, float, float]]]


def judge(task: tuple[str, int]) -> Row:
    """The two scores and the time of every method on one series."""
    source, seed = task
    rng = np.random.default_rng([seed, len(source)])
    y, truth, season, kind = DRAW[source](rng)
    marks = truth if source == "seen" else [truth]
    scores = {}
    for name, method in METHODS.items():
        began = time.perf_counter()
        try:
            found = method(y.tolist(), season)
            took = time.perf_counter() - began
            scores[name] = (f1(marks, found), covering(marks, found, len(y)), took)
        except Exception as error:
            print(f"{name} failed on {source} {seed}: {error!r}")
            scores[name] = (0.0, 0.0, time.perf_counter() - began)
    return source, str(kind), seed % 2 == 1, scores


def stated(seeds: range) -> None:
    """Confidence beside the share of readers who mark a change within five rows."""
    pairs = []
    for seed in seeds:
        y, marks, season, _ = seen.draw(np.random.default_rng([seed, 4]))
        for c in watch([as_series(y.tolist(), season)]).judged[0].changes:
            near = [any(abs(c["index"] - m) <= 5 for m in own) for own in marks]
            pairs.append((c["confidence"], np.mean(near)))
    said, observed = np.array(pairs).T
    print(f"confidence stated and observed, {len(said)} changes")
    for low, high in ((0, 0.4), (0.4, 0.55), (0.55, 0.7), (0.7, 0.8), (0.8, 1)):
        here = (said >= low) & (said < high)
        if here.any():
            print(f"  {low}-{high}: {here.sum():4} changes, {said[here].mean():.2f} stated,"
                  f" {observed[here].mean():.2f} observed")  # fmt: skip


def table(rows: list[Row]) -> None:
    """Means by source and half, then ours by kind."""
    for source in DRAW:
        for test in (False, True):
            here = [r for r in rows if r[0] == source and r[2] == test]
            print(f"{source}, {'test' if test else 'development'} half, {len(here)} series")
            for name in METHODS:
                f, c, took = np.array([r[3][name] for r in here]).T
                print(f"  {name:14} F1 {f.mean():.3f}  covering {c.mean():.3f}"
                      f"  {1000 * np.median(took):6.1f} ms, most {took.max():.2f} s")  # fmt: skip
        kinds = sorted({r[1] for r in rows if r[0] == source})
        for kind in kinds:
            own = [r[3] for r in rows if r[:2] == (source, kind)]
            cells = [f"{m} {np.mean([o[m][0] for o in own]):.2f} / "
                     f"{np.mean([o[m][1] for o in own]):.2f}" for m in METHODS]  # fmt: skip
            print(f"    {kind:9}", "; ".join(cells))


def awkward() -> dict[str, list[float]]:
    """Series that break things: each must give an answer within two seconds."""
    rng = np.random.default_rng(4)
    nan = float("nan")
    noise = rng.normal(0, 1, 1000)
    gaps = noise[:300].copy()
    gaps[rng.random(300) < 0.3] = nan
    return {
        "empty": [],
        "one value": [3.0],
        "two": [1.0, 2.0],
        "five": [1.0, 5.0, 2.0, 2.0, 9.0],
        "nothing known": [nan] * 20,
        "constant": [4.0] * 200,
        "constant, then not": [4.0] * 100 + noise[:100].tolist(),
        "all noughts": [0.0] * 60,
        "one giant": [1.0] * 50 + [1e12] + [1.0] * 49,
        "ties": rng.integers(0, 2, 400).astype(float).tolist(),
        "alternating": [0.0, 1.0] * 150,
        "exact line": np.arange(500.0).tolist(),
        "exact steps": [1.0] * 50 + [2.0] * 50 + [1.0] * 50,
        "geometric": (1.05 ** np.arange(600)).tolist(),
        "huge": (1e15 * noise[:200]).tolist(),
        "tiny": (1e-15 * noise[:200]).tolist(),
        "tiny on huge": (1e9 + 1e-3 * noise[:200]).tolist(),
        "gaps": gaps.tolist(),
        "negative": (-np.exp(noise[:100])).tolist(),
        "walk of 1,000": noise.cumsum().tolist(),
        "noise of 1,000": noise.tolist(),
        "twenty steps in 1,000": (np.repeat(rng.normal(0, 9, 20), 50) + noise).tolist(),
        "3,000": rng.normal(0, 1, 3000).cumsum().tolist(),
    }


def robust() -> int:
    """Runs the awkward ones and tells those that fail or are slow; their number."""
    wrong = 0
    for name, values in awkward().items():
        for season in (0, 4, 12):
            began = time.perf_counter()
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("error")
                    ours(values, season)
            except Exception as error:
                wrong += 1
                print(f"  {name} (season {season}): {error!r}")
            took = time.perf_counter() - began
            if took > LIMIT:
                wrong += 1
                print(f"  {name} (season {season}): {took:.1f} s")
    return wrong


def main() -> None:
    args = argparse.ArgumentParser()
    args.add_argument("--series", type=int, default=300, help="of each source, both halves")
    args.add_argument("--seed", type=int, default=0)
    args.add_argument("--quick", action="store_true")
    args.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1))
    options = args.parse_args()
    count = 30 if options.quick else options.series
    tasks = [(s, options.seed + i) for s in DRAW for i in range(count)]
    with get_context("fork").Pool(options.jobs) as pool:
        table(pool.map(judge, tasks, chunksize=4))
    stated(range(5000, 5000 + count))
    print("awkward series that failed or took more than two seconds:", robust())


if __name__ == "__main__":
    main()
