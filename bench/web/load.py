"""How the site holds when 200 owners and 50 advisers come at once, and whether its memory stays.

    python tools/postgres.py --durable .venv/bin/python bench/web/load.py [--seconds 240]

Two processes of the site, as `docs/operate.md` says, on a PostgreSQL of their own; `walk.py` says
what people do. *At once* is 200 owners on the way at the same time, each with 15 seconds between
two actions on average (5 to 25): five seconds is what the public rule of Da Vinci DTR counts for a
yes or no, and 25 is five minutes over twelve actions. Without a proxy: walkers say what
it would, and take the two processes in turn.

1. **Waiting.** No error, and the p95 of all pages under ten times that of the health page
   (`/healthz`), asked of both processes all the time in the same run. Style sheets and signing in
   are told apart, so that they make nothing look better or worse.
2. **Memory.** 2,000 journeys without a pause between actions. Over the second thousand the slope of
   resident memory against journeys (Theil-Sen over the means of 40 equal spans, with its 95 %
   interval) must not be above nought, or be so small that another thousand would add under 1 %.

Exit code 0 when all of it holds.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import signal
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.stats import theilslopes
from served import Worker, environment, served

from baken import __version__

HERE = Path(__file__).parent
TIMES = 10.0
SMALL = 0.01
SPANS = 40
THINK, OWNERS, ADVISERS = 15.0, 200, 50
HEALTH = "/healthz"
APART = ("style sheet", "sign in", "sign in, page", "sign in, then")


@dataclass(frozen=True)
class Seen:
    """What came of a walk: rows of moment, who, what, milliseconds, what was wrong."""

    rows: Sequence[tuple[float, str, str, float, str]]
    ended: Sequence[float]
    signed_in: int

    def since(self, moment: float) -> Seen:
        """The same from a moment on."""
        rows = [row for row in self.rows if row[0] >= moment]
        return Seen(rows, [end for end in self.ended if end >= moment], self.signed_in)


def walk(bench: str, workers: Sequence[Worker], given: Path, out: Path, **how: float) -> Seen:
    """Let people walk; what they saw."""
    told = {f"LOAD_{name.upper()}": f"{value:g}" for name, value in how.items()}
    ports = ",".join(str(worker.port) for worker in workers)
    there = {"LOAD_GIVEN": str(given), "LOAD_OUT": str(out), "LOAD_PORTS": ports}
    subprocess.run([bench, str(HERE / "walk.py")], env={**os.environ, **told, **there}, check=True)
    found = json.loads(out.read_text(encoding="utf-8"))
    return Seen(found["seen"], found["ended"], found["signed_in"])


def p95(values: Sequence[float]) -> float:
    """The value that 95 % do not go over."""
    return float(np.percentile(values, 95)) if len(values) else float("nan")


def waiting(seen: Seen) -> bool:
    """Print how long pages took beside the health page; whether the promise holds."""
    by: dict[tuple[str, str], list[float]] = defaultdict(list)
    for _, who, what, taken, _ in seen.rows:
        by[who, what].append(taken)
    health = p95(by["health", HEALTH])
    every = {
        who: [row[3] for row in seen.rows if row[1] == who and row[2] not in APART]
        for who in ("owner", "adviser")
    }
    print(f"{'':34}{'count':>7}{'median ms':>11}{'p95 ms':>9}{'p95 / health':>14}")
    rows: list[tuple[str, list[float]]] = [
        (f"{who} {what}", values) for (who, what), values in sorted(by.items())
    ]
    rows += [(f"all pages of {who}s", values) for who, values in every.items()]
    rows.append(("all pages", [taken for values in every.values() for taken in values]))
    rows = [(name, values) for name, values in rows if values]
    for name, values in rows:
        print(f"{name:34}{len(values):7}{np.median(values):11.1f}{p95(values):9.1f}"
              f"{p95(values) / health:14.2f}")  # fmt: skip
    wrong = [row for row in seen.rows if row[4]]
    print(f"errors: {len(wrong)} of {len(seen.rows)}; journeys ended: {len(seen.ended)}")
    for _, who, what, _, why in wrong[:10]:
        print(f"  {who} {what}: {why}")
    return not wrong and all(
        p95(values) < TIMES * health for name, values in rows if name.startswith("all pages")
    )


def memory(worker: Worker, ended: Sequence[float]) -> bool:
    """Print the memory of a process over the journeys; whether its second half is flat."""
    moments, kilobytes = np.array(worker.memory).T
    journeys = np.searchsorted(np.sort(ended), moments)
    half, last = len(ended) / 2, len(ended)
    edges = np.linspace(half, last, SPANS + 1)
    spans = np.where(moments <= max(ended), np.digitize(journeys, edges), 0)
    inside = [spans == k for k in range(1, SPANS + 1) if (spans == k).any()]
    y = [kilobytes[span].mean() for span in inside]
    x = [journeys[span].mean() for span in inside]
    slope, _, low, high = theilslopes(y, x, 0.95)
    more = [1000 * s / np.median(y) for s in (slope, low, high)]
    flat = more[1] <= 0 or more[2] < SMALL
    at = {n: kilobytes[min(np.searchsorted(journeys, n), len(kilobytes) - 1)] / 1024
          for n in (1, len(ended) // 4, int(half), int(0.75 * last), last - 1)}  # fmt: skip
    print(f"process on port {worker.port}: MB after journeys: "
          + ", ".join(f"{n}: {mb:.0f}" for n, mb in at.items())
          + f"; second half {slope:+.2f} kB a journey = {more[0]:+.2%} for a thousand"
          f" ({more[1]:+.2%} to {more[2]:+.2%}): {'flat' if flat else 'NOT FLAT'}")  # fmt: skip
    return bool(flat)


def main() -> int:
    """Fill, serve, walk, judge."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--bench-python", default=".venv-bench/bin/python")
    parser.add_argument(
        "--seconds", type=float, default=240.0, help="of waiting, without the start"
    )
    parser.add_argument("--start", type=float, default=90.0, help="seconds that do not count")
    parser.add_argument("--think", type=float, default=THINK)
    parser.add_argument("--journeys", type=int, default=2000)
    parser.add_argument("--walkers", type=int, default=16, help="owners of the run without pauses")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    if "DATABASE_URL" not in os.environ:
        parser.error("run it by tools/postgres.py: it needs a PostgreSQL of its own")
    print(f"Baken {__version__}, Python {platform.python_version()}, {os.cpu_count()} cores,"
          f" load before {os.getloadavg()[0]:.1f}", flush=True)  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="baken-load-") as temporary:
        folder = Path(temporary)
        variables = environment(folder)
        (folder / "site").mkdir()
        filled = subprocess.run([sys.executable, str(HERE / "fill.py")], env=variables, check=True,
                                stdout=subprocess.PIPE)  # fmt: skip
        data = folder / "given.json"
        data.write_bytes(filled.stdout)
        with served(2, variables, folder) as workers:
            good = both(given, workers, data, folder)
    print("holds" if good else "DOES NOT HOLD")
    return 0 if good else 1


