"""The terms of a plan, and the day of each of its steps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from baken.registers.workdays import add_working_days, is_working_day

NOW, WEEK, MONTH, QUARTER = "now", "week", "month", "quarter"
DAYS = {WEEK: 7, MONTH: 31, QUARTER: 92}
TERMS = (NOW, *DAYS)
SOONER = {WEEK: NOW, MONTH: WEEK, QUARTER: MONTH}
"""The term of a step where things can't wait."""


@dataclass(frozen=True)
class Step:
    """One thing to do for an ``offer``. ``until`` is its last day, where there is one; what is
    ``first`` goes before all else. ``mark`` names it within its plan, in any language."""

    when: str
    mark: str
    says: str
    until: date | None = None
    offer: str = ""
    first: bool = False


def ends_on(when: str, today: date) -> date:
    """The last day of a term: of what can't wait the next working day, of this week the Friday,
    else its last working day.
    """
    if when == NOW:
        return add_working_days(today, 1)
    if when == WEEK:
        return week_end(today)
    ends = today + timedelta(days=DAYS[when] - 1)
    while not is_working_day(ends):
        ends -= timedelta(days=1)
    return ends


def week_end(today: date) -> date:
    """The Friday that ends the week, from Friday on the next one."""
    return today + timedelta(days=(4 - today.weekday()) % 7 or 7)


def term_of(until: date, today: date) -> str:
    """The term in which a last day falls; what is further off has a place in the quarter."""
    left = (until - today).days
    return next((when for when, days in DAYS.items() if left <= days), QUARTER)
