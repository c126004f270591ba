"""Kinds of fields as people write them: numbers, amounts in euros, days.

What can be read in two ways is refused with both readings, never guessed. The text of a number in
YAML or JSON is known as long as it is a ``Decimal``: 200.000 keeps its three noughts.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal

from pydantic import BeforeValidator

A_DAY = "a day as YYYY-MM-DD, such as 2026-06-30"
A_NUMBER = "a number such as 1234.56"
A_TEXT = "a text: put quotes around it"
_PLAIN = re.compile(r"[-+]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
"""A number of YAML 1.2 and JSON, in tens: no 010, 0x10, 1_000 or 1:30."""
_TWO_WAYS = re.compile(r"[-+]?[1-9][0-9]{0,2}[.,][0-9]{3}")
_GROUPED = re.compile(
    r"(?P<whole>[-+]?[1-9][0-9]{0,2}(?P<mark>[ ._,'\u00a0\u202f])[0-9]{3}(?:(?P=mark)[0-9]{3})*)"
    r"(?:[.,](?P<cents>[0-9]{1,2}))?"
)
_COMMA = re.compile(r"[-+]?[0-9]+,[0-9]+")
_LED = re.compile(r"[-+]?0+[1-9][0-9]*(?:\.[0-9]+)?")
_MIDNIGHT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T00:00(?::00(?:\.0+)?)?Z?)?")


def meant(text: str) -> str:
    """How a number should be written that was written with other marks.

    >>> meant("1.000.000,50"), meant("1_000"), meant("200,5"), meant("200,000"), meant("010")
    ('1000000.50', '1000', '200.5', '200000 or 200.00', '10')
    """
    if _TWO_WAYS.fullmatch(text):
        return both_ways(text)
    grouped = _GROUPED.fullmatch(text)
    if grouped:
        cents = grouped["cents"]
        return re.sub(r"[^-+0-9]", "", grouped["whole"]) + (f".{cents}" if cents else "")
    if _LED.fullmatch(text):
        return re.sub(r"^([-+]?)0+", r"\1", text)
    return text.replace(",", ".") if _COMMA.fullmatch(text) else A_NUMBER


def both_ways(text: str) -> str:
    """The two readings of three digits behind a point or comma: thousands, or a fraction.

    >>> both_ways("200.000")
    '200000 or 200.00'
    """
    short = Decimal(text.replace(",", ".")).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{re.sub(r'[.,]', '', text)} or {short}"


def two_ways(value: Decimal) -> str | None:
    """Both readings of an amount with exactly three decimals, None of another.

    >>> two_ways(Decimal("200.000")), two_ways(Decimal("200.00")), two_ways(Decimal("1200.000"))
    ('200000 or 200.00', None, None)
    """
    if value.as_tuple().exponent != -3:
        return None
    text = str(value)
    return both_ways(text) if _TWO_WAYS.fullmatch(text) else None


def _number(raw: object) -> object:
    """A text must be a plain number; other than that the type of the field decides."""
    if isinstance(raw, bool):
        raise ValueError(f"'{str(raw).lower()}' is no number; expected {A_NUMBER}")
    if isinstance(raw, str):
        text = raw.strip()
        if not _PLAIN.fullmatch(text):
            raise ValueError(f"'{text[:40]}' is no plain number; expected {meant(text[:40])}")
        return Decimal(text)
    return raw


def _euros(raw: object) -> object:
    found = _number(raw)
    value = Decimal(repr(found)) if isinstance(found, float) else found
    if isinstance(value, Decimal):
        readings = two_ways(value)
        if readings is not None:
            raise ValueError(f"{value} can be read in two ways; expected {readings}")
    return found


def _day(raw: object) -> object:
    """A day of the calendar; a number is none (it would be taken as seconds since 1970)."""
    if isinstance(raw, datetime):
        if raw.time() == time():
            return raw.date()
    elif isinstance(raw, date):
        return raw
    elif isinstance(raw, str):
        found = _MIDNIGHT.fullmatch(raw.strip())
        try:
            if found:
                return date.fromisoformat(found[1])
        except ValueError:
            pass
    raise ValueError(f"'{str(raw)[:40]}' is no day; expected {A_DAY}")


NUMBER = BeforeValidator(_number)
"""For ``Annotated[Decimal, ...]``: a number, never one that YAML 1.1 or Python read otherwise."""
EUROS = BeforeValidator(_euros)
"""For ``Annotated[Decimal, ...]``: as ``NUMBER``, and no 200.000, which can be 200 or 200,000."""
DAY = BeforeValidator(_day)
