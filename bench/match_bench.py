"""How quick a match is: warm, at the catalogue of today and at 20 times its size; cold start.

    .venv/bin/python bench/match_bench.py

Twenty times the catalogue is the same records under other ids, so that every part of the path
(words, meaning, rank, verdicts) has 20 times the work; its index is built first and not counted.
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import date

from baken import __version__
from baken.landscape.catalogue import Catalogue, load_catalogue
from baken.match.advised import Advice, load_advised
from baken.match.engine import Engine, read_needs
from baken.match.model import read_query
from baken.match.named import Names
from baken.match.rank import documents
from baken.match.search import Index, Lexical, Meaning, build_index
from baken.match.understand import classifier_version
from baken.match.verdict import Judge

NEEDS = [
    "mijn oven verbruikt te veel en de klanten lopen weg naar de supermarkt",
    "ik vind geen personeel",
    "de bank wil geen lening geven",
    "we zijn gehackt en alles ligt plat",
    "onze lijm laat los na een paar weken",
]
TIMES = 20


def many(catalogue: Catalogue, times: int) -> Catalogue:
    """The catalogue ``times`` over, each copy under ids of its own."""
    records = [
        r.model_copy(update={"id": f"{r.id}-{n}" if n else r.id})
        for n in range(times)
        for r in catalogue.records
    ]
    rules = {
        (t, f"{i}-{n}" if n else i): rule
        for n in range(times)
        for (t, i), rule in catalogue.rules.items()
    }
    return replace(
        catalogue, records=tuple(records), rules=rules, by_key={(r.type, r.id): r for r in records}
    )


def big_engine(engine: Engine, times: int, folder: str) -> Engine:
    """An engine over ``times`` the records; the vectors are copied, the words indexed anew."""
    from pathlib import Path

    import numpy as np

    catalogue = many(engine.catalogue, times)
    docs = [replace(d, sentences=()) for d in documents(catalogue.records)]
    build_index(docs, Path(folder))
    old = engine.index.meaning
    size = len(engine.catalogue)
    meaning = Meaning(
        np.tile(old._vectors, (times, 1)),
        np.concatenate([old._owner + n * size for n in range(times)]),
        size * times,
    )
    words = Lexical(Path(folder) / "words.sqlite3", size * times)
    index = Index(tuple(d.key for d in docs), words, meaning)
    advice = Advice.of(load_advised(), catalogue.records, read_needs, classifier_version())
    judge = Judge.of(catalogue)
    names = Names.of(catalogue.records)
    return replace(
        engine, catalogue=catalogue, index=index, judge=judge, advice=advice, names=names, kept={}
    )


def timed(engine: Engine, rounds: int = 5) -> list[float]:
    """Seconds per query, after one that is not counted."""
    times = []
    for need in [NEEDS[0], *NEEDS * rounds]:
        query = read_query({"need": need, "facts": {"municipality": "Gent"}}, date(2026, 11, 24))
        start = time.perf_counter()
        engine.answer(query)
        times.append(time.perf_counter() - start)
    return times[1:]


def cold(rounds: int = 5) -> list[float]:
    """Seconds of a whole `baken match` in a new process."""
    command = [sys.executable, "-m", "baken.cli.app", "match", "--need", NEEDS[0], "--json"]
    times = []
    for _ in range(rounds + 1):
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        times.append(time.perf_counter() - start)
    return times[1:]


def row(name: str, times: list[float]) -> float:
    """Print a median with its spread, in milliseconds."""
    middle = statistics.median(times)
    print(
        f"  {name:<52} {middle * 1e3:8.1f} ms   ({min(times) * 1e3:.1f} to {max(times) * 1e3:.1f})"
    )
    return middle


def main() -> None:
    print(f"Match: baken {__version__}, Python {platform.python_version()}, {os.cpu_count()} cores")
    engine = Engine.of(load_catalogue())
    small = row(f"warm, {len(engine.catalogue)} records", timed(engine))
    with tempfile.TemporaryDirectory() as folder:
        big = big_engine(engine, TIMES, folder)
        large = row(f"warm, {len(big.catalogue)} records", timed(big))
    print(f"  growth: {large / small:.1f} times for {TIMES} times the records (bound: {TIMES})")
    start = row("cold start of `baken match`", cold())
    print(f"  cold start: {start / 1.5:.2f} of the 1.5 s that are allowed")


if __name__ == "__main__":
    main()
