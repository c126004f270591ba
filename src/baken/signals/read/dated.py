"""The rows of a table with the period of each, and what kind of rhythm they have."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from baken.signals.read.asked import days_of, year_of
from baken.signals.read.day_order import clear_days
from baken.signals.read.grid import Cell, text_of, year_in
from baken.signals.read.layout import Desk, Table
from baken.signals.read.periods import (
    DayOrder,
    Period,
    day,
    frequency_of,
    last_day,
    month,
    month_named,
    period_of,
    quarter,
    quarter_named,
    readings,
)
from baken.signals.read.rhythm import as_frequency
from baken.signals.read.roles import PARTS, Roles, is_serial, part_of, serial_day
from baken.signals.read.words import words_in
from baken.signals.series import Frequency

OLDEST = 1950
"""Bookings of before are a slip of the pen, or the first day that a spreadsheet knows (1900)."""


@dataclass(frozen=True, slots=True)
class Dated:
    """One row and its period."""

    line: int
    period: Period
    cells: list[Cell]


def dated_rows(table: Table, roles: Roles, desk: Desk) -> list[Dated] | None:
    """The rows with their periods, in order of time; rows without one are set aside. None when
    something must be asked first."""
    texts = [text_of(c) for _, c in table.column(roles.date)]
    days = days_of([*texts, *clear_days(c for _, row in table.rows for c in row)], table, desk)
    if days is None:
        return None
    frequency = frequency_of(texts, days)
    bare = sum(1 for t in texts if month_named(t) or quarter_named(t))
    first: int | None = None
    if roles.part is None and bare * 2 > len(texts):
        first = year_of(table, desk)
        if first is None:
            return None
    found: list[Dated] = []
    before = 0
    at: int | None = None
    for line, cells in table.rows:
        cell = cells[roles.date]
        if first is not None and (part := part_of(cell)):
            first += part < before
            before = part
            period = _in_year(first, cell, "")
        elif roles.part is not None:
            at = year_in(cell) or (at if not text_of(cell) else None)
            period = _in_year(at, cells[roles.part], table.names[roles.part]) if at else None
        else:
            period = _whole(cell, frequency, days)
        if period is None:
            desk.aside.add(line, f"'{text_of(cell)[:40]}' is no date or period")
        elif not believable(period, desk):
            desk.aside.add(line, f"{period.label} lies too far away to be a booking")
        else:
            found.append(Dated(line, period, cells))
    kinds = Counter(r.period.frequency for r in found)
    usual = kinds.most_common(1)[0][0] if kinds else None
    for row in found:
        if row.period.frequency != usual:
            desk.aside.add(row.line, f"{row.period.label} is no {usual}, as the others are")
    found = [r for r in found if r.period.frequency == usual]
    found.sort(key=lambda r: r.period.order)
    return found


def believable(period: Period, desk: Desk) -> bool:
    """Whether a period can be one of a firm's books: from 1950 to a year from now."""
    if period.frequency in ("position", "year"):
        return True
    last = last_day(period)
    return last is not None and last.year >= OLDEST and last <= desk.today + timedelta(days=366)


def _whole(cell: Cell, frequency: Frequency | None, days: DayOrder) -> Period | None:
    """The period of a cell, of the frequency that the column has; a day is put in its month or
    week."""
    found: Period | None = None
    if isinstance(cell, date):
        found = day(cell)
    elif is_serial(cell):
        found = day(date.fromordinal(serial_day(cell)))
        frequency = "day" if frequency == "position" else frequency
    elif frequency is not None:
        texts = readings(text_of(cell), days)
        found = period_of(text_of(cell), frequency, days)
        found = found or next((p for p in texts if p.frequency == "day"), None)
    if found is not None and frequency is not None:
        found = as_frequency(found, frequency)
    return found if found is not None and found.frequency == frequency else None


def _in_year(at: int, cell: Cell, name: str) -> Period | None:
    number = part_of(cell)
    if number is None:
        return None
    words = set(words_in(name))
    if quarter_named(text_of(cell)) or words & PARTS["quarter"]:
        return quarter(at, number) if number <= 4 else None
    if words & PARTS["week"]:
        return next(iter(readings(f"{at}-W{number:02d}")), None)
    return month(at, number) if number <= 12 else None
