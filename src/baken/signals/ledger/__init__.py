"""From stored e-invoices to series, per month and per week, without a question.

:func:`ledger` makes them from a store; :func:`read_invoices` reads paths and makes them at once.
Names of customers and suppliers stand in no series: those say ``klant-a``, and
:attr:`Ledger.names` tells the firm's own page who that is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from baken.kernel.errors import BakenError
from baken.signals.ledger.books import Books, bookings, open_books, own_side
from baken.signals.ledger.figures import (
    Half,
    Points,
    comers,
    concentration,
    leavers,
    means,
    ratio,
    sums,
)
from baken.signals.ledger.names import ABOUT, alias_words
from baken.signals.ledger.paid import Paid
from baken.signals.ledger.periods import STEPS, Step, index, label
from baken.signals.ledger.prices import Prices, articles
from baken.signals.ledger.sold import levels, per_unit, sold
from baken.signals.read.payments import Payment
from baken.signals.read.store import Progress, Store
from baken.signals.series import Reading, Rejected, Series


@dataclass
class Ledger:
    """The series of one firm and what belongs to its own page only.

    ``names`` goes from ``klant-a``, ``leverancier-a``, ``leverancier-a.artikel-a`` to real names;
    ``rejected`` is what was left out of the figures, ``notes`` what was mended or taken in one way.
    """

    own: str
    own_name: str
    currency: str
    monthly: list[Series] = field(default_factory=list)
    weekly: list[Series] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    rejected: list[Rejected] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def ledger(
    store: Store,
    as_of: date,
    own: str | None = None,
    *,
    all_runs: bool = False,
    payments: Sequence[Payment] = (),
) -> Ledger:
    """Every series that the documents of the last run (or of all runs) give, as known at ``as_of``.

    ``own`` is a company number, or None for the party most often there. ``payments`` are
    those that name the sales which they pay. Raises
    :class:`BakenError` (path ``own``) when it is not clear whose documents these are.
    """
    books = open_books(store, as_of, own, all_runs)
    sales, purchases = Half(), Half()
    bought, wanted = articles(store, books, all_runs)
    prices = Prices(store, wanted)
    paid = Paid(payments, books.currency) if payments else None
    waited: dict[Step, dict[int, list[int]]] = {step: {} for step in STEPS}
    for b in bookings(store, books, all_runs):
        (sales if b.side == "sale" else purchases).add(b)
        if b.side == "purchase" and b.id and not b.lowers:
            prices.add(b.id, b.party, b.day)
        if paid and b.side == "sale" and b.id and not b.lowers and (day := paid.day(b)):
            for step in STEPS:
                waited[step].setdefault(index(day, step), []).append((day - b.day).days)
    result = Ledger(books.own, books.own_name, books.currency)
    matter = concentration(sales, "month", sales.periods("month", as_of))[2]
    letters = store.aliases(books.own, "klant", matter.order)
    klant = {p: f"klant-{letters[p]}" for p in matter.order if p in matter.top}
    result.names = {alias: sales.names[party] or party for party, alias in klant.items()}
    artikel = {}
    sellers = store.aliases(books.own, "leverancier", [a.supplier for a in bought])
    for article in wanted:
        seller = f"leverancier-{sellers[article.supplier]}"
        same = [f"{a.code}|{a.unit}" for a in bought if a.supplier == article.supplier]
        codes = store.aliases(books.own, article.supplier, same)
        alias = f"{seller}.artikel-{codes[f'{article.code}|{article.unit}']}"
        artikel[article] = alias
        result.names[seller] = purchases.names.get(article.supplier) or article.supplier
        result.names[alias] = wanted[article]
    for step in STEPS:
        made = result.monthly if step == "month" else result.weekly
        over = sales.periods(step, as_of)
        found = _sales(sales, step, over, as_of)
        found["days_to_payment"] = means(waited[step], over) if waited[step] else {}
        for party, alias in klant.items():
            cells = sales.cells[step]
            found[f"sales.{alias}"] = {
                at: (float(cells[at][party].net) if party in cells.get(at, {}) else 0.0, None)
                for at in over
            }
        if step == "month":
            own_articles = sold(store, books, all_runs)
            found["sold.price"] = levels(own_articles, over) if own_articles else {}
            found["sold.unit"] = per_unit(own_articles, over)
        over = purchases.periods(step, as_of)
        found["purchases"] = sums(purchases, step, over, lambda c: c.net)
        for article, alias in artikel.items():
            found[f"price.{alias}"] = prices.points(article, step, over)
        made.extend(_series(n, p, step, books) for n, p in found.items() if p)
    result.rejected, result.notes = books.rejected, books.notes
    return result


def _sales(sales: Half, step: Step, over: range, as_of: date) -> dict[str, Points]:
    if not over:
        return {}
    plain = sums(sales, step, over, lambda c: c.plain)
    count = sums(sales, step, over, lambda c: c.count)
    back = sums(sales, step, over, lambda c: c.plain - c.net)
    one, five, _ = concentration(sales, step, over)
    return {
        "sales": sums(sales, step, over, lambda c: c.net),
        "invoices": count,
        "average_invoice": ratio(plain, count),
        "customers": sums(sales, step, over, lambda c: 1 if c.count else 0),
        "customers_new": comers(sales, step, over),
        "customers_lost": leavers(sales, step, over, as_of),
        "share_largest": one,
        "share_five": five,
        "credit_notes": sums(sales, step, over, lambda c: c.credits),
        "credit_share": ratio({p: (max(0.0, v or 0.0), w) for p, (v, w) in back.items()}, plain),
        "days_to_due": means(sales.terms[step], over),
    }


def _series(name: str, points: Points, step: Step, books: Books) -> Series:
    head, _, rest = name.partition(".")
    about = ABOUT.get(name) or ABOUT[f"{head}.*" if rest else name]
    weights = tuple(w for _, w in points.values())
    return Series(
        id=name,
        periods=tuple(label(at, step) for at in points),
        values=tuple(v for v, _ in points.values()),
        bad=about.bad,
        kind=about.kind,
        frequency=step,
        firm=books.own,
        name=about.nl.format(alias_words(rest)),
        unit=books.currency if about.unit == "money" else about.unit,
        weights=weights if any(w is not None for w in weights) else (),
    )


def read_invoices(
    paths: Sequence[Path],
    as_of: date,
    own: str | None = None,
    *,
    store: Path | None = None,
    workers: int | None = None,
    progress: Callable[[Progress], None] | None = None,
    weekly: bool = False,
) -> Reading:
    """Paths to series: what ``baken watch`` needs of e-invoices.

    Where it is not clear whose invoices they are, that is a question of the reading. Raises
    :class:`BakenError` for a path that is not there, and where nothing could be read.
    """
    with Store(store) as opened:
        opened.read(paths, workers=workers, progress=progress)
        rejected = list(opened.rejected())
        try:
            made = ledger(opened, as_of, own)
        except BakenError as e:
            if e.path == "own" and own is None:
                return Reading([], rejected, [_whose(opened)])
            if not e.path and rejected:
                return Reading([], rejected)
            raise
    return Reading(made.weekly if weekly else made.monthly, rejected + made.rejected)


def _whose(store: Store) -> dict[str, object]:
    return {
        "id": "own",
        "file": "",
        "text": {
            "nl": "Welke van deze firma's is die van jou?",
            "en": "Which of these firms is yours?",
            "fr": "Laquelle de ces entreprises est la vôtre ?",
        },
        "choices": [{"value": p, "text": n or p} for p, n, _ in own_side(store, False)[:20]],
    }
