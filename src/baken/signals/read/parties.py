"""Which firm a party of an invoice is: one id, however the invoice names it.

A Belgian firm is its KBO number in normal form (``0200.065.765``), whether it is given as 0208, as
VAT number (9925, ``BE0200065765``) or without a scheme. Another firm is its VAT number, else its
legal number, address or name, each with where it comes from before a colon.
"""

from __future__ import annotations

import re
from functools import lru_cache

from baken.kernel.errors import BakenError
from baken.registers.kbo import enterprise
from baken.signals.read.ubl import RawParty

KBO_SCHEMES = frozenset({"0208", "9925", "9956", "BE:CBE", "BE:VAT", "BE:EN"})
"""Schemes of an identifier that a Belgian firm can stand under; the last three are old ones."""
_BELGIAN = re.compile(r"^(?:BE[\s.]*)?[01](?:[\s.]*\d){9}$|^BE[\s.]*\d(?:[\s.]*\d){8}$")
_SIGNS = re.compile(r"[\s.\-/]+")
MAX_ID = 100


def _kbo(scheme: str, text: str, country: str) -> str:
    """The KBO number in a text, or ``""``."""
    if not text or len(text) > 30:
        return ""
    bare = text[5:] if text[:5] in ("0208:", "9925:") else text
    if not _BELGIAN.match(bare.upper()):
        return ""
    known = scheme in KBO_SCHEMES or bare[:2].upper() == "BE"
    if not known and not (scheme in ("", "VAT") and country in ("", "BE")):
        return ""
    try:
        return enterprise(bare)
    except BakenError:
        return ""


@lru_cache(maxsize=20_000)
def party_id(party: RawParty) -> str:
    """The id of a party; ``""`` when nothing names it."""
    for scheme, text in (party.legal, ("VAT", party.vat), party.endpoint, *party.others):
        if found := _kbo(scheme, text, party.country):
            return found
    if party.vat:
        return _SIGNS.sub("", party.vat).upper()[:MAX_ID]
    for scheme, text in (party.legal, party.endpoint, *party.others):
        if text:
            return f"{scheme or 'id'}:{_SIGNS.sub('', text).upper()}"[:MAX_ID]
    name = " ".join(party.name.casefold().split())
    return f"name:{name}"[:MAX_ID] if name else ""
