"""What days stand for: the ends of months are months, days seven apart are weeks."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from baken.signals.read.periods import (
    Period,
    month_of,
    period_of,
    quarter,
    readings,
    week_of,
    year,
)
from baken.signals.series import Frequency

DENSE = 0.6
"""Share of the days from the first to the last that makes rows of days a daily series."""


def calendar_of(days: Sequence[date]) -> Frequency:
    """What days in order of time are: years, quarters or months where each is the same day of its
    month, or the last; weeks where each is the same day of the week; else days.

    >>> calendar_of([date(2025, 1, 31), date(2025, 2, 28), date(2025, 3, 31)])
    'month'
    """
    if len(days) < 2:
        return "day"
    last = all(d.day == monthrange(d.year, d.month)[1] for d in days)
    months = [d.year * 12 + d.month for d in days]
    steps = [b - a for a, b in pairwise(months)]
    if (last or len({d.day for d in days}) == 1) and min(steps) > 0:
        if all(s % 12 == 0 for s in steps):
            return "year"
        return "quarter" if all(s % 3 == 0 for s in steps) else "month"
    if all((b - a).days % 7 == 0 for a, b in pairwise(days)):
        return "week"
    return "day"


def rhythm(periods: Sequence[Period]) -> Frequency | None:
    """What rows in order of time are: as :func:`calendar_of` tells of days, or the frequency that
    they came with; None where several rows share a period, or days are so far apart and so uneven
    that each is an event."""
    if not periods or len({p.frequency for p in periods}) > 1:
        return None
    if len({p.order for p in periods}) < len(periods):
        return None
    frequency = periods[0].frequency
    if frequency != "day" or len(periods) < 2:
        return frequency
    days = [date.fromordinal(p.order) for p in periods]
    gaps = [(b - a).days for a, b in pairwise(days)]
    found = calendar_of(days)
    if found != "day" and max(gaps) <= {"week": 28, "month": 100}.get(found, 800):
        return found
    months = {(d.year, d.month) for d in days}
    if len(months) == len(days) and min(gaps) >= 25 and max(gaps) <= 100:
        return "month"
    span = (days[-1] - days[0]).days + 1
    return "day" if len(days) >= DENSE * span else None


def as_frequency(period: Period, frequency: Frequency) -> Period:
    """A day as its week, month, quarter or year; other periods as they are."""
    if period.frequency != "day" or frequency in ("day", "position"):
        return period
    at = date.fromordinal(period.order)
    if frequency == "week":
        return week_of(at)
    if frequency == "month":
        return month_of(at)
    return year(at.year) if frequency == "year" else quarter(at.year, (at.month + 2) // 3)


def period_in(text: str, frequency: Frequency) -> Period | None:
    """A period of a series as it is echoed, read again: a day stands for its month in a series of
    months.

    >>> period_in("2025-01-31", "month").label
    '2025-01'
    """
    found = period_of(text, frequency)
    if found is None:
        days = (p for p in readings(text) if p.frequency == "day")
        found = next((as_frequency(p, frequency) for p in days), None)
    return found
