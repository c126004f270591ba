"""One e-invoice (Peppol BIS 3: UBL Invoice or CreditNote) as a small record with its sign right.

Amounts are :class:`~decimal.Decimal` in the document's own currency. ``net`` is what a sale adds:
the amount without VAT, turned round for a credit note (whose own figures are positive), so that a
credit note and a negative invoice both lower sales and a negative credit note raises them.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from baken.kernel.errors import BakenError
from baken.signals.read.parties import party_id
from baken.signals.read.ubl import Raw, RawLine, prepare
from baken.signals.read.ubl_fast import fast
from baken.signals.read.ubl_slow import slow

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)
"""Between these an invoice in UBL can be dated; outside is a slip of a program or a person."""
CREDIT_TYPES = frozenset(
    {"81", "83", "261", "262", "296", "308", "381", "396", "420", "458", "532"}
)
SELF_BILLED = frozenset({"261", "389"})
"""The customer wrote it, in the name of the supplier: still a sale of the supplier."""
ADVANCES = frozenset({"211", "218", "219", "326", "386"})
"""Part of a sale, before the final invoice: an advance, an interim or a partial invoice."""
NO_SALE = frozenset({"325"})
"""A proforma invoice asks for nothing."""
_INVOICE_TYPES = frozenset(
    """71 80 82 84 102 130 202 203 204 211 218 219 295 325 326 331 380 382 383 384 385 386 387 388
    389 390 393 394 395 456 457 527 553 575 623 633 751 780 817 870 875 876 877 935""".split()
)
MAX_LINES = 20_000
_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,12}(?:\.[0-9]{0,18})?|\.[0-9]{1,18})").fullmatch
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:Z|[+-][0-9]{2}:[0-9]{2})?").fullmatch


class Line(NamedTuple):
    """A line with a price: ``article`` is the seller's code, else the standard code, else the name.

    ``price`` is for one ``unit`` (a code of UN/ECE, such as KGM), without VAT; ``quantity`` is as
    the document has it, not turned round on a credit note.
    """

    article: str
    name: str
    unit: str
    quantity: Decimal
    price: Decimal


class Invoice(NamedTuple):
    """What Baken keeps of one document; see the module for signs."""

    supplier: str
    supplier_name: str
    customer: str
    customer_name: str
    number: str
    issued: date
    due: date | None
    type: str
    currency: str
    net: Decimal
    gross: Decimal | None
    prepaid: Decimal
    credit: bool
    corrects: tuple[str, ...]
    reference: str
    lines: tuple[Line, ...]
    mended: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Equal for one document that came twice: numbers are unique per supplier, and may restart.

        A self-billed document has its number from the customer, so that one stands in the key too.
        """
        who = f"{self.supplier}<{self.customer}" if self.type in SELF_BILLED else self.supplier
        return f"{who}|{self.number}|{self.issued}|{self.type}"


def read_invoice(data: bytes, name: str = "") -> Invoice:
    """One document.

    Raises :class:`BakenError` (path ``name``) with a plain reason for what is no invoice, is broken
    or unsafe, or lacks what a series needs.
    """
    clean, mended = prepare(data, name)
    return meaning(fast(clean) or slow(clean, name, data), name, mended)


def meaning(raw: Raw, name: str = "", mended: tuple[str, ...] = ()) -> Invoice:
    """The record of what a reader found; errors as :func:`read_invoice`."""
    if not raw.number or len(raw.number) > 200:
        problem = "the number is over 200 characters" if raw.number else "there is no number"
        raise BakenError(name, problem, "cbc:ID")
    kind, credit = _kind(raw, name)
    issued = _day(raw.issued)
    if issued is None or not FIRST_DAY <= issued <= LAST_DAY:
        problem = (
            f"the date {raw.issued[:20]!r} cannot be right" if raw.issued else "it has no date"
        )
        raise BakenError(name, problem, f"cbc:IssueDate from {FIRST_DAY} to {LAST_DAY}")
    due = _day(raw.due)
    if raw.due and (due is None or not FIRST_DAY <= due <= LAST_DAY):
        due, mended = None, (*mended, f"the due date {raw.due[:20]!r} was left out")
    supplier, customer = party_id(raw.supplier), party_id(raw.customer)
    if not supplier or not customer:
        problem = "it does not tell who " + ("buys" if supplier else "sells")
        raise BakenError(name, problem, "a company number, VAT number or name of both parties")
    net = _amount(raw.net)
    if net is None:
        problem = f"the amount {raw.net[:30]!r} is no number" if raw.net else "there is no amount"
        raise BakenError(name, problem, "cbc:TaxExclusiveAmount")
    currency = raw.currency or raw.net_currency
    if not (len(currency) == 3 and currency.isascii() and currency.isupper()):
        raise BakenError(name, f"the currency {currency[:20]!r} is not known", "such as EUR")
    if raw.net_currency and raw.net_currency != currency:
        problem = f"the amount is in {raw.net_currency[:20]}, the invoice in {currency}"
        raise BakenError(name, problem, "one currency")
    gross = _amount(raw.gross)
    if len(raw.lines) > MAX_LINES:
        raise BakenError(name, f"it has over {MAX_LINES} lines", "one invoice")
    return Invoice(
        supplier,
        raw.supplier.name[:200],
        customer,
        raw.customer.name[:200],
        raw.number,
        issued,
        due,
        kind,
        currency,
        -net if credit else net,
        None if gross is None else -gross if credit else gross,
        _amount(raw.prepaid) or Decimal(0),
        credit,
        tuple(dict.fromkeys(n[:200] for n in raw.corrects[:100])) if raw.corrects else (),
        raw.reference[:140],
        tuple(line for one in raw.lines if (line := _line(one))),
        mended,
    )


def _kind(raw: Raw, name: str) -> tuple[str, bool]:
    """The code of the type, and whether the type turns the amounts round."""
    code = raw.type or ("381" if raw.root == "CreditNote" else "380")
    if raw.root == "CreditNote":
        known, credit = CREDIT_TYPES, True
    else:
        known, credit = _INVOICE_TYPES | CREDIT_TYPES, code in CREDIT_TYPES
    if code not in known:
        raise BakenError(name, f"{code[:20]!r} is no type of {raw.root}", "such as 380 or 381")
    return code, credit


@lru_cache(maxsize=4096)
def _day(text: str) -> date | None:
    found = _DAY(text)
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def _amount(text: str) -> Decimal | None:
    """A decimal under a million million; None for exponents, NaN and thousands separators too."""
    return Decimal(text) if _NUMBER(text) else None


def _line(raw: RawLine) -> Line | None:
    """A line that has a quantity and a price; the price made that of one unit."""
    code, name, unit, quantity, price, per = raw
    article = code or name
    bought, asked = _amount(quantity), _amount(price)
    if bought is None or asked is None or not article:
        return None
    if per and per != "1" and (many := _amount(per)) and many > 0:
        asked = asked / many
    return Line(article[:120], name[:120], unit[:10], bought, asked)
