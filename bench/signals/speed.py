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
import subprocess
import sys
import tempfile
import time
from multiprocessing import get_context
from pathlib import Path

from firms_world import MONTHS, Firm, draw

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


def command(firms: list[Firm], jobs: int) -> str:
    """The same firms in the long form through ``baken watch --json``, reading and writing in it."""
    with tempfile.TemporaryDirectory() as place:
        table, answer = Path(place) / "firms.csv", Path(place) / "answer.json"
        with table.open("w") as out:
            out.write("firm,series,period,value,unit,bad\n")
            for at, firm in enumerate(firms):
                for s in firm.series[:SERIES]:
                    for period, value in zip(s.periods, s.values, strict=True):
                        told = "" if value is None else f"{value:.6g}"
                        out.write(f"F{at},{s.id},{period},{told},{s.unit},{s.bad}\n")
        began, spent = time.perf_counter(), os.times()
        with answer.open("wb") as out:
            run = [sys.executable, "-m", "baken.cli.app", "watch", str(table), "--json"]
            subprocess.run([*run, "--as-of", "2099-12-31", "--no-doors"], stdout=out, check=True)
        took, now = time.perf_counter() - began, os.times()
        cpu = now.children_user + now.children_system - spent.children_user - spent.children_system
        most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        return (f"{took:.1f} s, {cpu:.1f} s of work on {jobs} cores; at most {most:.0f} MB in one "
                f"process; answer of {answer.stat().st_size / 1e6:.0f} MB")  # fmt: skip


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
    print(f"  through the command, looking back: {command(firms, options.jobs)}")
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
