"""Firms of twelve series that hang together: false alarms a firm and year, causes, stated chances.

    python bench/signals/firms.py [--firms 700] [--quick] [--svg docs/img/signals-chance.svg]

Healthy firms of ``firms_world.py`` are followed for three years after two of learning; ill ones
have one known cause.
"""

from __future__ import annotations

import argparse
import os
from functools import partial
from multiprocessing import get_context

import numpy as np
from firms_told import STATED, causes, plot, quiet
from firms_world import CAUSES, LEARN, NO_FALL, Firm, draw, plain
from test_world import Made, healthy

from baken.signals.watch import PER_FIRM, watch


def alarmed(firms: list[Firm], rate: float) -> list[list[tuple[str, int, int, str | None]]]:
    """Per firm: series, row of the alarm, row since when, cause."""
    answer = watch(
        [s for f in firms for s in f.series], false_alarms=rate, per_firm=True, look_back=False
    )
    found: dict[str, list[tuple[str, int, int, str | None]]] = {f.series[0].firm: [] for f in firms}
    for judged in answer.judged:
        row = {p: i for i, p in enumerate(judged.series.periods)}
        found[judged.series.firm] += [
            (judged.series.id, row[a.detected], row[a.since], a.cause) for a in judged.alarms
        ]
    return list(found.values())


def _part(seeds: list[int], cause: str | None, rate: float, table: bool = False):  # type: ignore[no-untyped-def]
    firms = [plain(draw(s, cause)) if table else draw(s, cause) for s in seeds]
    return [(f.rho, f.since, a) for f, a in zip(firms, alarmed(firms, rate), strict=True)]


def spread_out(pool, jobs: int, count: int, first: int, cause: str | None, rate: float,
               table: bool = False):  # type: ignore[no-untyped-def]  # fmt: skip
    """The firms of some seeds, over the cores."""
    seeds = [[*range(first + i, first + count, 2 * jobs)] for i in range(2 * jobs)]
    return [
        x
        for part in pool.map(partial(_part, cause=cause, rate=rate, table=table), seeds)
        for x in part
    ]


def _chances(made: list[Made], stated: float) -> tuple[int, int]:
    """Series-years after the first two, and those with an alarm that says ``stated`` or less."""
    rate = -np.log(1 - stated)
    answer = watch([m.series for m in made], false_alarms=rate, look_back=False)
    years = hits = 0
    for judged in answer.judged:
        row = {p: i for i, p in enumerate(judged.series.periods)}
        at = [
            row[a.detected]
            for a in judged.alarms
            if a.as_json()["chance_rate"] <= 100 * stated + 0.06
        ]
        for first in range(LEARN, len(row) - 11, 12):
            years += 1
            hits += any(first <= a < first + 12 for a in at)
    return years, hits


def main() -> None:
    args = argparse.ArgumentParser()
    args.add_argument("--firms", type=int, default=700, help="healthy ones")
    args.add_argument("--each", type=int, default=60, help="firms of every cause")
    args.add_argument("--rate", type=float, default=PER_FIRM)
    args.add_argument("--seed", type=int, default=7000)
    args.add_argument("--causes", action="store_true", help="causes only")
    args.add_argument("--quick", action="store_true")
    args.add_argument("--svg")
    args.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1))
    options = args.parse_args()
    firms, each = (40, 6) if options.quick else (options.firms, options.each)
    with get_context("fork").Pool(options.jobs) as pool:
        if not options.causes:
            for table in (False, True):
                print("in a table:" if table else "by invoices:")
                found = spread_out(
                    pool, options.jobs, firms, options.seed, None, options.rate, table
                )
                quiet(found, options.rate)
        for table in (False, True):
            print(f"{each} firms of every cause, {'in a table' if table else 'by invoices'}:")
            both = [
                causes(
                    c, spread_out(pool, options.jobs, each, options.seed, c, options.rate, table)
                )
                for c in CAUSES
            ]
            lasting = [b for b, c in zip(both, CAUSES, strict=True) if c not in NO_FALL]
            right, dated = np.mean(lasting, axis=0)
            print(f"  lasting causes: named right {right:.0%}, month within two {dated:.0%}")
        if options.causes:
            return
        rng = np.random.default_rng(options.seed)
        made = [*healthy(rng, 2 if options.quick else 12)]
        parts = pool.map(partial(_chances, made), STATED)
    print("stated chance a year against observed, healthy series of test_world.py:")
    for stated, (years, hits) in zip(STATED, parts, strict=True):
        print(f"  {stated:.1%}: {hits / years:.1%} of {years} series-years")
    if options.svg:
        plot([h / y for y, h in parts], [y for y, _ in parts], options.svg)


if __name__ == "__main__":
    main()
