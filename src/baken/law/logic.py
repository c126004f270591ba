"""Kleene's three truth values, and days counted in years and months."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from datetime import date

Truth = bool | None


def either(values: Iterable[Truth]) -> Truth:
    """True when one is; else unknown when one is; else false."""
    found = list(values)
    return True if True in found else None if None in found else False


def every(values: Iterable[Truth]) -> Truth:
    """False when one is; else unknown when one is; else true."""
    found = list(values)
    return False if False in found else None if None in found else True


def opposite(value: Truth) -> Truth:
    """Not; unknown stays unknown."""
    return None if value is None else not value


def later(day: date, years: int = 0, months: int = 0) -> date:
    """The same day so much later; a day that the month lacks becomes its last day."""
    at = day.year * 12 + day.month - 1 + years * 12 + months
    year, month = divmod(at, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
