"""Working days in Belgium: Monday to Friday without public holidays (``holidays``; act of 4
January 1974).

Bridging days, regional days and a firm's own leave are working days here.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import holidays

ONE = timedelta(days=1)


def is_working_day(day: date) -> bool:
    """Whether the day is no Saturday, no Sunday and no public holiday."""
    return day.weekday() < 5 and day not in holidays_of(day.year)


def next_working_day(day: date) -> date:
    """The day itself if it is a working day, else the first one after it."""
    while not is_working_day(day):
        day += ONE
    return day


def add_working_days(day: date, number: int) -> date:
    """The working day that comes ``number`` working days after ``day``; 0 gives
    :func:`next_working_day`.
    """
    if number < 0:
        raise ValueError("working days are counted forwards")
    if number == 0:
        return next_working_day(day)
    for _ in range(number):
        day = next_working_day(day + ONE)
    return day


def working_day_before(day: date, number: int) -> date:
    """The working day that comes ``number`` (at least one) working days before ``day``."""
    for _ in range(number):
        day -= ONE
        while not is_working_day(day):
            day -= ONE
    return day


def last_working_day(day: date) -> date:
    """The day itself if it is a working day, else the last one before it."""
    return day if is_working_day(day) else working_day_before(day, 1)


def working_days_since(start: date, day: date) -> int:
    """How many working days lie after ``start``, up to and with ``day``; 0 when ``day`` is not
    later.
    """
    count = 0
    while start < day:
        start += ONE
        count += is_working_day(start)
    return count


@lru_cache(maxsize=256)
def holidays_of(year: int) -> frozenset[date]:
    """The public holidays of a year."""
    return frozenset(holidays.country_holidays("BE", years=year))
