"""The terms of a plan, and the day of each of its steps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from baken.registers.workdays import add_working_days, last_working_day, working_day_before

NOW, WEEK, MONTH, QUARTER = "now", "week", "month", "quarter"
DAYS = {WEEK: 7, MONTH: 31, QUARTER: 92}
TERMS = (NOW, *DAYS)
SOONER = {NOW: NOW, WEEK: NOW, MONTH: WEEK, QUARTER: MONTH}
"""The term of a step where things can't wait."""
DAYS_LEFT = 3
"""So many working days before its last day a step is recalled."""
LEFT_OF = {NOW: 1, WEEK: 1, MONTH: 3, QUARTER: 5}
"""And so many before the end of its term, where it has no last day."""


LAW = "duty/"
"""What the mark of a step begins with that the law asks at once."""
DANGER = "danger"
"""The mark of whom to call where people may be in danger."""


@dataclass(frozen=True)
class Step:
    """One thing to do for an ``offer``. ``until`` is its last day, where there is one; what is
    ``first`` goes before all else, and what the law asks at once (``must``) even before that; what
    ``holds`` is no task but what may not be done before something else, and no term ends it.
    ``mark`` names it within its plan, in any language."""

    when: str
    mark: str
    says: str
    until: date | None = None
    offer: str = ""
    first: bool = False
    must: bool = False
    holds: bool = False

    @property
    def law(self) -> bool:
        """Whether the law, or danger, asks it within hours or at once: no working day is waited
        for.
        """
        return self.mark.startswith((LAW, DANGER))


def ends_on(when: str, today: date) -> date:
    """The last day of a term: of what can't wait the next working day, else its last working day;
    of this week see :func:`week_end`.
    """
    if when == NOW:
        return add_working_days(today, 1)
    if when == WEEK:
        return week_end(today)
    return last_working_day(today + timedelta(days=DAYS[when] - 1))


def term_ends(when: str, steps: Iterable[Step], made_on: date) -> date:
    """The last day of a term with these steps: the day itself, where the law asks one at once."""
    at_once = when == NOW and any(step.law for step in steps)
    return made_on if at_once else ends_on(when, made_on)


def week_end(today: date) -> date:
    """The last working day of the week; of the next one, where none is left after today.

    >>> week_end(date(2026, 12, 21)), week_end(date(2026, 12, 24))
    (datetime.date(2026, 12, 24), datetime.date(2026, 12, 31))
    """
    friday = today + timedelta(days=4 - today.weekday())
    while (ends := last_working_day(friday)) <= today:
        friday += timedelta(days=7)
    return ends


def warned_on(last: date) -> date:
    """The working day on which to warn of a last day."""
    return working_day_before(last, DAYS_LEFT)


def last_day(step: Step, made_on: date) -> date:
    """The last day of a step: its own, else that of its term."""
    return step.until or term_ends(step.when, [step], made_on)


def recall_on(step: Step, made_on: date, today: date) -> date | None:
    """The working day to come on which to recall a step of a plan, so that there is still time to
    do it: some working days before its last day, else the next one; None where that is too late.
    """
    last = last_day(step, made_on)
    early = warned_on(last) if step.until else working_day_before(last, LEFT_OF[step.when])
    soon = add_working_days(today, 1)
    return early if early > today else soon if soon <= last else None


def term_of(until: date, today: date) -> str:
    """The term in which a last day falls; what is further off has a place in the quarter."""
    left = (until - today).days
    return next((when for when, days in DAYS.items() if left <= days), QUARTER)
