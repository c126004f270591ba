"""Verbs that go with a series' name: ``omzet zakt``, ``kosten stijgen``, ``sales have``."""

from __future__ import annotations

import re
from collections.abc import Mapping

from baken.signals.read.words import words_in

NL = {
    "down": ("zakt", "zakken", "zakte", "zakten"),
    "up": ("stijgt", "stijgen", "steeg", "stegen"),
    "wider": ("schommelt", "schommelen", "schommelde", "schommelden"),
    "lasts": ("ligt", "liggen", "lag", "lagen"),
    "is": ("is", "zijn", "was", "waren"),
}
EN = ("has", "have", "had", "had")
DUTCH, ENGLISH = ("en", "'s", "as", "ns"), ("s",)
"""How names of many things end."""
REST = re.compile(
    r"[,(:]|\b(?:van|aan|per|tot|die|in|met|op|bij|voor|onder|below|of|to|as|until|for|with|from)\b",
    re.I,
)
"""Where the first part of a name ends: what follows does not decide about the verb."""
ONE = frozenset(
    "aantal aandeel omzet verkoop gemiddelde totaal som prijs percentage vermogen eigen kas winst"
    " geld marge number share average total price amount turnover revenue business cash loss"
    " money".split()
)
"""Words that make a name one thing, though it may end as if it were many."""


def verb(name: Mapping[str, str], way: str, past: bool = False) -> dict[str, str]:
    """The verb in each language for a name in each; French sentences have none.

    A name that people gave is the same in all, and may be in any of them.

    >>> verb({"nl": "kosten", "en": "kosten"}, "up")
    {'nl': 'stijgen', 'en': 'have', 'fr': ''}
    >>> verb({"nl": "geld buiten", "en": "money out"}, "up")["nl"]
    'stijgt'
    >>> verb({"nl": "dagen onder nul", "en": "days below nought"}, "up")["nl"]
    'stijgen'
    >>> verb({"nl": "aantal klanten", "en": "number of customers"}, "down")
    {'nl': 'zakt', 'en': 'has', 'fr': ''}
    """
    form = 2 if past else 0
    dutch, english = _many(name["nl"], DUTCH), _many(name["en"], ENGLISH)
    if name["nl"] == name["en"]:
        dutch = english = dutch or english
    return {"nl": NL[way][form + dutch], "en": EN[form + english], "fr": ""}


def _many(name: str, ends: tuple[str, ...]) -> bool:
    """Whether a name stands for many things, by how its first part ends."""
    head = REST.split(name.replace("_", " ").strip(), maxsplit=1)[0].strip().casefold()
    words = words_in(head)
    if not words or ONE & set(words) or head.endswith("ss"):
        return False
    return head.endswith(ends) and len(words[-1]) > 3
