"""What else moved with an alarm, and what stayed as it was: every figure beside a year before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from baken.signals.detect.prepare import places
from baken.signals.series import Series

YEARS = {"month": 12, "week": 52, "quarter": 4}
LEAST = 3
"""Periods that there must be before the change."""


@dataclass(frozen=True)
class Moved:
    """One figure of the firm: its mean a period before, and since the change."""

    series: Series
    was: float
    now: float

    @property
    def share(self) -> float | None:
        """The change as a share of what was; None where there was nothing."""
        return None if self.was == 0 else (self.now - self.was) / abs(self.was)


def moved(since: str, firm: Iterable[Series], frequency: str) -> list[Moved]:
    """Each series of a firm, in its own order: since a period, beside the same periods a year
    before (where there is no year: beside up to a year before the change)."""
    year = YEARS.get(frequency)
    found = []
    for series in firm:
        if year is None or series.frequency != frequency or since not in series.periods:
            continue
        start, end = series.periods.index(since), len(series.periods)
        if start < LEAST:
            continue
        steps = places(series.periods, frequency)[0]
        at = {step: row for row, step in enumerate(steps[:start])}
        same = steps[start] >= year and steps[-1] - steps[start] < year
        years = [at[s - year] for s in steps[start:] if s - year in at]
        rows = [row for step, row in at.items() if step >= steps[start] - year]
        was = _mean(series.values[i] for i in (years if same and years else rows))
        now = _mean(series.values[i] for i in range(start, end))
        if was is not None and now is not None:
            found.append(Moved(series, was, now))
    return found


def _mean(values: Iterable[float | None]) -> float | None:
    known = [v for v in values if v is not None]
    return sum(known) / len(known) if known else None
