"""Numbers as people write them here."""

from __future__ import annotations

from decimal import Decimal


def show_number(value: int | Decimal, lang: str) -> str:
    """``1.234,5`` in Dutch and French, ``1,234.5`` in English; no noughts at the end.

    >>> show_number(Decimal("1234.50"), "nl"), show_number(7500, "en")
    ('1.234,5', '7,500')
    """
    text = f"{value:,}"
    if isinstance(value, Decimal):
        text = f"{value.normalize():,f}"
    return text if lang == "en" else text.translate(str.maketrans(",.", ".,"))
