"""Before a change and since: the two spans of time that a cause is sought between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from baken.signals.detect.prepare import places
from baken.signals.series import Series

YEARS = {"month": 12, "week": 52, "quarter": 4}
LEAST = 3
"""Periods that there must be before a change."""


@dataclass(frozen=True)
class Spans:
    """The periods of the year before a change, and those since (both in order of time)."""

    before: tuple[str, ...]
    since: tuple[str, ...]

    def values(self, one: Series) -> tuple[list[float], list[float]]:
        """What is known of a series before and since."""
        found = dict(zip(one.periods, one.values, strict=True))
        return (
            [v for p in self.before if (v := found.get(p)) is not None],
            [v for p in self.since if (v := found.get(p)) is not None],
        )

    def means(self, one: Series) -> tuple[float, float] | None:
        """The mean before and since; None where nothing is known of one of them."""
        was, now = self.values(one)
        return (sum(was) / len(was), sum(now) / len(now)) if was and now else None

    def move(self, one: Series | None) -> float | None:
        """The logarithm of now through before; None where that can't be."""
        pair = self.means(one) if one is not None else None
        return None if pair is None or min(pair) <= 0 else log(pair[1] / pair[0])

    def noise(self, one: Series | None) -> float:
        """Twice the spread (in logarithm) that a move has by itself, from the values before."""
        was, now = self.values(one) if one is not None else ([], [])
        logs = [log(v) for v in was if v > 0]
        if len(logs) < LEAST or not now:
            return 0.0
        mean = sum(logs) / len(logs)
        spread = sum((v - mean) ** 2 for v in logs) / (len(logs) - 1)
        return 2 * float((spread * (1 / len(logs) + 1 / len(now))) ** 0.5)


def spans_of(since: str, until: str, one: Series) -> Spans | None:
    """The spans of a change in a series; None where too little stands before it."""
    year = YEARS.get(one.frequency)
    if year is None or since not in one.periods or until not in one.periods:
        return None
    start, end = one.periods.index(since), one.periods.index(until) + 1
    if start < LEAST or end <= start:
        return None
    steps = places(one.periods, one.frequency)[0]
    before = [p for p, at in zip(one.periods[:start], steps, strict=False)
              if at >= steps[start] - year]  # fmt: skip
    return Spans(tuple(before), one.periods[start:end])


def first(mine: Sequence[Series] | None) -> Series | None:
    """The series of a role that counts."""
    return mine[0] if mine else None
