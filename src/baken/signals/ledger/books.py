"""A firm's own documents out of a store: each counted once, on the right side, in one currency."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from baken.kernel.errors import BakenError
from baken.registers.kbo import enterprise
from baken.signals.read.invoices import ADVANCES, NO_SALE, Invoice
from baken.signals.read.store import Document, Store
from baken.signals.series import Rejected

Side = Literal["sale", "purchase"]
_HERE = "FROM invoice i JOIN content c ON c.hash = i.hash WHERE c.run >= ?"
SOON = 92
"""Days within which a number that stands twice is more likely a correction than a new year's."""
OWN = "the company number of your own firm"


class Booking(NamedTuple):
    """One document as the firm sees it. ``lowers``: a credit note, or an invoice below nought;
    ``net`` is without VAT, ``gross`` with it."""

    id: int
    side: Side
    party: str
    name: str
    day: date
    due: date | None
    net: Decimal
    gross: Decimal | None
    lowers: bool
    number: str
    reference: str


@dataclass
class Books:
    """Whose documents these are, in which currency, and what was set aside or mended on the way."""

    own: str
    currency: str
    as_of: date
    rejected: list[Rejected] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    own_name: str = ""


def own_side(store: Store, all_runs: bool) -> list[tuple[str, str, int]]:
    """The parties that stand most often on the documents, with name and count: best first.

    More than one is given only where they stand equally often.
    """
    rows = store.db.execute(
        f"""SELECT party, MAX(name), COUNT(DISTINCT key) AS many FROM (
        SELECT supplier AS party, supplier_name AS name, key {_HERE} UNION ALL
        SELECT customer, customer_name, key {_HERE}) GROUP BY party ORDER BY many DESC, party""",  # noqa: S608
        [0 if all_runs else store.run] * 2,
    ).fetchall()
    return [(party, name, many) for party, name, many in rows if many == rows[0][2]]


def _currencies(store: Store, own: str, all_runs: bool) -> dict[str, int]:
    """How many documents of a firm are in each currency."""
    rows = store.db.execute(
        f"""SELECT currency, COUNT(*) {_HERE} AND (supplier = ? OR customer = ?)
        GROUP BY currency""",
        (0 if all_runs else store.run, own, own),
    )
    return dict(rows.fetchall())


def open_books(store: Store, as_of: date, own: str | None, all_runs: bool) -> Books:
    """The firm and its currency: the one most used on its documents, EUR where two are equal.

    Raises :class:`BakenError` when the store is empty, when ``own`` is on no document, or when two
    parties stand equally often and none was named (``near`` names them).
    """
    if own is None:
        best = own_side(store, all_runs)
        if not best:
            raise BakenError("", "there is no invoice that could be read", "e-invoices (UBL)")
        if len(best) > 1:
            problem = f"{len(best)} parties stand equally often on the invoices"
            raise BakenError("own", problem, OWN, near=[p for p, _, _ in best[:5]])
        own = best[0][0]
    used = _currencies(store, own, all_runs)
    if not used:
        own = enterprise(own.removeprefix("0208:").removeprefix("9925:"), "own")
        used = _currencies(store, own, all_runs)
    if not used:
        raise BakenError("own", f"{own} is a party to none of the invoices", OWN)
    most = max(used.values())
    tied = sorted(c for c, n in used.items() if n == most)
    return Books(own, "EUR" if "EUR" in tied else tied[0], as_of)


