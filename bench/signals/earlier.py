"""How early, at how many false alarms: ours beside the owner's rule and the textbook.

    python bench/signals/earlier.py [--each 10] [--world stranger] [--svg docs/img/signals-earlier.svg]

Series are those of ``test_world.py``, or of ``stranger_world.py``. A false alarm is one on a healthy series, over all its
months, the first ones too. The delay is the number of months from the one in which the change
began to the one at whose end an alarm was raised (0: the same month); an alarm that stood before
does not count; 24 where none came. ``x`` and every other threshold is set so that a method gives as
many false alarms as ours: once for all families together, once for each family.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from multiprocessing import get_context

import numpy as np
import stranger_world
import test_world
from rivals import cusum, ewma, learning, online_bayes, prophet_like, rule, standard, walk
from test_world import AFTER, Made

from baken.signals.watch import watch

Alarms = list[tuple[int, int | None]]
WORLDS = {"test": test_world, "stranger": stranger_world}
RATES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.4)
OURS, RULE = "ours", "rule, every month"
GRIDS = {
    RULE: np.concatenate([np.linspace(0.05, 1, 39), [1.2, 1.5, 2, 3, 5]]),
    "rule, end of quarter": np.concatenate([np.linspace(0.05, 1, 39), [1.2, 1.5, 2, 3, 5]]),
    "EWMA": np.linspace(0.4, 3.2, 15),
    "robust CUSUM": np.concatenate([np.linspace(1, 10, 19), [12, 15, 20]]),
    "online Bayes": np.linspace(-5, 12, 18),
    "Prophet-like": np.linspace(0.8, 8, 25),
}


def ours(made: Sequence[Made], rate: float) -> list[Alarms]:
    """Our alarms as rows of the series."""
    answer = watch([m.series for m in made], false_alarms=rate, look_back=False)
    out = []
    for m, judged in zip(made, answer.judged, strict=True):
        row = {p: i for i, p in enumerate(m.series.periods)}
        out.append(
            [(row[a.detected], row[a.cleared] if a.cleared else None) for a in judged.alarms]
        )
    return out


def others(made: Sequence[Made]) -> dict[str, list[list[Alarms]]]:
    """The alarms of the other methods, for each threshold of their grid."""
    zs = [standard(m) for m in made]
    found: dict[str, list[list[Alarms]]] = {}
    for name, stat in (("EWMA", ewma), ("robust CUSUM", cusum), ("online Bayes", online_bayes)):
        found[name] = [[learning(z, stat, h) for z in zs] for h in GRIDS[name]]
    paths: dict[str, list[np.ndarray]] = {
        RULE: [rule(m) for m in made],
        "rule, end of quarter": [rule(m, True) for m in made],
        "Prophet-like": [prophet_like(m) for m in made],
    }
    for name, all_ in paths.items():
        found[name] = [[walk(p, h) for p in all_] for h in GRIDS[name]]
    return found


def delay(made: Made, alarms: Alarms) -> float:
    """Months until the first alarm raised at or after the change."""
    assert made.change is not None
    late = [at - made.change for at, _ in alarms if at >= made.change]
    return float(min([*late, AFTER]))


def stood(made: Made, alarms: Alarms) -> bool:
    """Whether an alarm stood already when the change began."""
    assert made.change is not None
    return any(at < made.change and (end is None or end > made.change) for at, end in alarms)


def per_year(made: Iterable[Made], alarms: Iterable[Alarms], first: int = 0) -> float:
    """False alarms a series-year, of the months from ``first`` on."""
    years = sum(max(0, len(m.series.values) - first) for m in made) / 12
    return sum(at >= first for one in alarms for at, _ in one) / max(years, 1e-9)


class Measured:
    """Everything that was found, by method and threshold, on healthy and on changed series."""

    def __init__(self, well: list[Made], ill: list[Made], jobs: int) -> None:
        self.well, self.ill = well, ill
        both = [*well, *ill]
        parts = [both[i::jobs] for i in range(jobs)]
        with get_context("fork").Pool(jobs) as pool:
            began = time.perf_counter()
            mine = [
                _whole(pool.map(partial(ours, rate=r), parts), len(both)) for r in RATES
            ]  # fmt: skip
            self.seconds = time.perf_counter() - began
            rest = pool.map(others, parts)
        self.alarms = {OURS: mine}
        for name, grid in GRIDS.items():
            self.alarms[name] = [
                _whole([r[name][i] for r in rest], len(both)) for i in range(len(grid))
            ]

    def curve(self, method: str, family: str | None = None) -> tuple[np.ndarray, np.ndarray]:
        """False alarms a series-year and mean delay at every threshold."""
        n = len(self.well)
        fits: Callable[[Made], bool] = lambda m: family in (None, m.family)  # noqa: E731
        well = [i for i, m in enumerate(self.well) if fits(m)]
        ill = [i for i, m in enumerate(self.ill) if fits(m)]
        false, late = [], []
        for found in self.alarms[method]:
            false.append(per_year([self.well[i] for i in well], [found[i] for i in well]))
            late.append(np.mean([delay(self.ill[i], found[n + i]) for i in ill]))
        return np.array(false), np.array(late)

    def at(self, method: str, rate: float, family: str | None = None) -> float:
        """The mean delay at a number of false alarms, between the thresholds on either side."""
        false, late = self.curve(method, family)
        order = np.argsort(false, kind="stable")
        return float(np.interp(rate, false[order], late[order]))


def _whole(parts: list[list[Alarms]], count: int) -> list[Alarms]:
    out: list[Alarms] = [[] for _ in range(count)]
    for i, part in enumerate(parts):
        out[i :: len(parts)] = part
    return out


def by(made: Sequence[Made], alarms: Sequence[Alarms], key: Callable[[Made], object]) -> str:
    """False alarms a series-year by something."""
    keys = list(dict.fromkeys(sorted((key(m) for m in made), key=str)))
    out = []
    for k in keys:
        at = [i for i, m in enumerate(made) if key(m) == k]
        out.append(f"{k} {per_year([made[i] for i in at], [alarms[i] for i in at]):.3f}")
    return ", ".join(out)


def report(found: Measured) -> None:
    """All tables."""
    n = len(found.well)
    mid = RATES.index(0.1)
    mine = found.alarms[OURS][mid]
    rate = per_year(found.well, mine[:n])
    years = sum(len(m.series.values) for m in found.well) / 12
    print(f"{n} healthy series ({years:.0f} years), {len(found.ill)} changed; cap {AFTER} months")
    print("asked of us -> false alarms a series-year, mean delay:")
    print(
        "   ",
        *(f"{r}: {f:.3f}, {d:.2f};" for r, f, d in zip(RATES, *found.curve(OURS), strict=True)),
    )
    print(
        f"ours took {found.seconds:.0f} s; at 0.1 asked: {rate:.3f} "
        f"(from month 24 on {per_year(found.well, mine[:n], 24):.3f}), "
        f"error {np.sqrt(rate * years) / years:.3f}; stood already at the change in "
        f"{np.mean([stood(m, a) for m, a in zip(found.ill, mine[n:], strict=True)]):.1%}"
    )
    for name, key in (
        ("family", lambda m: m.family), ("length", lambda m: len(m.series.values)),
        ("autocorrelation", lambda m: m.rho),
    ):  # fmt: skip
        print(f"  false alarms by {name}: {by(found.well, mine[:n], key)}")
    months = [sum(a // 6 == k for one in mine[:n] for a, _ in one)
              / max(1, sum(min(6, max(0, len(m.series.values) - 6 * k)) for m in found.well)) * 12
              for k in range(14)]  # fmt: skip
    print("  false alarms a year by half year of history:", *(f"{m:.2f}" for m in months))
    print(f"\nmean delay at as many false alarms as ours ({rate:.3f}), and at 0.1, 0.05 and 0.02")
    base = found.at(RULE, rate)
    for method in found.alarms:
        row = [found.at(method, r) for r in (rate, 0.1, 0.05, 0.02)]
        print(f"  {method:22}", *(f"{x:6.2f}" for x in row), f"  {row[0] / base:.2f} of the rule's")
    print(f"  seen within 3, 6, 12 months: {_within(found, mine)}")
    print("\nby family, x of the rule set for each family: ours, rule, CUSUM; ratio")
    ratios = []
    for family in dict.fromkeys(m.family for m in found.well):
        at = [i for i, m in enumerate(found.well) if m.family == family]
        own = per_year([found.well[i] for i in at], [mine[i] for i in at])
        ill = [i for i, m in enumerate(found.ill) if m.family == family]
        us = float(np.mean([delay(found.ill[i], mine[n + i]) for i in ill]))
        them, other = found.at(RULE, own, family), found.at("robust CUSUM", own, family)
        ratios.append((us, them))
        print(f"  {family:20} {own:.3f}: {us:5.2f} {them:5.2f} {other:5.2f}   {us / them:.2f}")
    us, them = np.mean(ratios, axis=0)
    print(f"  all: {us:.2f} of {them:.2f}: {us / them:.2f}")


def _within(found: Measured, mine: Sequence[Alarms]) -> str:
    n = len(found.well)
    late = np.array([delay(m, a) for m, a in zip(found.ill, mine[n:], strict=True)])
    return ", ".join(f"{(late < k).mean():.0%}" for k in (3, 6, 12))


def plot(found: Measured, path: str) -> None:
    """The curves as a picture."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "baken"
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(7, 4.2))
    for method in found.alarms:
        false, late = found.curve(method)
        order = np.argsort(false)
        inside = (false[order] > 0.004) & (false[order] < 0.5)
        axes.plot(false[order][inside], late[order][inside], label=method,
                  linewidth=2.5 if method == OURS else 1.2)  # fmt: skip
    axes.set(xscale="log", xlabel="false alarms a series and year", ylabel="mean delay in months")
    axes.axvline(0.1, color="grey", linewidth=0.7)
    axes.legend(fontsize=8)
    axes.grid(alpha=0.3)
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})


def main() -> None:
    args = argparse.ArgumentParser()
    args.add_argument("--each", type=int, default=10)
    args.add_argument("--seed", type=int, default=61)
    args.add_argument("--world", choices=sorted(WORLDS), default="test")
    args.add_argument("--quick", action="store_true")
    args.add_argument("--svg")
    args.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1))
    options = args.parse_args()
    rng = np.random.default_rng(options.seed)
    each = 1 if options.quick else options.each
    world = WORLDS[options.world]
    found = Measured([*world.healthy(rng, each)], [*world.changed(rng, each)], options.jobs)
    report(found)
    if options.svg:
        plot(found, options.svg)


if __name__ == "__main__":
    main()
