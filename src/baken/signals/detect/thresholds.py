"""How much evidence an alarm needs, so that healthy series give no more false ones than accepted.

The figures in ``data/thresholds.yaml`` come from ``bench/signals/calibrate.py``: healthy series are
drawn (autocorrelation 0 to 0.5, seasons, heavy tails, lumpy orders, small counts), walked through
by the detector itself with all its learning, and the threshold after so many values is the one that
just so many of those still quiet cross. A figure from a book would be too low: it knows no
learning and no memory.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from baken.kernel.files import own_yaml

PER_SERIES = 0.1
"""False alarms a year that one series may give, unless otherwise said."""
SAFE = 1.45
"""The rate that is aimed at, of the one asked: series of other generators than those drawn for
calibration give so much less, for they begin quietly and after an alarm more is asked
(``docs/signals.md``)."""
EARLY, KNOWN = 0.3, 24
"""Below so many values only this part of the false alarms is accepted: a firm is hardly known then,
and what is not spent there is left for the years after."""
FEWEST, MOST = 0.005, 0.5
"""Bounds of what was calibrated, in false alarms a series and year."""
TABLE = {
    "log": "level",
    "root": "level",
    "angle": "level",
    "plain": "level",
    "sums": "sums",
    "count": "count",
    "spread": "spread",
}
PART = {"spread": 0.1, "count": 1.0, "sums": 0.65}
"""What a kind may take of the false alarms of a series: a wider spread a part, the level the rest;
counts and sums have no spread of their own to tell of, and sums of orders give a quarter more than
asked where they are of other sizes than those drawn."""


def thresholds(false_alarms: float = PER_SERIES) -> Callable[[str, int], float]:
    """The threshold by kind of number and number of values so far."""
    rate = float(np.clip(SAFE * false_alarms, FEWEST, MOST))
    parts = {how: PART.get(how, 1 - PART["spread"]) for how in TABLE}
    tables = {how: _at(name, max(FEWEST, rate * parts[how])) for how, name in TABLE.items()}

    def threshold(how: str, count: int) -> float:
        froms, values = tables[how]
        return values[max(0, bisect_right(froms, count) - 1)]

    return threshold


@lru_cache(maxsize=64)
def _at(name: str, rate: float) -> tuple[tuple[int, ...], tuple[float, ...]]:
    raw = _load()
    rates = np.log(raw["rates"])
    rows = raw["tables"][name]
    froms = tuple(int(n) for n in rows)
    shares = [EARLY if n < KNOWN else 1.0 for n in rows]
    values = tuple(
        float(np.interp(np.log(max(FEWEST, rate * share)), rates, rows[n]))
        for n, share in zip(rows, shares, strict=True)
    )
    return froms, values


@lru_cache(maxsize=1)
def _load() -> dict[str, Any]:
    found: dict[str, Any] = own_yaml(Path(__file__).parents[1] / "data" / "thresholds.yaml")
    return found


def rate_of(how: str, count: int, evidence: float) -> float:
    """False alarms a series and year at which just this evidence would be the threshold: how often
    a healthy series gives as much. What was aimed at by :data:`SAFE` is what comes."""
    raw = _load()
    rows = raw["tables"][TABLE[how]]
    froms = tuple(int(n) for n in rows)
    row = rows[froms[max(0, bisect_right(froms, count) - 1)]]
    return float(np.exp(np.interp(evidence, row[::-1], np.log(raw["rates"])[::-1]))) / SAFE