def bookings(store: Store, books: Books, all_runs: bool) -> Iterator[Booking]:
    """Each document of the firm once; the rest goes into ``books`` with its reason.

    An advance counts when it is invoiced, and is taken off the final invoice that says it was
    prepaid, so that it is not sold twice.
    """
    first: Document | None = None
    apart: dict[str, list[Decimal]] = {}
    advances: dict[tuple[str, Side], list[Document]] = {}
    finals: list[tuple[Document, Side]] = []
    for d in store.documents(all_runs):
        if first is not None and d.key == first.key:
            books.rejected.append(Rejected(d.name, None, _twice(d, first)))
            continue
        first, before = d, first
        paper = d.paper
        side, why = _side(paper, books)
        if why or side is None:
            books.rejected.append(Rejected(d.name, None, why))
            continue
        if paper.currency != books.currency:
            apart.setdefault(paper.currency, []).append(paper.net)
            why = (
                f"it is in {paper.currency}; the figures are in {books.currency} and are not mixed"
            )
            books.rejected.append(Rejected(d.name, None, why))
            continue
        books.notes.extend(f"{d.name}: {mended}" for mended in paper.mended)
        if before and _numbered_as(d, before):
            books.notes.append(
                f"{d.name}: it has the number of {before.name} and another date: both count; take "
                "out one that the other replaces"
            )
        if paper.type in ADVANCES:
            party = paper.customer if side == "sale" else paper.supplier
            advances.setdefault((party, side), []).append(d)
        elif paper.prepaid > 0:
            finals.append((d, side))
        if not books.own_name:
            books.own_name = paper.supplier_name if side == "sale" else paper.customer_name
        yield _booking(d, side, paper.net)
    for currency, nets in sorted(apart.items()):
        books.notes.append(f"{len(nets)} documents in {currency} stand apart: {sum(nets)} in all")
    for d, side in sorted(finals, key=lambda x: (x[0].paper.issued, x[0].key)):
        paper = d.paper
        party = paper.customer if side == "sale" else paper.supplier
        taken = _advances_of(d, advances.get((party, side), []))
        if taken:
            yield _booking(d, side, -sum((a.paper.net for a in taken), Decimal(0)))._replace(id=0)
        elif paper.net:
            books.notes.append(
                f"{d.name}: {paper.prepaid} {paper.currency} was prepaid, but no invoice of an "
                "advance was found: its whole amount counts"
            )


def _side(d: Invoice, books: Books) -> tuple[Side | None, str]:
    if d.supplier == d.customer:
        return None, "seller and buyer are the same firm"
    if books.own not in (d.supplier, d.customer):
        return None, f"your firm ({books.own}) is neither seller nor buyer"
    if d.type in NO_SALE:
        return None, "a proforma invoice is no sale"
    if d.issued > books.as_of:
        return None, f"it is dated {d.issued}, after {books.as_of}"
    return ("sale" if d.supplier == books.own else "purchase"), ""


def _booking(d: Document, side: Side, net: Decimal) -> Booking:
    p = d.paper
    party, name = (p.customer, p.customer_name) if side == "sale" else (p.supplier, p.supplier_name)
    lowers = p.credit or p.net < 0
    return Booking(
        d.id, side, party, name, p.issued, p.due, net, p.gross, lowers, p.number, p.reference
    )


def _twice(d: Document, first: Document) -> str:
    one, other = d.paper, first.paper
    why = f"the same invoice as {first.name} (seller, number, date and type), counted once"
    if (one.net, one.currency, one.customer) != (other.net, other.currency, other.customer):
        why += f"; it says something else, though: {one.net} {one.currency}, not {other.net}"
    return why


def _numbered_as(d: Document, before: Document) -> bool:
    """Whether an invoice may be another one again, corrected: numbers start anew once a year."""
    papers = (d.paper, before.paper)
    one, other = ((p.supplier, p.customer, p.number, p.type, p.currency) for p in papers)
    soon = (d.paper.issued - before.paper.issued).days <= SOON
    return one == other and soon and not d.paper.credit


def _advances_of(final: Document, open_ones: list[Document]) -> list[Document]:
    """The advances that a final invoice settles (named, or of its sum), taken out of the open."""
    before = [a for a in open_ones if a.paper.issued <= final.paper.issued and not a.paper.credit]
    named = [a for a in before if a.paper.number in final.paper.corrects]
    taken = named
    if not named:
        gross = [a.paper.net if a.paper.gross is None else a.paper.gross for a in before]
        if before and sum(gross) == final.paper.prepaid:
            taken = before
        else:
            taken = [a for a, g in zip(before, gross, strict=True) if g == final.paper.prepaid][:1]
    for a in taken:
        open_ones.remove(a)
    return taken
