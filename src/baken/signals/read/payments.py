"""Payments received, as bank statements tell them, to be held beside the invoices they pay.

They live as long as a reading: what people write with a payment goes into no series and no store.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

_WORD = re.compile(r"[0-9A-Za-z][0-9A-Za-z./\-_]*")
_STRUCTURED = re.compile(r"(?<!\d)\d{3}/?\d{4}/?\d{5}(?!\d)")
_SIGNS = re.compile(r"[^0-9A-Z]+")


class Payment(NamedTuple):
    """Money in: its day, how much, in what, and what was written with it."""

    day: date
    amount: Decimal
    currency: str
    said: str


def plain(text: str) -> str:
    """A number without signs, in capitals: ``2025-0012`` and ``2025/0012`` are one.

    >>> plain("+++091/0000/12345+++"), plain("f-2025/12")
    ('091000012345', 'F202512')
    """
    return _SIGNS.sub("", text.upper())


def named_in(said: str) -> Iterator[str]:
    """What may be the number or reference of an invoice in a text, each once, plain.

    >>> list(named_in("factuur 2025-0012, 2025-0013"))
    ['FACTUUR', '20250012', '20250013']
    >>> list(named_in("+++091/0000/12345+++"))
    ['091000012345']
    """
    found = dict.fromkeys(plain(m[0]) for m in _STRUCTURED.finditer(said))
    rest = _STRUCTURED.sub(" ", said)
    yield from dict.fromkeys([*found, *(plain(m[0]) for m in _WORD.finditer(rest))])
