"""On which day an invoice was paid, by payments that name it: its number, or its reference.

An amount alone is no proof: many customers owe the same. A payment may name several invoices, and
an invoice be paid in parts.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from baken.signals.ledger.books import Booking
from baken.signals.read.payments import Payment, named_in, plain

LONGEST = 730
"""Days after which a payment is for another invoice of that number."""
SURE = 6
"""A number shorter than this may be anything: it counts where the amount is that of the invoice."""

WHOLE = Decimal("0.98")
"""So much of an invoice is the whole: a discount for cash may be taken off."""


class Paid:
    """Payments by what they name."""

    def __init__(self, payments: Sequence[Payment], currency: str) -> None:
        self._named: dict[str, list[Payment]] = {}
        for one in payments:
            if one.currency == currency and one.amount > 0:
                for name in named_in(one.said):
                    self._named.setdefault(name, []).append(one)

    def day(self, sale: Booking) -> date | None:
        """The day on which a sale was paid whole; None where no payment tells."""
        names = {plain(sale.number), plain(sale.reference)} - {""}
        owed = sale.net if sale.gross is None else sale.gross
        found = {
            id(one): one
            for name in names
            for one in self._named.get(name, ())
            if 0 <= (one.day - sale.day).days <= LONGEST
            and (len(name) >= SURE or one.amount == owed)
        }
        got = Decimal(0)
        for one in sorted(found.values(), key=lambda p: p.day):
            got += one.amount
            if got >= owed * WHOLE:
                return one.day
        return None
