"""How fast e-invoices are read beside a plain lxml parse of them, and in how much memory.

Run: ``python bench/invoices_bench.py [--invoices N]``. On one core, from bytes to a record:
invoices a second and the ratio of time to ``lxml.etree.fromstring`` (below 1 is faster than that
parse; the bound is 3), once as the invented web shop writes them and once with a PDF of 300 kB in
each. Then a folder of 4 N into a store on disk, with one process and with all cores, and again when
everything is known; and the peak memory of a reading of N and of 4 N files, whose ratio should be
near 1. Files are made with a fixed seed; times are the least of seven runs, taken in turn, since
other work on the machine only ever adds.
"""

from __future__ import annotations

import argparse
import base64
import itertools
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from lxml import etree

from baken.signals.demo import Plan, documents, papers
from baken.signals.demo.ubl import xml
from baken.signals.read.invoices import read_invoice
from baken.signals.read.store import Store
from baken.signals.read.ubl import prepare
from baken.signals.read.ubl_slow import slow

RUNS = 7
PLAN = Plan("webshop", months=600, volume=2.0)
PEAK = """
import sys
from pathlib import Path
from baken.signals.read.store import Store
if __name__ == "__main__":
    with Store(Path(sys.argv[2])) as store:
        store.read([Path(sys.argv[1])], workers=int(sys.argv[3]))
    status = Path("/proc/self/status").read_text()
    print(status.split("VmHWM:")[1].split()[0])
"""


def seconds(works: Sequence[Callable[[bytes], object]], files: Sequence[bytes]) -> list[float]:
    """The least time for one file, for each of several readers, run in turn."""
    best = [float("inf")] * len(works)
    for _ in range(RUNS):
        for at, work in enumerate(works):
            start = time.perf_counter()
            for data in files:
                work(data)
            best[at] = min(best[at], (time.perf_counter() - start) / len(files))
    return best


def compare(title: str, files: Sequence[bytes]) -> None:
    size = statistics.mean(map(len, files)) / 1000
    print(f"{title}: {len(files)} files of {size:.1f} kB")
    titles = ("lxml, parse only", "read_invoice", "its lxml lane alone")
    took = seconds((etree.fromstring, read_invoice, _lxml), files)
    for name, one in zip(titles, took, strict=True):
        print(f"  {name:<20} {1 / one:>9,.0f} a second  {one / took[0]:.2f}")


def _lxml(data: bytes) -> object:
    return slow(prepare(data)[0])


def folder(many: int, target: Path) -> Path:
    target.mkdir(parents=True)
    for name, data in itertools.islice(documents(PLAN), many):
        (target / name).write_bytes(data)
    return target


def timed(store: Path, source: Path, workers: int | None) -> float:
    with Store(store) as opened:
        start = time.perf_counter()
        opened.read([source], workers=workers)
        return time.perf_counter() - start


def peak(source: Path, store: Path, workers: int) -> float:
    """Megabytes at the highest in the process that reads (Linux)."""
    command = [sys.executable, str(_script(source.parent)), str(source), str(store), str(workers)]
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return int(out) / 1024


def _script(place: Path) -> Path:
    script = place / "peak.py"
    script.write_text(PEAK)
    return script


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--invoices", type=int, default=2_000)
    many = parser.parse_args().invoices
    files = [data for _, data in itertools.islice(documents(PLAN), many)]
    compare("small invoices", files)
    pdf = base64.b64encode(random.Random(1).randbytes(300_000)).decode()
    few = itertools.islice(papers(PLAN), max(1, many // 10))
    compare("with a PDF of 300 kB", [xml(replace(p, attachment=pdf)) for p in few])
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        small, large = folder(many, place / "small"), folder(4 * many, place / "large")
        for title, workers in (("one process", 1), ("all cores", None)):
            store = place / f"{workers}.sqlite"
            took, again = timed(store, large, workers), timed(store, large, workers)
            print(
                f"a folder of {4 * many} into a store, {title}: {4 * many / took:,.0f} a second; "
                f"again, all known: {4 * many / again:,.0f}"
            )
        for workers in (1, 2):
            one = peak(small, place / f"a{workers}.sqlite", workers)
            four = peak(large, place / f"b{workers}.sqlite", workers)
            print(
                f"peak memory, {workers} process(es): {one:.0f} MB for {many}, {four:.0f} MB "
                f"for {4 * many}: {four / one:.2f}"
            )


if __name__ == "__main__":
    main()
