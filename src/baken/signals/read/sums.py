"""One row per sale, booking or event: summed and counted per month."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from baken.signals.read.dated import Dated
from baken.signals.read.ends import last_counted_day
from baken.signals.read.events import by_outcome
from baken.signals.read.grid import Cell, text_of
from baken.signals.read.layout import Desk, Table
from baken.signals.read.make import Point, series_of, title_of
from baken.signals.read.numbers import currency_of
from baken.signals.read.periods import (
    Period,
    last_day,
    month,
    month_of,
    months_between,
)
from baken.signals.read.roles import CREDIT, RATES, Roles, is_vague
from baken.signals.read.words import ADDED, bad_of, words_in
from baken.signals.series import Series

NOUGHT = Decimal(0)
BANK = frozenset(
    "tegenpartij tegenrekening iban mededeling communication contrepartie counterparty valutadatum"
    " afschriftnummer rekeninguittrekselnummer uittreksel afschrift extrait statement"
    " verrichtingsdatum uitvoeringsdatum".split()
)
"""Headings that only a bank's list has."""
SIDES = frozenset("debet debit credit af bij".split())
Sum = tuple[Dated, Decimal]


def read_sums(table: Table, roles: Roles, rows: Sequence[Dated], desk: Desk) -> list[Series]:
    """The sum per month of each column of figures, and the number of rows; months between the first
    and the last without a row are nought. What can't be added up (prices, balances) is left out."""
    values = _added(table, roles, desk)
    by_month = rows[0].period.frequency == "day"
    if by_month:
        ended = last_counted_day(table.label, [r.period.order for r in rows], desk)
        if ended is None:
            return []
        rows = [r for r in rows if r.period.order <= ended.toordinal()]
    if not rows:
        return []
    place = _month if by_month else _same
    spread = _spread([place(r.period) for r in rows])
    made: list[Series | None] = []
    for at in values:
        name = roles.names[at]
        for unit, sums in _sums(table, roles, rows, at, desk).items():
            said = f"{name} {unit}" if unit and unit != desk.currency.get(at, unit) else name
            for part, chosen in _parts(table, roles, sums):
                points = _totals(chosen, place, spread)
                made.append(series_of(part or said, points, desk, unit))
    counted = _totals([(r, Decimal(1)) for r in rows], place, spread)
    name = f"aantal {title_of(table)}" if not values else f"aantal rijen {title_of(table)}"
    made.append(series_of(name, counted, desk, kind="count"))
    for sort, those in by_outcome(table, roles, rows).items():
        points = _totals([(r, Decimal(1)) for r in those], place, spread)
        made.append(series_of(sort, points, desk, kind="count"))
    bad = bad_of(title_of(table))
    return [replace(s, bad=bad) if is_vague(s.name) else s for s in made if s]


def by_currency(
    table: Table, roles: Roles, rows: Sequence[Dated], at: int, desk: Desk
) -> dict[str, list[Dated]]:
    """The rows of a column in the currency of most of them; the others are set aside. One in which
    over half as many are is kept beside it."""
    units = [_currency(roles, row, at) for row in rows]
    counts = Counter(u for u in units if u).most_common()
    if not counts:
        return {"": list(rows)}
    main, most = counts[0]
    kept: dict[str, list[Dated]] = {unit: [] for unit, n in counts if unit == main or n * 2 > most}
    desk.currency[at] = main
    if len(kept) > 1:
        _several(table, roles.names[at], desk)
    for unit, row in zip(units, rows, strict=True):
        if (unit or main) in kept:
            kept[unit or main].append(row)
        else:
            desk.aside.add(row.line, f"{unit}, and the other rows of this column are in {main}")
    return kept


def _several(table: Table, name: str, desk: Desk) -> None:
    why = f"'{name[:40]}' is in more than one currency: each is a series of its own"
    desk.aside.note(table.header_line, why)


