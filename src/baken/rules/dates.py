"""Dates moved by days, months or years, the way every interpreter does it.

A month or year that has no such day gives its last day: 29 February 2024 minus one year is
28 February 2023, as in SQL. Beyond the years 1 to 9999 the outermost date is given.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta


def shift(day: date, n: int, unit: str) -> date:
    """``day`` plus ``n`` times ``unit`` (``day``, ``month`` or ``year``).

    >>> shift(date(2024, 2, 29), -1, "year"), shift(date(2026, 1, 31), 1, "month")
    (datetime.date(2023, 2, 28), datetime.date(2026, 2, 28))
    """
    if unit == "day":
        try:
            return day + timedelta(days=n)
        except OverflowError:
            return date.max if n > 0 else date.min
    months = day.year * 12 + day.month - 1 + (12 * n if unit == "year" else n)
    year, month = divmod(months, 12)
    if year < 1:
        return date.min
    if year > 9999:
        return date.max
    if day.day <= 28:
        return date(year, month + 1, day.day)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
