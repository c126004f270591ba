"""A series made ready for detection: its kind of number, its place in the year, its scale."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from baken.kernel.errors import BakenError
from baken.signals.detect.calendar import columns
from baken.signals.detect.covariance import Pattern
from baken.signals.read.rhythm import period_in
from baken.signals.series import Series

Floats = NDArray[np.float64]
LEARN = 6
"""How a series is read (counts or money, its scale) follows from its first so many values: no more
than the first claim needs, for what was told by then may not change when more is known."""
SMALL = 10.0
"""Counts with a mean below this are treated as counts, others as money."""
MANY = 100.0
"""Up to so many counts swing by chance as Poisson says: their root swings alike at every level."""
LUMPY = 0.25
"""Money of which the least month is below this share of the usual one is a sum of few orders."""
ROUGH = 0.45
"""As is money of which one month is mostly so much above or below the one before (a log)."""
EVEN, MOST = 0.25, 2 / 3
"""Money of which so large a part of the first months lies so close to the usual (a log) is no sum
of few orders: the month next to nothing was a leave, a start or a hole."""
CALMED, FAR = ("log", "root", "plain"), 8.0
"""Kinds whose first values are cut at so many times their median distance from the middle: some
five spreads."""
LEAST = 0.02
"""No value counts for less than this share of the usual one."""
YEAR = {"day": 365.25, "week": 52.18, "month": 12.0, "quarter": 4.0, "year": 1.0}
SIGN = {"down": -1, "up": 1, "both": 0}


@dataclass(frozen=True)
class Prepared:
    """``values`` (n,) after the transform, without what is missing; ``rows`` (n,) their place in
    the series; ``how`` is ``count``, ``sums``, ``log``, ``root`` (of counts), ``angle`` (of a
    share) or ``plain``; ``scale`` is the usual value, of sums the size of an order."""

    values: Floats
    rows: tuple[int, ...]
    pattern: Pattern
    sign: int
    how: str
    scale: float


def prepare(series: Series) -> Prepared | None:
    """A series ready for detection; None when nothing in it is known."""
    rows = tuple(i for i, v in enumerate(series.values) if v is not None)
    if not rows:
        return None
    raw = np.array([series.values[i] for i in rows], dtype=float)
    how, scale = _how(raw, series)
    pattern = pattern_of(series.periods, series.frequency, rows)
    values = calm(transformed(raw, how, scale)) if how in CALMED else transformed(raw, how, scale)
    return Prepared(values, rows, pattern, SIGN[series.bad], how, scale)


@lru_cache(maxsize=1024)
def pattern_of(periods: tuple[str, ...], frequency: str, rows: tuple[int, ...]) -> Pattern:
    """Where the known values of a series stand in time."""
    steps, seasons, year = places(periods, frequency)
    days: tuple[tuple[float, ...], ...] = ()
    if frequency == "month":
        days = columns(tuple(_place(periods[i], "month")[0] for i in rows))
    return Pattern(
        tuple(steps[i] - steps[rows[0]] for i in rows), tuple(seasons[i] for i in rows), year, days
    )


def _how(raw: Floats, series: Series) -> tuple[str, float]:
    first = raw[:LEARN]
    usual = float(np.median(np.abs(first))) or float(np.abs(first).mean()) or 1.0
    whole = bool((first == np.round(first)).all() and (first >= 0).all())
    if series.kind != "money" and whole and first.mean() < SMALL:
        return "count", 1.0
    if series.kind == "days" or (first < 0).any():
        return "plain", usual
    if series.kind != "money" and whole and first.mean() < MANY:
        return "root", 1.0
    if is_lumpy(first):
        return "sums", (float(first.var() / first.mean()) if first.any() else 0.0) or usual
    return "angle" if series.kind == "share" and first.max() < 1 else "log", usual


def is_lumpy(first: Floats) -> bool:
    """Whether a series that begins so, none below nought, is one of sums of a few orders."""
    if first.min() <= LUMPY * float(np.median(first)):
        orders = first[first > 0]
        if not len(orders):
            return True
        even = np.abs(np.log(orders / np.median(orders))) <= EVEN
        return bool(even.sum() < MOST * len(first))
    return len(first) > 2 and float(np.median(np.abs(np.diff(np.log(first))))) > ROUGH


def transformed(raw: Floats, how: str, scale: float) -> Floats:
    """Values on the scale on which errors are about alike."""
    if how == "log":
        return np.asarray(np.log(np.maximum(raw / scale, LEAST)))
    if how == "angle":
        return np.asarray(np.arcsin(np.sqrt(np.clip(raw, 0, 1))))
    if how == "root":
        return np.asarray(np.sqrt(np.maximum(raw, 0)))
    if how == "sums":
        return np.asarray(np.maximum(raw, 0) / scale)
    return np.maximum(raw, 0.0) if how == "count" else np.asarray(raw / scale)


def calm(values: Floats) -> Floats:
    """With the first values no further from their middle than they mostly are: a leave, a start or
    a hole among them would else be learnt as the level and the spread, and hide falls for years."""
    first = values[:LEARN]
    if len(first) < LEARN:
        return values
    middle = float(np.median(first))
    most = FAR * float(np.median(np.abs(first - middle)))
    return np.concatenate([np.clip(first, middle - most, middle + most), values[LEARN:]])


def as_share(size: float, how: str, level: float) -> float:
    """A change on the transformed scale as a share of the level before (-0.18: 18 % less)."""
    if how in ("log", "count", "sums"):
        return float(np.expm1(np.clip(size, -5, 5)))
    if how == "angle":
        after = np.clip(level + size, 0, np.pi / 2)
        return float((np.sin(after) / max(np.sin(level), 1e-6)) ** 2 - 1)
    if how == "root":
        return float((max(level + size, 0.0) / level) ** 2 - 1) if level > 0 else 0.0
    return float(size / abs(level)) if level else 0.0


@lru_cache(maxsize=4096)
def places(
    periods: tuple[str, ...], frequency: str
) -> tuple[tuple[int, ...], tuple[int, ...], float]:
    """Steps since the first period, number within the year (-1: none), and steps in a year."""
    year = YEAR.get(frequency, 12.0)
    if frequency == "position":
        return tuple(range(len(periods))), (-1,) * len(periods), year
    found = [_place(p, frequency) for p in periods]
    steps = tuple(s - found[0][0] for s, _ in found)
    if any(b <= a for a, b in pairwise(steps)):
        steps = tuple(range(len(periods)))
    return steps, tuple(s for _, s in found), year


def _place(text: str, frequency: str) -> tuple[int, int]:
    """The number of a period since the year nought, and within its year (-1: none)."""
    period = period_in(text, frequency)  # type: ignore[arg-type]
    if period is None:
        raise BakenError("period", f"'{text}' is no {frequency}", "a period of the series")
    if frequency == "month":
        return period.order, (period.order - 1) % 12
    if frequency == "quarter":
        return period.order, (period.order - 1) % 4
    if frequency == "week":
        return period.order, ((period.order % 52) // 4) % 13
    return period.order, period.order % 7 if frequency == "day" else -1
