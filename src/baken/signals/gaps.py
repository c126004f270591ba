"""Months in which invoices are missing: next to none amid full ones.

That is no fall of sales but a hole in the files, and it is told as such before anything else is
made of it. A month of leave comes back every year: it was as empty a year before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

from baken.signals.alarms import Alarm
from baken.signals.amounts import number
from baken.signals.kinds import kind_of, say
from baken.signals.names import names
from baken.signals.periods import in_words
from baken.signals.roles import by_role
from baken.signals.series import Series

EMPTY, FULL = 0.15, 0.4
"""A month with at most the first share of the usual number is empty, where all of the months before
it have at least the second."""
USUAL, FEWEST, MANY = 12, 6, 8
"""The usual number is the middle of the last twelve months, of which six must be known; fewer
invoices than so many a month prove nothing."""


@dataclass(frozen=True)
class Hole:
    """Months without invoices: first row, row after the last (None: it is the last), usual
    number.
    """

    first: int
    after: int | None
    usual: float


def gap_alarms(firm: Mapping[str, Series]) -> list[Alarm]:
    """An alarm for each hole in a firm's invoices; ``firm`` holds its monthly series by id."""
    return [
        _alarm(orders, hole)
        for orders in by_role(firm).get("invoices", ())[:1]
        if orders.frequency == "month"
        for hole in holes(orders.values)
    ]


def told_by(alarm: Alarm, gaps: Sequence[Alarm]) -> bool:
    """Whether an alarm of the same firm begins in a month that is missing."""
    return alarm.way == "down" and any(alarm.since == gap.since for gap in gaps)


def holes(values: Sequence[float | None]) -> list[Hole]:
    """The months that are empty amid full ones. A hole that is already open goes on."""
    found: list[Hole] = []
    full: list[float] = []
    for row, value in enumerate(values):
        if value is None:
            continue
        before = full[-USUAL:]
        usual = median(before) if before else 0.0
        year = values[row - USUAL] if row >= USUAL else None
        leave = year is not None and year <= EMPTY * usual
        known = len(before) >= FEWEST and usual >= MANY and min(before) >= FULL * usual
        if known and value <= EMPTY * usual and not leave:
            if not found or found[-1].after is not None:
                found.append(Hole(row, None, usual))
            continue
        if found and found[-1].after is None:
            found[-1] = replace(found[-1], after=row)
        full.append(value)
    return found


def _alarm(orders: Series, hole: Hole) -> Alarm:
    at, value = orders.periods[hole.first], orders.values[hole.first] or 0.0
    kind = kind_of(orders, "gap")
    when = in_words(at, orders.frequency)
    said = say("gap", since=when, value=number(round(value)), usual=number(round(hole.usual)))
    cleared = None if hole.after is None else orders.periods[hole.after]
    return Alarm(
        orders.firm, orders.name or orders.id, kind.id, at, (at, at), at, cleared, "amber",
        value / hole.usual - 1, 0.0, said, kind.check, kind.needs,
        [{"period": at, "value": orders.values[hole.first]}], cause="data_gap", id=orders.id,
        named=names(orders),
    )  # fmt: skip
