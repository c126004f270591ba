"""Numbers as people and programs write them: ``1.234,56``, ``1,234.56``, ``(12)``, ``12-``.

One number can often be read in two ways: ``1.234`` is a thousand in Belgium and a little over one
in a program. So each says what it is a sign of, and a whole file decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Literal

Mark = Literal[".", ","]
"""The sign before the decimals."""
Sign = Literal["dot", "comma", "dot?", "comma?", "plain"]
"""What a number tells: the decimal sign is a dot, or a comma, or it is ``1.234`` (dot?) or
``1,234`` (comma?), which may be a thousand; or nothing (plain)."""

MAX_NUMBER = Decimal(10) ** 18
LEAST = Decimal(10) ** -18
"""Nearer to nought than this a number is nought."""
MISSING = frozenset({"", "-", "--", "–", "nan", "na", "n/a", "null", "none", "nvt", "n.v.t."})
"""Texts that stand for a value that is not there."""
CURRENCY = re.compile(r"€|\$|£|\b(?:eur|euro|usd|gbp|chf)\b\.?", re.I)
CURRENCIES = {"€": "EUR", "euro": "EUR", "$": "USD", "£": "GBP"}
SHAPE = re.compile(r"[0-9][0-9.,' ]*(?:e[+-]?[0-9]{1,3})?|[.,][0-9]+", re.I)
GROUPS = {s: re.compile(rf"[0-9]{{1,3}}(?:{re.escape(s)}[0-9]{{3}})+") for s in ".,' "}
ERROR = re.compile(
    r"#(?:DIV/0!|DEEL/0!|N/A|N/B|REF!|VERW!|VALUE!|WAARDE!|VALEUR!|NAME\?|NAAM\?|NOM\?|NUM!|GETAL!"
    r"|NOMBRE!|NULL!|LEEG!|NUL!|SPILL!|CALC!|BUSY!|GETTING_DATA)"
)
"""A formula in a spreadsheet that went wrong, in English, Dutch and French."""


def is_missing(text: str) -> bool:
    """Whether a cell says that there is no value."""
    bare = text.strip().lower()
    if bare in MISSING:
        return True
    if bare[0].isdigit():
        return False
    rest = CURRENCY.sub("", bare).strip()
    return bool(rest) and rest in MISSING


def currency_of(text: str) -> str | None:
    """The currency that a cell names, as three letters."""
    found = CURRENCY.search(text)
    if found is None:
        return None
    word = found.group().lower().rstrip(".")
    return CURRENCIES.get(word, word.upper())


def _bare(text: str) -> tuple[str, bool] | None:
    """Digits and marks alone, and whether the number is negative; None where it is no number."""
    body = CURRENCY.sub("", text.replace("\u2212", "-").replace("\u2019", "'")).strip(" \u00a0\t")
    body = re.sub("[\u00a0\u202f\u2009]", " ", body)
    negative = False
    if body.startswith("(") and body.endswith(")"):
        negative, body = True, body[1:-1].strip()
    elif body.startswith("-"):
        negative, body = True, body[1:].strip()
    elif body.endswith("-"):
        negative, body = True, body[:-1].strip()
    elif body.startswith("+"):
        body = body[1:].strip()
    body = body.removesuffix("%").strip()
    if not SHAPE.fullmatch(body):
        return None
    return body, negative


@lru_cache(maxsize=100_000)
def sign_of(text: str) -> Sign | None:
    """What a number tells of the decimal sign; None where it is no number at all."""
    bare = _bare(text)
    if bare is None:
        return None
    body = re.split("[eE]", bare[0])[0]
    dots, commas = body.count("."), body.count(",")
    if dots and commas:
        last: Mark = "." if body.rindex(".") > body.rindex(",") else ","
        return _named(last) if _value(body, last) is not None else None
    if not dots and not commas:
        return "plain" if _value(body, ".") is not None else None
    mark: Mark = "." if dots else ","
    other: Mark = "," if dots else "."
    if dots + commas > 1:
        return _named(other) if GROUPS[mark].fullmatch(body) and body[0] != "0" else None
    if _value(body, mark) is None:
        return None
    if GROUPS[mark].fullmatch(body) and not body.startswith("0"):
        return "dot?" if dots else "comma?"
    return _named(mark)


def number(text: str, mark: Mark) -> Decimal | None:
    """The number in a text with this decimal sign; None where it is none, or is over 10^18.

    >>> number("1.234,56-", ","), number("€ (12.50)", "."), number("1 234", ",")
    (Decimal('-1234.56'), Decimal('-12.50'), Decimal('1234'))
    """
    bare = _bare(text)
    if bare is None:
        return None
    body, negative = bare
    value = _value(body, mark)
    if value is None or abs(value) > MAX_NUMBER:
        return None
    if abs(value) < LEAST:
        return Decimal(0)
    return -value if negative else value


def _named(mark: Mark) -> Sign:
    return "dot" if mark == "." else "comma"


def _value(body: str, mark: Mark) -> Decimal | None:
    whole, point, rest = body.partition(mark)
    power = ""
    tail = re.split("[eE]", rest if point else whole)
    if len(tail) == 2:
        power = "e" + tail[1]
        whole, rest = (whole, tail[0]) if point else (tail[0], "")
    if not all(c in "0123456789" for c in rest):
        return None
    if not whole.isdigit() and whole:
        between = [s for s in ".,' " if s in whole]
        if len(between) != 1 or not GROUPS[between[0]].fullmatch(whole):
            return None
        whole = whole.replace(between[0], "")
    if not whole and not rest:
        return None
    try:
        return Decimal(f"{whole or '0'}.{rest or '0'}{power}").normalize() + 0
    except InvalidOperation:
        return None


@dataclass
class Style:
    """What the numbers of one file tell together, with an example of each that is in doubt."""

    dot: bool = False
    comma: bool = False
    dot_doubt: str = ""
    comma_doubt: str = ""

    def see(self, text: str) -> Sign | None:
        """Takes in one number."""
        sign = sign_of(text)
        if sign == "dot":
            self.dot = True
        elif sign == "comma":
            self.comma = True
        elif sign == "dot?":
            self.dot_doubt = self.dot_doubt or text.strip()
        elif sign == "comma?":
            self.comma_doubt = self.comma_doubt or text.strip()
        return sign

    def see_all(self, texts: Iterable[str]) -> Style:
        """Takes in many."""
        for text in texts:
            self.see(text)
        return self

    @property
    def doubt(self) -> str:
        """One number that can be read in two ways, where there is one."""
        return self.dot_doubt or self.comma_doubt

    def mark(self) -> Mark | None:
        """How numbers in doubt are read; None where there are some and nothing, or too much,
        tells."""
        if self.dot != self.comma:
            return "." if self.dot else ","
        return None if self.doubt else "."


def read_number(text: str, mark: Mark) -> Decimal | None:
    """The number in a text: by what it tells itself, and where it does not, by ``mark``.

    >>> read_number("12.50", ","), read_number("1.234", ",")
    (Decimal('12.5'), Decimal('1234'))
    """
    sign = sign_of(text)
    if sign is None:
        return None
    own: dict[str, Mark] = {"dot": ".", "comma": ","}
    return number(text, own.get(sign, mark))
