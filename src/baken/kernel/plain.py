"""Typed text without signs that no one types and no page shows."""

from __future__ import annotations

import unicodedata

JOINERS = "\u200c\u200d"
"""Signs without width that belong to the spelling of Persian, and to emoji."""


def plain(typed: str) -> str:
    """Text in which control signs but line and tab are a space, and without signs that turn the
    reading direction or are otherwise invisible. Letters of every script stay.

    >>> plain("taart \\u202e5201\\u0000"), plain("\\u0645\\u062e\\u0628\\u0632")
    ('taart 5201 ', 'مخبز')
    """
    return "".join(map(_sign, typed.replace("\r\n", "\n")))


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
