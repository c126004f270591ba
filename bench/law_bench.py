"""How fast sizes of groups are computed: small groups in batch, and one group of many enterprises.

Run: ``python bench/law_bench.py [--groups N]``. Prints groups of five a minute on one core, from a
line of JSON to a line of JSON, with the steps in three languages and without, each beside its bound
(30,000 and 100,000); and the time for one group of 1,000 and of 10,000 enterprises with its ratio,
beside the bound of linear time (10). Groups are drawn with a fixed seed; every figure is the median
of five runs.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from baken.kernel.documents import read_json
from baken.law.size import read_size, size_of

RUNS = 5
KINDS = ("enterprise", "enterprise", "enterprise", "natural_person", "university", "public_body")


def year(draw: random.Random, end: int) -> dict[str, Any]:
    return {
        "end": f"{end}-12-31",
        "headcount": draw.randint(1, 120),
        "turnover": draw.randint(100_000, 20_000_000),
        "balance": draw.randint(100_000, 20_000_000),
    }


def group_of_five(draw: random.Random) -> dict[str, Any]:
    """Five enterprises with two years each, and some five links."""
    enterprises: dict[str, Any] = {}
    for at, name in enumerate("ABCDE"):
        kind = "enterprise" if at == 0 else draw.choice(KINDS)
        markets = [draw.choice(("bread", "steel"))]
        years = [year(draw, 2025), year(draw, 2024)]
        enterprises[name] = {"kind": kind, "markets": markets, "years": years}
    links = []
    held: dict[str, int] = {}
    for _ in range(8):
        owner, owned = draw.sample("ABCDE", 2)
        pct = draw.choice((10, 25, 30, 51, 60))
        if enterprises[owned]["kind"] != "natural_person" and held.get(owned, 0) + pct <= 100:
            held[owned] = held.get(owned, 0) + pct
            links.append({"owner": owner, "owned": owned, "capital_pct": pct, "voting_pct": pct})
    return {"as_of": "2026-06-30", "enterprise": "A", "enterprises": enterprises, "links": links}


def group_of(many: int) -> dict[str, Any]:
    """A tree of majorities, three under each, with a partner at every seventh."""
    draw = random.Random(7)
    enterprises = {f"E{i}": {"years": [year(draw, 2025), year(draw, 2024)]} for i in range(many)}
    links = []
    for i in range(1, many):
        pct = 30 if i % 7 == 0 else 60
        links.append(
            {"owner": f"E{(i - 1) // 3}", "owned": f"E{i}", "capital_pct": pct, "voting_pct": pct}
        )
    return {"as_of": "2026-06-30", "enterprise": "E0", "enterprises": enterprises, "links": links}


def median(work: Callable[[], Any]) -> float:
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--groups", type=int, default=2000, help="groups of five in a run")
    args = parser.parse_args()
    draw = random.Random(20261126)
    lines = [json.dumps(group_of_five(draw)) for _ in range(args.groups)]
    print(f"law size, Python {sys.version.split()[0]}, one core, medians of {RUNS} runs")
    for steps, bound in ((True, 30_000), (False, 100_000)):

        def batch(steps: bool = steps) -> None:
            for line in lines:
                answer = size_of(read_size(read_json(line, "line"))).as_json(steps)
                json.dumps(answer, ensure_ascii=False)

        rate = 60 * len(lines) / median(batch)
        said = "with steps" if steps else "without steps"
        print(f"  groups of five, {said}: {rate:,.0f} a minute, {rate / bound:.1f} times the bound")
    found = {}
    for many in (1_000, 10_000):
        question = group_of(many)
        found[many] = median(lambda question=question: size_of(read_size(question)))
        print(f"  one group of {many:,}: {found[many] * 1000:,.0f} ms")
    gc.disable()
    alone = {}
    for many in (1_000, 10_000):
        given = read_size(group_of(many))
        alone[many] = median(lambda given=given: size_of(given))
    gc.enable()
    ratio, kept = found[10_000] / found[1_000], alone[10_000] / alone[1_000]
    print(f"  ten times the enterprises: {ratio:.1f} times the time with reading and garbage")
    print(f"  collection, {kept:.1f} times without them (linear: 10)")


if __name__ == "__main__":
    main()
