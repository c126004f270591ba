"""Time runs down: a date or period on each row, and one or more columns of figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from baken.signals.read.asked import settle_numbers
from baken.signals.read.dated import Dated, dated_rows
from baken.signals.read.events import are_events, filled, read_events
from baken.signals.read.grid import text_of
from baken.signals.read.layout import Desk, Table
from baken.signals.read.make import Point, series_of
from baken.signals.read.rhythm import as_frequency, rhythm
from baken.signals.read.roles import GROSS, NET, Roles, bad_under, is_vague, roles_of
from baken.signals.read.running import taken_apart
from baken.signals.read.sums import by_currency, read_sums
from baken.signals.read.words import words_in
from baken.signals.series import Frequency, Series

MAX_KEYS = 60
"""Texts that may each name a series of their own."""


def read_down(table: Table, desk: Desk) -> list[Series]:
    """The series of a table in which time runs down; none when something must be asked first."""
    roles = roles_of(table, desk)
    if roles is None:
        return []
    _net_before_gross(table, roles, desk)
    rows = dated_rows(table, roles, desk)
    if not rows or not settle_numbers(table, roles.values, desk):
        return []
    if roles.firm is None:
        return _read(table, roles, rows, desk)
    made: list[Series] = []
    for firm in sorted({text_of(r.cells[roles.firm]) for r in rows}):
        own = [r for r in rows if text_of(r.cells[roles.firm]) == firm]
        made += [replace(s, firm=firm) for s in _read(table, roles, own, desk)]
    return made


def _read(table: Table, roles: Roles, rows: Sequence[Dated], desk: Desk) -> list[Series]:
    """The series of the rows of one firm."""
    events = are_events(roles)
    if roles.flag is None and roles.values:
        frequency = rhythm([r.period for r in rows])
        if frequency is not None:
            made = _plain(table, roles, rows, frequency, desk)
            made = [
                replace(s, bad=bad_under(table, s.name)) if is_vague(s.name) else s for s in made
            ]
            return [filled(s, desk) for s in made] if events else made
        key = _key(roles, rows)
        if key is not None:
            return _by_key(table, roles, rows, key, desk)
    return (read_events if events else read_sums)(table, roles, rows, desk)


def _net_before_gross(table: Table, roles: Roles, desk: Desk) -> None:
    """Of amounts without and with VAT the first are read: two series would say one thing twice."""
    words = {at: set(words_in(n)) for at, n in roles.names.items() if at in roles.values}
    if not any(w & NET for w in words.values()):
        return
    for at, found in words.items():
        if found & GROSS or (found & {"btw", "tva", "vat"} and not found & NET):
            roles.values.remove(at)
            why = "holds VAT beside an amount without it, left out"
            desk.aside.note(table.header_line, f"the column '{roles.names[at][:40]}' {why}")


def _plain(
    table: Table, roles: Roles, rows: Sequence[Dated], frequency: Frequency, desk: Desk
) -> list[Series]:
    """Each column of figures is a series; a cell that can't be used is missing, and said."""
    made: list[Series] = []
    for at in roles.values:
        for unit, own in by_currency(table, roles, rows, at, desk).items():
            points: list[Point] = []
            for row in own:
                _, value = desk.value(row.cells[at], row.line, roles.names[at])
                points.append(Point(row.line, as_frequency(row.period, frequency), value))
            while points and points[-1].value is None:  # the months that are still to come
                points.pop()
            apart = taken_apart(roles.names[at], points, table, desk)
            if apart is None:
                continue
            name, points = apart
            said = name if unit == desk.currency.get(at, "") else f"{name} {unit}"
            if one := series_of(said, points, desk, unit):
                made.append(one)
    return made


def _key(roles: Roles, rows: Sequence[Dated]) -> int | None:
    """A column of texts that with the period makes each row the only one of its kind."""
    if rows[0].period.frequency == "day":
        return None
    for at in roles.keys:
        names = {text_of(r.cells[at]) for r in rows}
        pairs = {(r.period.order, text_of(r.cells[at])) for r in rows}
        if 1 < len(names) <= MAX_KEYS and len(pairs) == len(rows) and "" not in names:
            return at
    return None


def _by_key(
    table: Table, roles: Roles, rows: Sequence[Dated], key: int, desk: Desk
) -> list[Series]:
    """Each text of a column is a series."""
    made: list[Series] = []
    for name in dict.fromkeys(text_of(r.cells[key]) for r in rows):
        own = [r for r in rows if text_of(r.cells[key]) == name]
        frequency = rhythm([r.period for r in own]) or own[0].period.frequency
        for at in roles.values:
            points = []
            for row in own:
                _, value = desk.value(row.cells[at], row.line, roles.names[at])
                points.append(Point(row.line, as_frequency(row.period, frequency), value))
            said = name if len(roles.values) == 1 else f"{roles.names[at]} {name}"
            unit = desk.currency.get(at, "")
            if one := series_of(said, points, desk, unit):
                made.append(one)
    return made
