"""Figures per month or week out of bookings: sums and counts first, shares and means from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from heapq import nlargest

from baken.signals.ledger.books import Booking
from baken.signals.ledger.customers import SETTLE_DAYS, losses
from baken.signals.ledger.periods import PER_YEAR, Step, index, last_complete

Points = dict[int, tuple[float | None, float | None]]
"""Per period: value and weight."""
MATTERS = Decimal("0.05")
"""A customer matters once it had this share of the sales of a year."""
MOST = 10
NAUGHT = Decimal(0)


@dataclass
class Cell:
    """One party in one period. ``net`` is with credit notes, ``plain`` without."""

    net: Decimal = NAUGHT
    plain: Decimal = NAUGHT
    count: int = 0
    credits: int = 0


@dataclass
class Half:
    """The sales or the purchases of a firm: cells per step and period and party, and days."""

    cells: dict[Step, dict[int, dict[str, Cell]]] = field(
        default_factory=lambda: {"month": {}, "week": {}}
    )
    days: dict[str, set[int]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    terms: dict[Step, dict[int, list[int]]] = field(
        default_factory=lambda: {"month": {}, "week": {}}
    )
    first: date = date.max
    last: date = date.min

    def add(self, b: Booking) -> None:
        """Count one booking; an ``id`` of 0 moves an amount and is no document."""
        term = (b.due - b.day).days if b.due and not b.lowers and b.id else -1
        for step in self.cells:
            at = index(b.day, step)
            cell = self.cells[step].setdefault(at, {}).setdefault(b.party, Cell())
            cell.net += b.net
            if b.lowers:
                cell.credits += 1 if b.id else 0
            else:
                cell.plain += b.net
                cell.count += 1 if b.id else 0
            if 0 <= term <= 730:
                self.terms[step].setdefault(at, []).append(term)
        if b.id and not b.lowers:
            self.days.setdefault(b.party, set()).add(b.day.toordinal())
        self.first, self.last = min(self.first, b.day), max(self.last, b.day)
        self.names[b.party] = b.name or self.names.get(b.party, "")

    def periods(self, step: Step, as_of: date) -> range:
        """From the first to the last period with a document, as far as they are complete."""
        if self.last < self.first:
            return range(0)
        end = min(index(self.last, step), last_complete(as_of, step))
        return range(index(self.first, step), end + 1)


def sums(half: Half, step: Step, over: range, take: Callable[[Cell], Decimal | int]) -> Points:
    """A sum or count over all parties; 0 where there is nothing."""
    cells = half.cells[step]
    return {p: (float(sum(map(take, cells.get(p, {}).values()))), None) for p in over}


def ratio(top: Points, bottom: Points) -> Points:
    """One through the other, with the other as weight; None where that is not above 0."""
    found: Points = {}
    for at, (value, _) in top.items():
        whole = bottom[at][0]
        over = value is not None and whole is not None and whole > 0
        found[at] = (value / whole if over else None, whole)  # type: ignore[operator]
    return found


def means(half: Mapping[int, Iterable[float]], over: range) -> Points:
    """The mean of what stands in each period, with the count as weight."""
    found: Points = {}
    for at in over:
        values = list(half.get(at, ()))
        found[at] = (sum(values) / len(values) if values else None, float(len(values)))
    return found


def comers(half: Half, step: Step, over: range) -> Points:
    """Customers with their first invoice in a period; None while everybody would be new."""
    from_day = half.first.toordinal() + SETTLE_DAYS
    settled = index(date.fromordinal(from_day), step)
    found: Points = {at: (0.0 if at > settled else None, None) for at in over}
    for days in half.days.values():
        at = index(date.fromordinal(min(days)), step)
        if (value := found.get(at, (None, None))[0]) is not None:
            found[at] = (value + 1, None)
    return found


def leavers(half: Half, step: Step, over: range, as_of: date) -> Points:
    """Customers of whom it became clear in a period that they stay away."""
    found: Points = dict.fromkeys(over, (0.0, None))
    for days in half.days.values():
        for lost in losses(sorted(days), as_of.toordinal()):
            at = index(date.fromordinal(lost), step)
            if at in found:
                found[at] = ((found[at][0] or 0.0) + 1, None)
    return found


@dataclass(frozen=True)
class Matter:
    """Who mattered in some year: ``order`` in which they came to, which later periods leave as it
    is; ``top`` are the largest of them."""

    order: tuple[str, ...]
    top: frozenset[str]


def concentration(half: Half, step: Step, over: range) -> tuple[Points, Points, Matter]:
    """Share of the largest and the five largest over the year up to each period, and who matters.

    The window is a year (12 months, 52 weeks), so that a season or a giant order is no
    concentration; it begins with half of one. The weight is the sales of the window.
    """
    year = PER_YEAR[step]
    window: dict[str, Decimal] = {}
    one: Points = {}
    five: Points = {}
    matter: dict[str, Decimal] = {}
    cells = half.cells[step]
    for at in over:
        for party, cell in cells.get(at, {}).items():
            window[party] = window.get(party, NAUGHT) + cell.net
        for party, cell in cells.get(at - year, {}).items():
            window[party] -= cell.net
        known = [v for v in window.values() if v > 0]
        total = sum(known, NAUGHT)
        if at - over.start + 1 < year // 2 or not total:
            one[at] = five[at] = (None, float(total) if total else None)
            continue
        top = nlargest(5, known)
        one[at] = (float(top[0] / total), float(total))
        five[at] = (float(sum(top) / total), float(total))
        new = [p for p, v in window.items() if v >= total * MATTERS]
        for party in sorted(new, key=lambda p: (min(half.days.get(p, {0})), p)):
            matter[party] = max(matter.get(party, NAUGHT), window[party])
    largest = frozenset(nlargest(MOST, matter, key=lambda p: (matter[p], p)))
    return one, five, Matter(tuple(matter), largest)
