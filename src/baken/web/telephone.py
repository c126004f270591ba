"""Whether a telephone number that somebody types can be one, and what is wrong where it can't.

Only what is typed anew is looked at: a number that was kept before stays, and what another device
types is held beside it by its last digits alone (:mod:`baken.web.handover.proof`).
"""

from __future__ import annotations

import re

from baken.web.typed import digits

SIGNS = re.compile(r"\+?[\d\s./()-]+")
"""What stands in a number, as people write it."""
BELGIUM, ABROAD, TRUNK = "32", "00", "0"
MOBILE, LANDLINE = 9, 8
"""Digits of a Belgian number after the 0 or +32."""
LIEGE = ("42", "43")
"""How landlines of Liège begin after the 0, which is the 04 of mobile numbers too."""
LEAST, MOST = 8, 15
"""Digits of a number with its country (ITU-T E.164: fifteen at most)."""


def phone_fault(typed: str) -> str:
    """What is wrong with a number: the name of its text below ``send.wrong``, or nothing.

    Source: the Belgian numbering plan (royal decree of 27 April 2007 on the numbering space, kept
    by BIPT, https://www.bipt.be/operators/numbering). A national number is a 0 and eight digits; a
    mobile one, from 044 on, a 0 and nine. In the zone of Liège (042, 043) it is eight. Ranges that
    nobody uses yet are not refused: BIPT gives out new ones.

    >>> phone_fault("0478 12 34 5"), phone_fault("+32 (0)470 12 34 56")
    ('phone_mobile', '')
    """
    said = digits(typed)
    if not SIGNS.fullmatch(typed) or len(said) > len(ABROAD) + MOST or len(set(said)) < 2:
        return "phone"
    if typed.startswith("+"):
        return _with_country(said)
    if said.startswith(ABROAD):
        return _with_country(said.removeprefix(ABROAD))
    if said.startswith(TRUNK):
        return _belgian(said.removeprefix(TRUNK))
    if not _belgian(said) or (said.startswith(BELGIUM) and not _with_country(said)):
        return ""  # the 0 or the + was left out, and nothing else
    return "phone" if len(said) < LEAST else "phone_start"


def _with_country(number: str) -> str:
    if number.startswith(BELGIUM):
        return _belgian(number.removeprefix(BELGIUM).removeprefix(TRUNK))
    if number.startswith(TRUNK):
        return "phone"
    return "" if LEAST <= len(number) <= MOST else "phone_abroad"


def _belgian(number: str) -> str:
    """The same of a Belgian number without its 0 or +32."""
    if not number or number.startswith(TRUNK):
        return "phone"
    if number.startswith("4") and not number.startswith(LIEGE):
        return "" if len(number) == MOBILE else "phone_mobile"
    return "" if len(number) == LANDLINE else "phone_fixed"
