"""Typed text without signs that no one types and no page shows; a label inside a sentence."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

JOINERS = "\u200c\u200d"
"""Signs without width that belong to the spelling of Persian, and to emoji."""
NAME = re.compile(
    r"I\b|\S+[A-Z\d]|Vlaam|Vlaanderen|Flemish|Flanders|Belg|Brussel|Bruxelles|Waal|Wall|Europe"
)
"""What a word begins with that keeps its capital inside a sentence: a name, an abbreviation."""


def plain(typed: str) -> str:
    """Text in which control signs but line and tab are a space, and without signs that turn the
    reading direction or are otherwise invisible. Letters of every script stay.

    >>> plain("taart \\u202e5201\\u0000"), plain("\\u0645\\u062e\\u0628\\u0632")
    ('taart 5201 ', 'مخبز')
    """
    return "".join(map(_sign, typed.replace("\r\n", "\n")))


def plain_in(value: Any) -> Any:
    """A value as JSON has them, with every text in it as :func:`plain` leaves it.

    >>> plain_in({"place": ["Gent\\u0000", 3, None]})
    {'place': ['Gent ', 3, None]}
    """
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, list):
        return [plain_in(one) for one in value]
    if isinstance(value, dict):
        return {plain(name): plain_in(one) for name, one in value.items()}
    return value


def _sign(sign: str) -> str:
    if sign in "\n\t" or sign in JOINERS:
        return sign
    match unicodedata.category(sign):
        case "Zl" | "Zp":
            return "\n"
        case "Cc":
            return " "
        case "Cf" | "Cs":
            return ""
    return sign


def uncapped(label: str) -> str:
    """A label as it stands inside a sentence: only the first letter of an ordinary word goes down,
    names and abbreviations stay as they are written.

    >>> uncapped("Activiteiten in NACE-BEL 2008"), uncapped("NACE-code"), uncapped("Flemish firm")
    ('activiteiten in NACE-BEL 2008', 'NACE-code', 'Flemish firm')
    """
    return label if NAME.match(label) else label[:1].lower() + label[1:]
