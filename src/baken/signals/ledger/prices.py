"""What suppliers ask per article: the price of one unit, weighed by how much was bought."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from baken.signals.ledger.books import Books
from baken.signals.ledger.figures import Points
from baken.signals.ledger.periods import STEPS, Step, index
from baken.signals.read.store import Store

MOST = 12
"""So many articles at most, those on which most is spent."""
MONTHS = 6
"""In so many months an article must have been bought."""


class Article(NamedTuple):
    """An article of a supplier, in one unit: the price of a box is not that of a kilogram."""

    supplier: str
    code: str
    unit: str


def articles(
    store: Store, books: Books, all_runs: bool
) -> tuple[list[Article], dict[Article, str]]:
    """All articles bought in six months, in the order in which they came to be, which later
    invoices leave as it is; and those that are worth following, with their names, the largest
    spending first."""
    rows = store.db.execute(
        """SELECT i.supplier, l.article, l.unit, MAX(l.name),
        GROUP_CONCAT(DISTINCT substr(i.issued, 1, 7)),
        SUM(CAST(l.quantity AS REAL) * CAST(l.price AS REAL)) AS spent
        FROM line l JOIN invoice i ON i.id = l.invoice JOIN content c ON c.hash = i.hash
        WHERE i.customer = ? AND i.currency = ? AND i.credit = 0 AND i.issued <= ? AND c.run >= ?
        GROUP BY 1, 2, 3
        HAVING COUNT(DISTINCT substr(i.issued, 1, 7)) >= ? AND spent > 0
        ORDER BY spent DESC, 1, 2, 3""",
        (
            books.own,
            books.currency,
            books.as_of.isoformat(),
            0 if all_runs else store.run,
            MONTHS,
        ),
    ).fetchall()
    since = {Article(*row[:3]): sorted(row[4].split(","))[MONTHS - 1] for row in rows}
    order = sorted(since, key=lambda a: (since[a], a))
    return order, {Article(*row[:3]): row[3] or row[1] for row in rows[:MOST]}


class Prices:
    """Quantities and amounts per article and period, filled invoice by invoice."""

    def __init__(self, store: Store, wanted: Mapping[Article, str]) -> None:
        self._db = store.db
        self._suppliers = {a.supplier for a in wanted}
        self.cells: dict[Step, dict[Article, dict[int, tuple[Decimal, Decimal]]]] = {
            step: {a: {} for a in wanted} for step in STEPS
        }

    def add(self, invoice: int, supplier: str, day: date) -> None:
        """The lines of one purchase; those that give back or cost nothing are passed over."""
        if supplier not in self._suppliers:
            return
        ask = "SELECT article, unit, quantity, price FROM line WHERE invoice = ?"
        for code, unit, quantity_text, price_text in self._db.execute(ask, (invoice,)):
            article = Article(supplier, code, unit)
            if article not in self.cells["month"]:
                continue
            try:
                quantity, price = Decimal(quantity_text), Decimal(price_text)
            except InvalidOperation:  # pragma: no cover (the reader wrote them)
                continue
            if quantity <= 0 or price <= 0:
                continue
            for step in STEPS:
                at = index(day, step)
                had = self.cells[step][article].get(at, (Decimal(0), Decimal(0)))
                self.cells[step][article][at] = (had[0] + quantity, had[1] + quantity * price)

    def points(self, article: Article, step: Step, over: range) -> Points:
        """The price of one unit per period, None where none was bought; the quantity as weight."""
        found: Points = {}
        for at in over:
            quantity, amount = self.cells[step][article].get(at, (Decimal(0), Decimal(0)))
            found[at] = (float(amount / quantity) if quantity else None, float(quantity))
        return found
