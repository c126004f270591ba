"""The figures of a study: how alike owners answer a second time, and what that does to sides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from baken.scan.items import DONT_KNOW, POSTURE, Item, domains, items, items_of, scoring
from baken.scan.model import Array
from baken.scan.scan import Scan, Stand, judge
from baken.scan.study.agreement import alpha, interval, kappa
from baken.scan.study.curves import Fit, fit

FEW = 30
"""Owners below which a figure is shown as told by few."""
Pair = tuple[Scan, Scan]


@dataclass(frozen=True)
class Study:
    """The scans of a study by owner, oldest first; the first two of an owner are a pair."""

    owners: Mapping[str, Sequence[Scan]]

    @property
    def first(self) -> list[Scan]:
        """The first scan of every owner."""
        return [scans[0] for scans in self.owners.values()]

    @property
    def pairs(self) -> list[Pair]:
        """First and second scan of those who have two."""
        return [(s[0], s[1]) for s in self.owners.values() if len(s) > 1]


def report(study: Study) -> dict[str, Any]:
    """Every figure of a study as plain values; None where too few answers give none."""
    between = [(b.as_of - a.as_of).days for a, b in study.pairs]
    fitted = fit(study.first)
    return {
        "owners": len(study.owners),
        "scans": sum(len(s) for s in study.owners.values()),
        "pairs": len(study.pairs),
        "days_between": int(np.median(between)) if between else None,
        "few_below": FEW,
        "questions": [_question(item, study, fitted) for item in items().values()],
        "parts": [_part(part, study) for part in (POSTURE, *domains())],
        "correlation": None if fitted is None else round(fitted.correlation, 2),
        "assumed": {
            "sharpness": scoring().sharpness,
            "thresholds": list(scoring().thresholds),
            "correlation": scoring().correlation,
        },
    }


def _grades(item: Item, scans: Sequence[Scan]) -> list[int | None]:
    codes = (s.answers.get(item.id, DONT_KNOW) for s in scans)
    return [None if c == DONT_KNOW else item.grade(c) for c in codes]


def _question(item: Item, study: Study, fitted: Fit | None) -> dict[str, Any]:
    grades = [g for g in _grades(item, study.first) if g is not None]
    twice = [
        (a, b)
        for a, b in zip(
            _grades(item, [p[0] for p in study.pairs]),
            _grades(item, [p[1] for p in study.pairs]),
            strict=True,
        )
        if a is not None and b is not None
    ]
    count = Counter(grades)
    return {
        "item": item.id,
        "answers": len(grades),
        "unknown": sum(s.answers.get(item.id) == DONT_KNOW for s in study.first),
        "chosen": {code: count[n] for n, code in enumerate(item.codes)},
        "twice": len(twice),
        "same": _share([a == b for a, b in twice]),
        "kappa": _kappa(twice, len(item.choices), False),
        "weighted_kappa": _kappa(twice, len(item.choices), True),
        "curve": _curve(item, fitted),
    }


def _kappa(twice: Sequence[tuple[int, int]], grades: int, weighted: bool) -> dict[str, Any] | None:
    def of(rows: Array) -> float | None:
        whole = rows.astype(int)
        return kappa(whole[:, 0].tolist(), whole[:, 1].tolist(), grades, weighted)

    if len(twice) < 2:
        return None
    rows = np.array(twice, dtype=float)
    return _figure(of(rows), interval(of, rows))


def _figure(value: float | None, between: tuple[float, float] | None) -> dict[str, Any] | None:
    if value is None:
        return None
    return {
        "value": round(value, 2),
        "between": [round(b, 2) for b in between] if between else None,
    }


def _curve(item: Item, fitted: Fit | None) -> dict[str, Any] | None:
    found = next((c for c in fitted.curves if c.item is item), None) if fitted else None
    if found is None:
        return None
    return {
        "sharpness": round(found.sharpness, 2),
        "error": round(found.error, 2),
        "thresholds": [round(t, 2) for t in found.thresholds],
    }


def _part(part: str, study: Study) -> dict[str, Any]:
    """Posture or a domain: alpha over those who answered all, and the sides on a second go."""
    questions = items_of(part)
    rows = np.array(
        [
            [float(g) for g in one if g is not None]
            for one in zip(*(_grades(q, study.first) for q in questions), strict=True)
            if None not in one
        ]
    ).reshape(-1, len(questions))
    stands = [
        (a, b)
        for a, b in ((_stand(part, x), _stand(part, y)) for x, y in study.pairs)
        if a is not None and b is not None
    ]
    return {
        "id": part,
        "complete": len(rows),
        "alpha": _figure(alpha(rows), interval(alpha, rows)) if len(rows) > 1 else None,
        "twice": len(stands),
        "retest": _retest(stands),
        "named": _share([a.side != "unknown" for a, _ in stands]),
        "contradicted": _share([{a.side, b.side} == {"reactive", "proactive"} for a, b in stands]),
        "sides": {
            f"{first}, {second}": n
            for (first, second), n in sorted(Counter((a.side, b.side) for a, b in stands).items())
        },
    }


def _stand(part: str, scan: Scan) -> Stand | None:
    """Where a scan put the owner; None when it did not ask about this part."""
    if not any(items()[i].domain == part for i in scan.answers):
        return None
    result = judge(scan)
    return result.posture if part == POSTURE else result.domains.get(part)


def _retest(stands: Sequence[tuple[Stand, Stand]]) -> float | None:
    """The correlation of the two chances (as log odds) of the proactive side."""
    both = np.array([[s.lean for s in pair] for pair in stands])
    if len(both) < 3 or (both.std(axis=0) == 0).any():
        return None
    return round(float(np.corrcoef(both.T)[0, 1]), 2)


def _share(hits: Sequence[bool]) -> float | None:
    return round(sum(hits) / len(hits), 3) if hits else None
