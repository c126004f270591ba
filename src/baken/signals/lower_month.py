"""Whether days alone made one month lower than the same month a year before.

Nobody was alarmed, so nothing is told but what is plain: days really differ (fewer open or working
days; Easter in the other month; a neighbour that won what the month lost), they make most of the
difference, and what they leave is no more than the series wanders by itself.
"""

from __future__ import annotations

from math import log
from statistics import median

from baken.registers.workdays import holidays_of
from baken.signals.detect.calendar import FIRST, LAST, days_of
from baken.signals.leave import HALF, MOST, PAIRS, SAME
from baken.signals.read.rhythm import period_in
from baken.signals.series import Series

YEAR, FEWEST = 12, 6
"""Months; and of how many others at least it must be known how they wander."""
SPREAD = 1.4826
"""From the median distance to the spread of errors that are normal."""
OUT, WITHIN = 3.0, 2.0
"""A month stands out from so many spreads on; what days leave is within so many."""
EASTER = (3, 4)


def days_lowered(one: Series, at: int, open_days: Series | None) -> bool:
    """Whether days made the month in a row lower than a year before; ``open_days`` are the days
    that the firm was open, where those are known."""
    moves = _moves(one)
    place = _place(one.periods[at])
    if place not in moves:
        return False
    usual, spread = _wanders(moves, place)
    if spread is None or (fall := moves[place] - usual) > -OUT * spread or fall >= 0:
        return False
    if open_days is not None and (days := _moves(open_days).get(place)) is not None:
        return _makes(days, fall, HALF, spread)
    now, then = (days_of((p - 1) // YEAR, (p - 1) % YEAR + 1)[0] for p in (place, place - YEAR))
    if _makes(log(now / then), fall, MOST, spread):
        return True
    return any(
        (near := place + step) in moves and _swapped(one, place, near, usual, spread)
        for step in _neighbours(place)
    )


def _makes(days: float, fall: float, part: float, spread: float) -> bool:
    """Whether fewer days make so large a part of a fall, and the rest is what the series wanders
    (all in logarithm)."""
    return days < 0 and days <= part * fall and abs(fall - days) <= WITHIN * spread


def _place(period: str) -> int:
    """Months since the year nought; 0 where that can't be told."""
    found = period_in(period, "month")
    return found.order if found is not None else 0


def _values(one: Series) -> dict[int, float]:
    pairs = zip(one.periods, one.values, strict=True)
    return {_place(p): v for p, v in pairs if v is not None and v > 0}


def _moves(one: Series) -> dict[int, float]:
    """The logarithm of each month through the same one a year before, by place."""
    values = _values(one)
    return {p: log(v / values[p - YEAR]) for p, v in values.items() if p - YEAR in values}


def _wanders(moves: dict[int, float], place: int) -> tuple[float, float | None]:
    """What other months of about then moved by in a year, and how far they lie from that; None of
    the second where too few are known."""
    away = {place, *(place + step for step in _neighbours(place))}
    others = [m for p, m in moves.items() if p not in away and abs(p - place) <= YEAR]
    if len(others) < FEWEST:
        return 0.0, None
    usual = median(others)
    return usual, SPREAD * median(abs(m - usual) for m in others)


def _neighbours(place: int) -> list[int]:
    """Steps to the month with which leave or Easter is swapped."""
    month = (place - 1) % YEAR + 1
    found = [1 for early in PAIRS if early == month]
    return found + [-1 for late in PAIRS.values() if late == month]


def _swapped(one: Series, place: int, near: int, usual: float, spread: float) -> bool:
    """Whether the neighbour won what the month lost, and both together are what they were."""
    early = min(place, near)
    if ((early - 1) % YEAR + 1, early % YEAR + 1) == EASTER and not _easter_moved(early):
        return False
    values = _values(one)
    here, there, then, near_then = (
        values[p] for p in (place, near, place - YEAR, near - YEAR)
    )  # fmt: skip
    fall, rise = log(here / then) - usual, log(there / near_then) - usual
    both = log((here + there) / (then + near_then)) - usual
    return rise >= OUT * spread and abs(both) <= min(WITHIN * spread, SAME * -fall)


def _easter_moved(march: int) -> bool:
    """Whether March and April share the weeks about Easter otherwise than a year before."""
    year = (march - 1) // YEAR
    if not FIRST < year <= LAST:
        return False
    months = [next(d.month for d in sorted(holidays_of(y)) if d.month in EASTER)
              for y in (year - 1, year)]  # fmt: skip
    return months[0] != months[1]