def both(given: Any, workers: Sequence[Worker], data: Path, folder: Path) -> bool:
    """The two runs, one after the other, on the same processes."""
    began, good = time.time(), True
    if given.seconds:
        seen = walk(given.bench_python, workers, data, folder / "waiting.json", owners=OWNERS,
                    advisers=ADVISERS, think=given.think, seconds=given.start + given.seconds,
                    journeys=0)  # fmt: skip
        print(f"\n{OWNERS} owners and {seen.signed_in} advisers, {given.think:g} s between actions,"
              f" {given.seconds:g} s after a start of {given.start:g} s")  # fmt: skip
        used = [f"{worker.seconds() / (time.time() - began):.2f}" for worker in workers]
        good = waiting(seen.since(began + given.start)) and seen.signed_in == ADVISERS
        print(f"cores used by each process: {', '.join(used)}", flush=True)
    if given.journeys:
        seen = walk(given.bench_python, workers, data, folder / "memory.json", advisers=0, think=0,
                    owners=given.walkers, seconds=7200, journeys=given.journeys)  # fmt: skip
        print(f"\n{len(seen.ended)} journeys of {given.walkers} owners at a time, without pauses")
        good &= waiting(seen)
        for worker in workers:
            good &= memory(worker, seen.ended)
    return good


if __name__ == "__main__":
    raise SystemExit(main())
