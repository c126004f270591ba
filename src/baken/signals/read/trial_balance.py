"""Trial balances (proef- en saldibalans): accounts of the Belgian plan with what stands on them.

Three shapes: one balance to a file, of the day in its title or name; periods as columns; a period
on each line. Costs and income run up through the year: of balances they are taken apart per period,
and where a table has a figure per period it is asked whether those run up. What stands on the
others (cash, customers, suppliers) is read as it stands.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import pairwise

from baken.signals.read.across import head_of
from baken.signals.read.asked import days_of
from baken.signals.read.dated import believable
from baken.signals.read.ends import last_counted_day
from baken.signals.read.grid import Cell, text_of
from baken.signals.read.layout import Desk, Table
from baken.signals.read.periods import (
    DayOrder,
    Period,
    days_in,
    last_day,
    month_of,
    readings,
)
from baken.signals.read.questions import question
from baken.signals.read.trial_columns import (
    ACCOUNT,
    Columns,
    account_column,
    columns_of,
    holds_dates,
    told_period,
)

NOUGHT = Decimal(0)


@dataclass
class Trials:
    """Balances of any number of files: for each period what stands on each account, debit above
    nought; ``flows`` are the periods that tell a figure of their own, which does not run up; with
    ``moves`` they come from a journal, which tells nothing of what stood there before."""

    amounts: dict[Period, dict[str, Decimal]] = field(default_factory=dict)
    flows: set[Period] = field(default_factory=set)
    unsigned: set[Period] = field(default_factory=set)
    moves: bool = False


def take_trial(table: Table, trials: Trials, desk: Desk) -> None:
    """Takes in a trial balance; nothing when something must be asked first."""
    at = account_column(table)
    if at is None:
        return
    across = {
        c: h.period
        for c, cell in enumerate(table.header)
        if c != at and (h := head_of(cell)) and h.period
    }
    if len(across) > 1:
        entries = list(_across(table, at, across, desk))
        _settle(table, entries, trials, desk)
        return
    columns = columns_of(table)
    if columns is None:
        desk.aside.add(table.header_line, "no columns of debit and credit, or of a balance, here")
        return
    dated = next((c for c in range(len(table.names)) if c != at and holds_dates(table, c)), None)
    if dated is None:
        period = told_period(table)
        if period is None:
            why = "it is not told of which day this trial balance is; put it in the title or name"
            desk.aside.add(None, why)
        elif not believable(period, desk):
            desk.aside.add(None, f"{period.label} lies too far away to be a booking")
        elif period in trials.amounts:
            desk.aside.add(None, f"there is a trial balance of {period.label} already")
        else:
            rows = [(period, a, v) for _, a, v, _ in _amounts(table, at, columns, desk)]
            _put(trials, rows, columns)
        return
    days = days_of([text_of(c) for _, c in table.column(dated)], table, desk)
    if days is None:
        return
    booked = _booked(table, dated, days)
    limit = last_counted_day(table.label, booked, desk) if booked else None
    if booked and limit is None:
        return
    entries = []
    for line, account, value, cells in _amounts(table, at, columns, desk):
        head = head_of(cells[dated], days)
        if head is None or head.period is None:
            desk.aside.add(line, f"'{text_of(cells[dated])[:40]}' is no period")
        elif not believable(head.period, desk):
            desk.aside.add(line, f"{head.period.label} lies too far away to be a booking")
        elif limit is None or (last := last_day(head.period)) is None or last <= limit:
            entries.append((head.period, account, value))
    if booked:
        trials.moves = True
        trials.flows |= {p for p, _, _ in entries}
        _put(trials, entries, columns)
        return
    _settle(table, entries, trials, desk, columns)


Entry = tuple[Period, str, Decimal]


def _amounts(
    table: Table, at: int, columns: Columns, desk: Desk
) -> Iterator[tuple[int, str, Decimal, list[Cell]]]:
    for line, cells in table.rows:
        account = text_of(cells[at])
        if not ACCOUNT.fullmatch(account):
            desk.aside.add(line, f"'{account[:40]}' is no account")
            continue
        total, fine = NOUGHT, True
        for column, sign in zip(columns, (1, -1), strict=True):
            if column is not None:
                good, value = desk.value(cells[column], line, table.names[column])
                fine &= good
                total += sign * (value or NOUGHT)
        if fine:
            yield line, account, total, cells


def _across(table: Table, at: int, across: dict[int, Period], desk: Desk) -> Iterator[Entry]:
    for line, cells in table.rows:
        account = text_of(cells[at])
        if not ACCOUNT.fullmatch(account):
            desk.aside.add(line, f"'{account[:40]}' is no account")
            continue
        for column, period in across.items():
            good, value = desk.value(cells[column], line, table.names[column])
            if good:
                yield period, account, value or NOUGHT


def _booked(table: Table, column: int, days: DayOrder) -> list[int]:
    """The days of a journal: they are not all the last of a month."""
    found = [
        p.order
        for _, c in table.column(column)
        for p in readings(text_of(c), days)
        if p.frequency == "day"
    ]
    ends = [days_in(month_of(date.fromordinal(d)).label)[1].toordinal() for d in found]
    return found if found != ends else []


def _settle(
    table: Table, entries: Sequence[Entry], trials: Trials, desk: Desk, columns: Columns = (0, None)
) -> None:
    """Takes figures per period in, once it is known whether those of costs and income run up."""
    if not entries:
        return
    asked = question(
        table.label,
        "running",
        (
            "Lopen kosten en omzet in deze balansen op van het begin van het jaar?",
            "Do costs and income run up from the beginning of the year in these balances?",
            "Les charges et produits sont-ils cumulés depuis le début de l'année ?",
        ),
        [
            ("yes", ("Ja, ze lopen op", "Yes, they run up", "Oui, cumulés")),
            ("no", ("Nee, elke periode apart", "No, each period apart", "Non, par période")),
        ],
    )
    told = "no" if _falls(entries) or _first_of_year(entries) else desk.ask(asked)
    if told is None:
        return
    if told == "no":
        trials.flows |= {p for p, _, _ in entries}
    _put(trials, entries, columns)


def _income(entries: Sequence[Entry]) -> dict[Period, Decimal]:
    found: dict[Period, Decimal] = defaultdict(lambda: NOUGHT)
    for period, account, value in entries:
        if account.startswith("70"):
            found[period] += abs(value)
    return found


def _falls(entries: Sequence[Entry]) -> bool:
    """Whether turnover goes down within a year: then it does not run up."""
    found = _income(entries)
    periods = sorted(found, key=lambda p: p.order)
    return any(found[b] < found[a] and a.label[:4] == b.label[:4] for a, b in pairwise(periods))


def _first_of_year(entries: Sequence[Entry]) -> bool:
    """Whether there is one period a year: nothing can run up."""
    periods = {p for p, _, _ in entries}
    return len({p.label[:4] for p in periods}) == len(periods) and all(
        p.frequency == "year" for p in periods
    )


def _put(trials: Trials, entries: Sequence[Entry], columns: Columns) -> None:
    """Adds entries. An account that others stand under (``70`` over ``700000``) is their total."""
    listed = {account for _, account, _ in entries}
    heads = {a[:n] for a in listed for n in range(2, len(a))} & listed
    for period, account, value in entries:
        if account not in heads:
            own = trials.amounts.setdefault(period, {})
            own[account] = own.get(account, NOUGHT) + value
    if columns[1] is None:
        trials.unsigned |= {p for p, _, _ in entries}
