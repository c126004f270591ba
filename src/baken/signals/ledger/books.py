"""A firm's own documents out of a store: each counted once, on the right side, in one currency."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from baken.kernel.errors import BakenError
from baken.registers.kbo import enterprise
from baken.signals.read.invoices import ADVANCES, NO_SALE
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
        side, why = _side(d, books)
        if why or side is None:
            books.rejected.append(Rejected(d.name, None, why))
            continue
        if d.currency != books.currency:
            apart.setdefault(d.currency, []).append(d.net)
            why = f"it is in {d.currency}; the figures are in {books.currency} and are not mixed"
            books.rejected.append(Rejected(d.name, None, why))
            continue
        if d.mended:
            books.notes.append(f"{d.name}: {d.mended}")
        if before and _numbered_as(d, before):
            books.notes.append(
                f"{d.name}: it has the number of {before.name} and another date: both count; take "
                "out one that the other replaces"
            )
        if d.type in ADVANCES:
            party = d.customer if side == "sale" else d.supplier
            advances.setdefault((party, side), []).append(d)
        elif d.prepaid > 0:
            finals.append((d, side))
        if not books.own_name:
            books.own_name = d.supplier_name if side == "sale" else d.customer_name
        yield _booking(d, side, d.net)
    for currency, nets in sorted(apart.items()):
        books.notes.append(f"{len(nets)} documents in {currency} stand apart: {sum(nets)} in all")
    for d, side in sorted(finals, key=lambda x: (x[0].issued, x[0].key)):
        party = d.customer if side == "sale" else d.supplier
        taken = _advances_of(d, advances.get((party, side), []))
        if taken:
            yield _booking(d, side, -sum((a.net for a in taken), Decimal(0)))._replace(id=0)
        elif d.net:
            books.notes.append(
                f"{d.name}: {d.prepaid} {d.currency} was prepaid, but no invoice of an advance "
                "was found: its whole amount counts"
            )


def _side(d: Document, books: Books) -> tuple[Side | None, str]:
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
    party, name = (d.customer, d.customer_name) if side == "sale" else (d.supplier, d.supplier_name)
    lowers = d.credit or d.net < 0
    return Booking(
        d.id, side, party, name, d.issued, d.due, net, d.gross, lowers, d.number, d.reference
    )


def _twice(d: Document, first: Document) -> str:
    why = f"the same invoice as {first.name} (seller, number, date and type), counted once"
    if (d.net, d.currency, d.customer) != (first.net, first.currency, first.customer):
        why += f"; it says something else, though: {d.net} {d.currency}, not {first.net}"
    return why


def _numbered_as(d: Document, before: Document) -> bool:
    """Whether an invoice may be another one again, corrected: numbers start anew once a year."""
    one, other = ((x.supplier, x.customer, x.number, x.type, x.currency) for x in (d, before))
    return one == other and not d.credit and (d.issued - before.issued).days <= SOON


def _advances_of(final: Document, open_ones: list[Document]) -> list[Document]:
    """The advances that a final invoice settles (named, or of its sum), taken out of the open."""
    before = [a for a in open_ones if a.issued <= final.issued and not a.credit]
    named = [a for a in before if a.number in final.corrects]
    taken = named
    if not named:
        gross = [a.net if a.gross is None else a.gross for a in before]
        if before and sum(gross) == final.prepaid:
            taken = before
        else:
            taken = [a for a, g in zip(before, gross, strict=True) if g == final.prepaid][:1]
    for a in taken:
        open_ones.remove(a)
    return taken
