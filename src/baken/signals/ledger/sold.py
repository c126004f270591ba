"""What the firm's own articles bring: the level of its prices, and the revenue of a mean unit.

Both only explain a fall of the average invoice. The price of each article is compared with the last
time that it was sold, within a year; the middle article (weighed by what is sold of it) moves the
level, so one that was written otherwise does not, and the past stays as it was. Where a mean unit
brings less though prices stayed, cheaper articles are sold: the mix.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import exp, log

from baken.signals.ledger.books import Books
from baken.signals.ledger.figures import Points
from baken.signals.read.store import Store

Sold = Mapping[int, Mapping[tuple[str, str], tuple[float, float]]]
"""Quantity and amount by month, and by article and unit."""
MEMORY = 12
"""Months after which an article's last price is no measure any more."""
LEAST = 3
"""Articles that must be sold at least: of fewer the mean unit is just the price."""


def sold(store: Store, books: Books, all_runs: bool) -> Sold:
    """The lines of the firm's own invoices, each document once, added up by month and article."""
    rows = store.db.execute(
        """SELECT substr(i.issued, 1, 4) * 12 + substr(i.issued, 6, 2) - 1, l.article, l.unit,
        SUM(CAST(l.quantity AS REAL)), SUM(CAST(l.quantity AS REAL) * CAST(l.price AS REAL))
        FROM line l JOIN invoice i ON i.id = l.invoice JOIN content c ON c.hash = i.hash
        WHERE i.supplier = ? AND i.customer <> i.supplier AND i.currency = ? AND i.credit = 0
        AND i.issued <= ? AND c.run >= ? AND CAST(l.quantity AS REAL) > 0
        AND CAST(l.price AS REAL) > 0 GROUP BY 1, 2, 3""",
        (books.own, books.currency, books.as_of.isoformat(), 0 if all_runs else store.run),
    )
    found: dict[int, dict[tuple[str, str], tuple[float, float]]] = defaultdict(dict)
    for month, article, unit, quantity, amount in rows:
        found[int(month)][article, unit] = (quantity, amount)
    return found


def levels(cells: Sold, over: range) -> Points:
    """The level of prices by month, 1 in the first; the amount compared as weight."""
    last: dict[tuple[str, str], tuple[int, float]] = {}
    level = 1.0
    points: Points = {}
    for at in over:
        now = cells.get(at, {})
        told = [
            (last[key][1] + log(amount / quantity), amount)
            for key, (quantity, amount) in now.items()
            if key in last and at - last[key][0] <= MEMORY
        ]
        if told:
            level = exp(_middle(told))
        weight = sum(amount for _, amount in told)
        points[at] = (level if told or not last else None, weight)
        for key, (quantity, amount) in now.items():
            last[key] = (at, log(level) - log(amount / quantity))
    return points


def per_unit(cells: Sold, over: range) -> Points:
    """What a mean unit brings by month, in the unit most sold in; nothing with few articles."""
    total: dict[str, float] = defaultdict(float)
    for month in cells.values():
        for (_, unit), (_, amount) in month.items():
            total[unit] += amount
    most = max(total, key=lambda u: (total[u], u), default="")
    articles = {a for month in cells.values() for a, unit in month if unit == most}
    if len(articles) < LEAST:
        return {}
    points: Points = {}
    for at in over:
        mine = [v for (_, unit), v in cells.get(at, {}).items() if unit == most]
        many, amount = sum(q for q, _ in mine), sum(a for _, a in mine)
        points[at] = (amount / many if many else None, many)
    return points


def _middle(told: Sequence[tuple[float, float]]) -> float:
    """The weighted median."""
    half, passed = sum(w for _, w in told) / 2, 0.0
    for value, weight in sorted(told):
        passed += weight
        if passed >= half:
            return value
    return told[-1][0]
