"""Months that stood out for a reason that passes: told as seen, though they raised no alarm.

The detector takes working days off and draws giants in, so neither a giant order nor a leave that
moved is an alarm as a rule. An owner sees such a month all the same, and may wonder.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from baken.signals.alarms import Alarm
from baken.signals.cause import FALLING
from baken.signals.kinds import say
from baken.signals.lower_month import days_lowered
from baken.signals.names import names
from baken.signals.periods import in_words
from baken.signals.roles import by_role, role_of
from baken.signals.series import Series
from baken.signals.spans import first

YEAR, NEAR = 12, 2
"""Months looked back; an alarm that began so near a month tells of it."""
GIANT, BACK = 2.5, 0.5
"""So many times the largest month of the year before; after it at most so much of it."""
FELL = 0.8
"""At most so much of the month a year before."""


def explained(
    one: Series, firm: Mapping[str, Series], alarms: Iterable[Alarm]
) -> list[dict[str, Any]]:
    """The months of the last year that one giant or the calendar explains, of a series of sales,
    orders or customers; ``firm`` holds the firm's series of the same frequency, by id."""
    if one.frequency != "month" or role_of(one) not in FALLING:
        return []
    told = {one.periods.index(a.since) + near for a in alarms for near in range(-NEAR, NEAR + 1)}
    found = []
    for at in range(max(YEAR, len(one.values) - YEAR), len(one.values)):
        cause = None if at in told else _cause(one, at, firm)
        if cause is not None:
            period = one.periods[at]
            says = say(f"explained.{cause}", name=names(one), since=in_words(period, "month"))
            found.append({"at": period, "cause": cause, "says": says})
    return found


def _cause(one: Series, at: int, firm: Mapping[str, Series]) -> str | None:
    here, before = one.values[at], one.values[at - YEAR : at]
    known = [v for v in before if v is not None]
    if here is None or len(known) < YEAR or min(known) < 0:
        return None
    later = [v for v in one.values[at + 1 :] if v is not None]
    if here >= GIANT * max(known) > 0:
        return "one_off" if later and max(later) <= BACK * here else None
    if here > FELL * known[0]:
        return None
    if role_of(one) == "average_invoice":
        return None
    return "calendar" if days_lowered(one, at, first(by_role(firm).get("open_days"))) else None
