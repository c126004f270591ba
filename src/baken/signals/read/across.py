"""Months, quarters or years as columns: each row is a series, or a year of one series."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from baken.signals.read.asked import days_of, settle_numbers, year_of
from baken.signals.read.grid import Cell, kind_of_cell, text_of, year_in
from baken.signals.read.layout import Desk, Table
from baken.signals.read.make import Point, series_of, title_of, under
from baken.signals.read.periods import (
    DayOrder,
    Period,
    month,
    month_named,
    month_of,
    quarter,
    quarter_named,
    readings,
    year,
)
from baken.signals.read.running import taken_apart
from baken.signals.read.words import bad_of, is_total
from baken.signals.series import Series


@dataclass(frozen=True)
class Head:
    """What a heading says: a whole period, or a month or quarter that lacks its year."""

    period: Period | None = None
    month: int | None = None
    quarter: int | None = None

    def of(self, at: int) -> Period | None:
        """The period in a year."""
        if self.month:
            return month(at, self.month)
        return quarter(at, self.quarter) if self.quarter else self.period


def head_of(cell: Cell, days: DayOrder = "dmy") -> Head | None:
    """What a heading says of time; None where it says nothing of it."""
    if isinstance(cell, date):
        return Head(month_of(cell))
    if (at := year_in(cell)) is not None:
        return Head(year(at))
    text = text_of(cell)
    if named := month_named(text):
        return Head(month=named)
    if named := quarter_named(text):
        return Head(quarter=named)
    for found in readings(text, days):
        if found.frequency == "day":
            return Head(month_of(date.fromordinal(found.order)))
        if found.frequency != "position":
            return Head(found)
    return None


def heads(table: Table) -> dict[int, Head]:
    """The columns of which the heading is a period, when there are enough of them to say that time
    runs across; else nothing."""
    found = {at: h for at, c in enumerate(table.header) if (h := head_of(c))}
    numbered = {
        at: int(text) for at, c in enumerate(table.header) if (text := text_of(c)).isdigit()
    }
    if not found and list(numbered.values()) in ([*range(1, 13)], [*range(1, 5)]):
        found = {
            at: Head(month=n) if len(numbered) == 12 else Head(quarter=n)
            for at, n in numbered.items()
        }
    labels = [at for at in range(len(table.header)) if at not in found]
    figures = [at for at in found if _figures(table, at)]
    if not labels or not figures or (len(found) == 1 and not _cross(table, labels[0])):
        return {}
    if len(found) == 1 and found[figures[0]].period is None:
        return {}
    return found


def read_across(table: Table, found: dict[int, Head], desk: Desk) -> list[Series]:
    """The series of a table in which time runs across; none when something must be asked first."""
    texts = [text_of(c) for at, c in enumerate(table.header) if at in found]
    days = days_of(texts, table, desk)
    if days is None or not settle_numbers(table, found, desk):
        return []
    if days == "mdy":
        found = {at: head_of(table.header[at], days) or h for at, h in found.items()}
    for at, name in enumerate(table.names):
        if at not in found and is_total(name):
            desk.aside.note(table.header_line, f"the column '{name[:40]}' is a total, left out")
    label = next(at for at in range(len(table.header)) if at not in found)
    if _cross(table, label):
        return _one(table, found, label, desk)
    periods = _dated(table, found, desk)
    return _rows(table, periods, desk) if periods else []


def _figures(table: Table, at: int) -> bool:
    kinds = [k for _, c in table.column(at) if (k := kind_of_cell(c)) != "empty"]
    return any(k in ("number", "wrong") for k in kinds)


def _cross(table: Table, label: int) -> bool:
    """Whether the rows are years, or months or quarters, so that the table is one series."""
    cells = [c for _, c in table.column(label)]
    by_year = all(year_in(c) is not None for c in cells)
    by_part = all((h := head_of(c)) is not None and h.period is None for c in cells) or [
        text_of(c) for c in cells
    ] == [str(n) for n in range(1, 13)]
    columns = {at: h for at, c in enumerate(table.header) if (h := head_of(c))}
    years = all(h.period is not None and h.period.frequency == "year" for h in columns.values())
    return (by_year and not years) or (by_part and years)


def _one(table: Table, found: dict[int, Head], label: int, desk: Desk) -> list[Series]:
    points: list[Point] = []
    for line, cells in table.rows:
        text = text_of(cells[label])
        row = head_of(cells[label]) or Head(month=int(text))
        at = year_in(cells[label])
        for column, head in found.items():
            if at is not None:
                period = head.of(at)
            else:
                period = row.of(head.period.order) if head.period else None
            fine, value = desk.value(cells[column], line, table.names[column])
            if period and (fine or value is None):
                points.append(Point(line, period, value))
    points.sort(key=lambda p: p.period.order)
    while points and points[-1].value is None:  # the months that are still to come
        points.pop()
    apart = taken_apart(title_of(table), points, table, desk)
    return [s for s in [series_of(*apart, desk)] if s] if apart else []


def _dated(table: Table, found: dict[int, Head], desk: Desk) -> dict[int, Period]:
    """Each column with its whole period: years come from the row above, the titles or a person."""
    if all(h.period for h in found.values()):
        return {at: h.period for at, h in found.items() if h.period}
    above: int | None = None
    years: dict[int, int] = {}
    for at, cell in enumerate(table.above):
        above = year_in(cell) or above
        if above and at in found:
            years[at] = above
    if len(years) < len(found):
        first = year_of(table, desk)
        if first is None:
            return {}
        years, before = {}, 0
        for at, head in found.items():
            number = head.month or head.quarter or 0
            first += number <= before
            years[at], before = first, number
    return {at: p for at, h in found.items() if (p := h.of(years[at]))}


def _rows(table: Table, periods: dict[int, Period], desk: Desk) -> list[Series]:
    order = sorted(periods, key=lambda at: periods[at].order)
    if any(periods[a].order == periods[b].order for a, b in pairwise(order)):
        desk.aside.add(table.header_line, "a period stands above two columns; expected each once")
        return []
    made: list[Series] = []
    seen: dict[str, int] = {}
    corner = next((n for at, n in enumerate(table.names) if at not in periods and n), "")
    title = corner if bad_of(corner) != "both" else title_of(table)
    for line, cells in table.rows:
        name = _label(table, cells, periods)
        if not name:
            desk.aside.add(line, "the row has figures and no name")
            continue
        if name in seen:
            desk.aside.add(line, f"'{name[:40]}' stands on line {seen[name]} already")
            continue
        seen[name] = line
        points = []
        for at in order:
            _, value = desk.value(cells[at], line, table.names[at])
            points.append(Point(line, periods[at], value))
        apart = taken_apart(name, points, table, desk)
        if apart and (one := series_of(under(title, apart[0]), apart[1], desk)):
            made.append(one)
    return made


def _label(table: Table, cells: Sequence[Cell], periods: dict[int, Period]) -> str:
    texts = [
        text_of(c)
        for at, c in enumerate(cells)
        if at not in periods and not is_total(table.names[at]) and text_of(c)
    ]
    return " ".join(texts)[:120]
