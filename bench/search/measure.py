"""How well the search finds the right offers: hits among the first five, and need codes.

Run: ``python bench/search/measure.py [--file F] [--half dev|test] [--ablate] [--misses]``.
The file holds needs with ``codes`` (right needs) and ``right`` (ids of offers that would help).
A half is every second row; weights are chosen on ``dev`` and looked at on ``test``.
Intervals are the percentile bootstrap's (Efron 1979), 2,000 draws with a fixed seed.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from baken.match.engine import default_engine
from baken.match.model import Query
from baken.match.rank import WEIGHTS

HERE = Path(__file__).parent
DRAWS = 2000


def measure(rows: list[dict[str, Any]], weights: Mapping[str, float]) -> list[dict[str, Any]]:
    """Per row: whether a right offer is among five, per type too, and a right need among two."""
    engine = replace(default_engine(), weights=weights)
    kinds = {(r.type, r.id) for r in engine.catalogue.records}
    out = []
    for row in rows:
        query = Query(
            need=row["need"], facts=row.get("facts", {}), as_of=date(2026, 11, 24), limit=40
        )
        answer = engine.answer(query)
        usable = [o for o in answer.offers if o.verdict != "excluded"]
        right = set(row["right"])
        result: dict[str, Any] = {"group": row["group"], "need": row["need"]}
        result["any"] = any(o.id in right for o in usable[:5])
        result["share"] = sum(o.id in right for o in usable[:5]) / 5
        result["first"] = bool(usable) and usable[0].id in right
        result["top"] = [o.id for o in usable[:5]]
        for kind in ("instrument", "organisation"):
            if any((kind, id_) in kinds for id_ in right):
                five = [o.id for o in usable if o.type == kind][:5]
                result[kind] = any(i in right for i in five)
        result["codes"] = bool({n.code for n in answer.needs[:2]} & set(row["codes"]))
        result["found_codes"] = [n.code for n in answer.needs[:2]]
        out.append(result)
    return out


def interval(values: list[float]) -> tuple[float, float, float]:
    """Mean and its 95 % bootstrap interval."""
    data = np.array(values, dtype=float)
    draws = np.random.default_rng(1).choice(data, (DRAWS, len(data))).mean(axis=1)
    low, high = np.percentile(draws, [2.5, 97.5])
    return float(data.mean()), float(low), float(high)


def report(results: list[dict[str, Any]]) -> None:
    """Print figures over all and by group."""
    for key in ("any", "first", "share", "instrument", "organisation", "codes"):
        values = [float(r[key]) for r in results if key in r]
        mean, low, high = interval(values)
        print(f"  {key:13} {mean:.2f}  ({low:.2f} to {high:.2f}, n={len(values)})")
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for r in results:
        groups[r["group"]].append(r)
    parts = [
        f"{g} {np.mean([r['any'] for r in rs]):.2f}/{np.mean([r['codes'] for r in rs]):.2f}"
        for g, rs in groups.items()
    ]
    print("  group any/codes:", ", ".join(parts))


def no_needs(rows: list[dict[str, Any]]) -> None:
    """Print how many requests that are no need are seen as such, and how many needs wrongly are."""
    engine = default_engine()

    def refused(need: str) -> bool:
        return engine.answer(Query(need=need, as_of=date(2026, 11, 24))).unmet

    others = yaml.safe_load((HERE / "no_need.yaml").read_text(encoding="utf-8"))
    seen = sum(refused(need) for need in others)
    wrong = sum(refused(row["need"]) for row in rows)
    print(f"  no need: {seen} of {len(others)} get no guesses; so do {wrong} of {len(rows)} needs")


def main() -> None:
    """Measure all parts together, then with each part left out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--file", type=Path, default=HERE / "made_up.yaml")
    parser.add_argument("--half", choices=["dev", "test", "all"], default="all")
    parser.add_argument("--ablate", action="store_true", help="leave each part out in turn")
    parser.add_argument("--misses", action="store_true", help="print what was missed")
    args = parser.parse_args()
    rows = yaml.safe_load(args.file.read_text(encoding="utf-8"))
    rows = {"dev": rows[::2], "test": rows[1::2], "all": rows}[args.half]
    whole = dict(WEIGHTS)
    print(f"{args.file.name}, {args.half}, {len(rows)} needs")
    results = measure(rows, whole)
    report(results)
    no_needs(rows)
    if args.misses:
        for r in results:
            if not r["any"] or not r["codes"]:
                print(" -", r["need"], "\n    ", r["top"], r["found_codes"])
    if args.ablate:
        for name in whole:
            print("without", name)
            report(measure(rows, {k: v for k, v in whole.items() if k != name}))


if __name__ == "__main__":
    main()
