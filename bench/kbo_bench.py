"""How fast an extract of the KBO is taken in and looked up, and how much memory that takes.

Run: ``python bench/kbo_bench.py [--enterprises N] [--folder FOLDER]``. Makes an invented extract of
N enterprises (200,000 by default; the real one has 1.9 million), takes it in in a process of its
own, then the daily update, and prints seconds and peak memory; then look-ups by number and by name
(as it is, with a typing error, with the place) beside the bound of 50 ms, and beside the peer that
needs no index: LIKE over all names. The page cache is warm. Ends with 1 where a look-up (95th
of a hundred) is over that bound or taking in needs more than ``MEMORY``, whatever the size.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from baken.registers.kbo_extract import firm, make, search
from baken.registers.kbo_extract.layout import printed
from baken.registers.kbo_extract.names import tokens

BOUND, MEMORY = 50, 600
"""Milliseconds of a look-up; MB of the process that takes an extract in."""
TAKE = """
import resource, sys, time
from pathlib import Path
from baken.registers.kbo_extract.take import take
start = time.perf_counter()
take(Path(sys.argv[1]), Path(sys.argv[2]))
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(f"{time.perf_counter() - start:.1f} s, peak {peak} MB")
"""


def timed(questions: Sequence[tuple[object, ...]], ask: Callable[..., object]) -> tuple[bool, str]:
    """Whether a look-up is within the bound; its milliseconds: median, 95th percentile, most."""
    took = []
    for question in questions:
        start = time.perf_counter()
        ask(*question)
        took.append((time.perf_counter() - start) * 1000)
    took.sort()
    p95 = took[int(len(took) * 0.95)]
    within = p95 <= BOUND
    says = f"{'within' if within else 'over'} {BOUND}"
    return within, f"p50 {took[len(took) // 2]:.1f}, p95 {p95:.1f}, most {took[-1]:.1f} ms ({says})"


def mistyped(draw: random.Random, words: list[str]) -> str:
    """The words with one letter of the longest left out, changed or swapped with its neighbour."""
    at = max(range(len(words)), key=lambda i: len(words[i]))
    word = words[at]
    k = draw.randrange(1, len(word)) if len(word) > 1 else 0
    wrong = (
        word[:k] + word[k + 1 :],
        word[:k] + draw.choice("aeinrst") + word[k + 1 :],
        word[: k - 1] + word[k] + word[k - 1] + word[k + 1 :] if k else word,
    )
    return " ".join([*words[:at], draw.choice(wrong), *words[at + 1 :]])


def look(path: Path, many: int) -> bool:
    """Ask for ``many`` enterprises in every way; whether all of ours are within the bound."""
    draw = random.Random(11)
    with sqlite3.connect(path) as con:
        low, high = con.execute("SELECT min(id), max(id) FROM enterprise").fetchone()
        asked: list[tuple[int, str, str]] = []
        while len(asked) < many:
            row = con.execute(
                "SELECT n.id, n.rows, s.place FROM names n JOIN sought s USING(id) "
                "WHERE n.id >= ? AND n.id <= ? LIMIT 1",
                (draw.randint(low, high), high),
            ).fetchone()
            name = json.loads(row[1])[0][2] if row else ""
            if tokens(name):
                asked.append((row[0], name, row[2][:4]))
        places = [(n, p) for _, n, p in asked if p > "0999"]
        wrong = [(i, mistyped(draw, tokens(n))) for i, n, _ in asked]
        search.find(path, asked[0][1], places[0][1])
        ways = {
            "by number": timed([(printed(i),) for i, _, _ in asked], lambda n: firm.known(path, n)),
            "by name": timed([(n,) for _, n, _ in asked], lambda n: search.find(path, n)),
            "mistyped": timed([(n,) for _, n in wrong], lambda n: search.find(path, n)),
            "name and place": timed(places, lambda n, p: search.find(path, n, p)),
        }
        for way, (_, says) in ways.items():
            print(f"{way:15}", says)
        found = sum(
            any(h.number == printed(i) for h in search.find(path, n).hits) for i, n in wrong
        )
        print(f"mistyped names whose firm is among the ten: {found} of {len(wrong)}")
        like = "SELECT id FROM names WHERE rows LIKE ? LIMIT 10"
        peer = timed(
            [(f"%{n[1:]}x%",) for _, n, _ in asked[:3]],
            lambda n: con.execute(like, (n,)).fetchall(),
        )
        print("LIKE, no index ", peer[1])
    return all(within for within, _ in ways.values())


def main() -> int:
    """Print all figures; 1 where a look-up or the memory is over its bound."""
    read = argparse.ArgumentParser(description=__doc__)
    read.add_argument("--enterprises", type=int, default=200_000)
    read.add_argument("--asked", type=int, default=500)
    read.add_argument(
        "--folder", type=Path, help="keep the files here, and use those that are there"
    )
    args = read.parse_args()
    held = True
    folder = args.folder or Path(tempfile.mkdtemp(prefix="kbo-bench-"))
    try:
        path = folder / "kbo.sqlite"
        print(f"{args.enterprises:,} invented enterprises")
        for name, write in (("full", make.full), ("update", make.update)):
            if not (folder / name).exists():
                start = time.perf_counter()
                write(folder / name, args.enterprises, 7)
                print(f"{name} made: {time.perf_counter() - start:.1f} s")
            done = subprocess.run(
                [sys.executable, "-c", TAKE, str(folder / name), str(path)],
                capture_output=True, text=True, check=True,
            )  # fmt: skip
            print(f"{name} taken in: {done.stdout.strip()}")
            held &= int(done.stdout.split()[-2]) <= MEMORY
        print(f"file: {path.stat().st_size >> 20} MB")
        held &= look(path, args.asked)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"peak memory of looking up: {peak} MB")
    finally:
        if args.folder is None:
            shutil.rmtree(folder, ignore_errors=True)
    print("holds" if held else "does not hold")
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
