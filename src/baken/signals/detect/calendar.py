"""What the calendar does to a month: how many working days and weekend days it has.

Belgian public holidays are no working days; Easter and Ascension move.
The summer leave of builders and other fixed weeks come every year and are the season's.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from functools import lru_cache

import numpy as np

from baken.registers.workdays import holidays_of

FIRST, LAST = 1950, 2100
"""Years of which the holidays are reckoned; in others a month has its weekdays."""


@lru_cache(maxsize=4096)
def days_of(year: int, month: int) -> tuple[int, int]:
    """Working days and days of the weekend in a month."""
    free = holidays_of(year) if FIRST <= year <= LAST else frozenset()
    working = weekend = 0
    for number in range(1, monthrange(year, month)[1] + 1):
        day = date(year, month, number)
        if day.weekday() >= 5:
            weekend += 1
        elif day not in free:
            working += 1
    return working, weekend


def columns(months: tuple[int, ...]) -> tuple[tuple[float, ...], ...]:
    """For months as numbers since the year nought (year times twelve plus month): working days and
    weekend days beside what that month of the year has on average, by their own spread."""
    if not months or not all(12 <= m < 12 * 9999 for m in months):
        return ()
    counts = np.array([days_of((m - 1) // 12, (m - 1) % 12 + 1) for m in months], dtype=float)
    numbers = np.array([(m - 1) % 12 for m in months])
    usual = np.array([_usual(int(n)) for n in numbers])
    return tuple(tuple(float(x) for x in column) for column in (counts - usual).T)


@lru_cache(maxsize=12)
def _usual(number: int) -> tuple[float, float]:
    found = np.array([days_of(year, number + 1) for year in range(2000, 2028)], dtype=float)
    mean = found.mean(axis=0)
    return float(mean[0]), float(mean[1])