def _added(table: Table, roles: Roles, desk: Desk) -> list[int]:
    kept = []
    named = {at: set(words_in(roles.names[at])) for at in roles.values}
    amounts = any(w & ADDED for w in named.values())
    for at, words in named.items():
        if _is_bank(table) and amounts and words & SIDES and not words & ADDED:
            why = "says the amount once more, left out"
            desk.aside.note(table.header_line, f"the column '{roles.names[at][:40]}' {why}")
            continue
        if words & RATES and not words & ADDED:
            why = "can't be added up over rows, left out"
            desk.aside.note(table.header_line, f"the column '{roles.names[at][:40]}' {why}")
        else:
            kept.append(at)
    return kept


def _currency(roles: Roles, row: Dated, at: int) -> str:
    if roles.currency is not None:
        text = text_of(row.cells[roles.currency])
        return currency_of(text) or text.upper()[:3]
    return currency_of(text_of(row.cells[at])) or ""


def _sums(
    table: Table, roles: Roles, rows: Sequence[Dated], at: int, desk: Desk
) -> dict[str, list[Sum]]:
    """The amounts of a column by currency; those are never added up."""
    found: dict[str, list[Sum]] = defaultdict(list)
    for row in rows:
        cell: Cell = row.cells[at]
        _, value = desk.value(cell, row.line, roles.names[at])
        if value is not None:
            found[_currency(roles, row, at)].append((row, value))
    named = [unit for unit in found if unit]
    if "" in found and len(named) == 1:  # a sign on some rows is one for all
        found[named[0]] += found.pop("")
    if len(named) > 1:
        _several(table, roles.names[at], desk)
    if named:
        desk.currency[at] = max(named, key=lambda unit: len(found[unit]))
    return found


def _parts(table: Table, roles: Roles, sums: list[Sum]) -> list[tuple[str, list[Sum]]]:
    """An amount as one series; on a bank's list and beside a column D or C, in two."""
    bank = _is_bank(table)
    if roles.flag is not None:
        flag = roles.flag
        plus = [s for s in sums if CREDIT.fullmatch(text_of(s[0].cells[flag]))]
        minus = [s for s in sums if not CREDIT.fullmatch(text_of(s[0].cells[flag]))]
        names = ("ontvangsten", "uitgaven") if bank else ("credit", "debet")
        return [(names[0], _plus(plus)), (names[1], _plus(minus))]
    if bank and any(v < 0 for _, v in sums):
        return [
            ("ontvangsten", [s for s in sums if s[1] > 0]),
            ("uitgaven", [(r, -v) for r, v in sums if v < 0]),
        ]
    return [("", sums)]


def _is_bank(table: Table) -> bool:
    return bool(BANK & {w for n in table.names for w in words_in(n)})


def _plus(sums: list[Sum]) -> list[Sum]:
    """Beside a D or C an amount has no sign of its own, or the sign says the same once more."""
    if all(v <= 0 for _, v in sums):
        return [(r, -v) for r, v in sums]
    return sums


def _month(period: Period) -> Period:
    return month_of(date.fromordinal(period.order))


def _same(period: Period) -> Period:
    return period


def _spread(periods: Sequence[Period]) -> list[Period]:
    """All months from the first to the last; other periods as they are there."""
    first, last = periods[0], periods[-1]
    if first.frequency == "month" and last_day(first):
        labels = months_between(first.label, last.label)
        return [month(int(t[:4]), int(t[5:])) for t in labels]
    return sorted({p.order: p for p in periods}.values(), key=lambda p: p.order)


def _totals(
    sums: Sequence[Sum], place: Callable[[Period], Period], spread: Sequence[Period]
) -> list[Point]:
    totals: dict[int, Decimal] = defaultdict(lambda: NOUGHT)
    lines: dict[int, int] = {}
    for row, value in sums:
        at = place(row.period).order
        totals[at] += value
        lines.setdefault(at, row.line)
    return [Point(lines.get(p.order, 0), p, totals[p.order]) for p in spread]
