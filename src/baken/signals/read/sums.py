"""One row per sale, booking or event: summed and counted per month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from baken.signals.read.dated import Dated
from baken.signals.read.grid import Cell, text_of
from baken.signals.read.layout import Desk, Table
from baken.signals.read.make import Point, series_of, title_of
from baken.signals.read.numbers import currency_of
from baken.signals.read.periods import (
    Period,
    days_in,
    last_day,
    month,
    month_of,
    months_between,
)
from baken.signals.read.questions import question
from baken.signals.read.roles import CREDIT, RATES, Roles
from baken.signals.read.words import words_in
from baken.signals.series import Series

NOUGHT = Decimal(0)
BANK = frozenset(
    "tegenpartij tegenrekening iban mededeling communication contrepartie counterparty valutadatum"
    " uittreksel afschrift extrait statement verrichtingsdatum uitvoeringsdatum".split()
)
Sum = tuple[Dated, Decimal]


def read_sums(table: Table, roles: Roles, rows: Sequence[Dated], desk: Desk) -> list[Series]:
    """The sum per month of each column of figures, and the number of rows; months between the first
    and the last without a row are nought. What can't be added up (prices, balances) is left out."""
    values = _added(table, roles, desk)
    by_month = rows[0].period.frequency == "day"
    if by_month:
        ended = last_month(table, [r.period for r in rows], desk)
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
    return [s for s in made if s]


def one_currency(table: Table, roles: Roles, row: Dated, at: int, desk: Desk) -> bool:
    """Whether a row is in the currency of its column's first; the others are set aside."""
    unit = _currency(roles, row, at)
    first = desk.currency.setdefault(at, unit) or unit
    desk.currency[at] = first
    if unit and unit != first:
        desk.aside.add(row.line, f"{unit}, and the other rows of this column are in {first}")
        return False
    return True


def last_month(table: Table, periods: Sequence[Period], desk: Desk) -> date | None:
    """The last day that counts. A month that is not over makes sums that seem to drop: with
    ``as_of`` it is left out, and where the rows stop well before the end of their last month, a
    person is asked; None when that is still open."""
    last = date.fromordinal(periods[-1].order)
    first_day, end = days_in(month_of(last).label)
    if desk.as_of is not None or desk.today < end:
        limit = desk.as_of or desk.today
        if limit >= end:
            return end
        whole = limit.replace(day=1) - timedelta(days=1)
        cut = limit if limit == days_in(month_of(limit).label)[1] else whole
        desk.aside.add(None, f"rows after {cut} were left out: their month was not over")
        return cut
    orders = sorted({p.order for p in periods})
    gaps = [b - a for a, b in pairwise(orders)]
    usual = sorted(gaps)[len(gaps) * 9 // 10] if gaps else 31
    if (end - last).days <= max(usual, 3):
        return end
    told = desk.ask(
        question(
            table.label,
            "last-month",
            (
                f"De laatste rij is van {last}. Is die maand volledig?",
                f"The last row is of {last}. Is that month complete?",
                f"La dernière ligne est du {last}. Ce mois est-il complet ?",
            ),
            [
                ("complete", ("Ja, er kwam niets meer bij", "Yes, nothing came after", "Oui")),
                ("open", ("Nee, laat die maand weg", "No, leave it out", "Non, ignorez ce mois")),
            ],
        )
    )
    if told is None:
        return None
    return end if told == "complete" else first_day - timedelta(days=1)


def _added(table: Table, roles: Roles, desk: Desk) -> list[int]:
    kept = []
    for at in roles.values:
        words = set(words_in(roles.names[at]))
        if words & RATES and not words & {"bedrag", "amount", "montant", "omzet", "excl"}:
            why = "can't be added up over rows, left out"
            desk.aside.add(table.header_line, f"the column '{roles.names[at][:40]}' {why}")
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
    if named:
        desk.currency[at] = max(named, key=lambda unit: len(found[unit]))
    return found


def _parts(table: Table, roles: Roles, sums: list[Sum]) -> list[tuple[str, list[Sum]]]:
    """An amount as one series; on a bank's list and beside a column D or C, in two."""
    bank = bool(BANK & {w for n in table.names for w in words_in(n)})
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
