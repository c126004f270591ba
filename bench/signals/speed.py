"""How fast: 1,000 firms of 12 series and 60 months replayed, and one more month of one firm.

    python bench/signals/speed.py [--firms 1000] [--quick]

Replaying is one run: an alarm of month t follows from the months up to t alone (tested), so a walk
through a series gives all that each month would have told. Asked: a minute on two cores; 50 ms.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import time
from multiprocessing import get_context

from firms import MONTHS, Firm, draw

from baken.signals.detect.covariance import filter_of
from baken.signals.series import Series
from baken.signals.watch import PER_FIRM, watch

SERIES = 12


def series_of(firms: list[Firm]) -> list[Series]:
    """The twelve of every firm."""
    return [s for f in firms for s in f.series[:SERIES]]


def replay(series: list[Series], look_back: bool = False) -> int:
    """The number of alarms."""
    answer = watch(series, false_alarms=PER_FIRM, per_firm=True, look_back=look_back)
    return len(answer.alarms)


def peak() -> float:
    """MB at most so far, of this process."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    args = argparse.ArgumentParser()
    args.add_argument("--firms", type=int, default=1000)
    args.add_argument("--quick", action="store_true")
    args.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1))
    options = args.parse_args()
    count = 60 if options.quick else options.firms
    firms = [draw(s) for s in range(count)]
    print(f"{count} firms x {SERIES} series x {MONTHS} months")
    parts = [series_of(firms[i :: 4 * options.jobs]) for i in range(4 * options.jobs)]
    with get_context("fork").Pool(options.jobs) as pool:
        began = time.perf_counter()
        found = sum(pool.map(replay, parts, chunksize=1))
        took = time.perf_counter() - began
    print(f"  on {options.jobs} cores, firms shared out: {took:.1f} s, {found} alarms")
    some = firms[: max(10, count // 10)]
    began = time.perf_counter()
    replay(series_of(some))
    took = time.perf_counter() - began
    print(f"  {len(some)} firms in one call, one core: {took:.2f} s "
          f"({1000 * took / len(some) / SERIES:.2f} ms a series)")  # fmt: skip
    began = time.perf_counter()
    replay(series_of(some), look_back=True)
    took = time.perf_counter() - began
    print(f"  the same with changes looking back: {took:.2f} s; peak {peak():.0f} MB")
    for back in (False, True):
        cold, warm = [], []
        for firm in firms[:15]:
            filter_of.cache_clear()
            for kept in (cold, warm):
                began = time.perf_counter()
                replay(series_of([firm]), back)
                kept.append(1000 * (time.perf_counter() - began))
        print(f"  one more month of one firm{', looking back' if back else ''}: "
              f"{statistics.median(warm):.0f} ms (most {max(warm):.0f}); "
              f"the first time {statistics.median(cold):.0f} ms")  # fmt: skip


if __name__ == "__main__":
    main()
