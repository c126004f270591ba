"""Months and weeks as numbers that follow each other, and as people write them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

Step = Literal["month", "week"]
STEPS: tuple[Step, Step] = ("month", "week")
PER_YEAR: dict[Step, int] = {"month": 12, "week": 52}


def index(day: date, step: Step) -> int:
    """The number of the month or ISO week that a day is in."""
    return day.year * 12 + day.month - 1 if step == "month" else (day.toordinal() - 1) // 7


def first_day(number: int, step: Step) -> date:
    """The day on which a month or week begins."""
    if step == "month":
        return date(number // 12, number % 12 + 1, 1)
    return date.fromordinal(number * 7 + 1)


def label(number: int, step: Step) -> str:
    """``2024-03`` or ``2024-W11``."""
    day = first_day(number, step)
    if step == "month":
        return f"{day.year:04d}-{day.month:02d}"
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def last_complete(as_of: date, step: Step) -> int:
    """The last month or week of which ``as_of`` is not before the last day."""
    now = index(as_of, step)
    return now if index(as_of + timedelta(days=1), step) > now else now - 1
