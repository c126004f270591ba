"""What a text tells of others who can't pay: customers, suppliers, insurers, tenants.

That is no trouble of the firm itself yet. Customers who owe it something make it a creditor: what
is there for a firm that can't go on, or against a loss that is still to come, it does not ask.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from baken.kernel.files import own_yaml
from baken.landscape.catalogue import Key, key_of
from baken.match.denied import without_denied
from baken.match.dialect import plain
from baken.match.own_voice import in_own_voice

DATA = Path(__file__).parent / "data"
BRIEF = 20
"""A text of more words tells more than who owes whom."""


@dataclass(frozen=True)
class _Told:
    """The patterns of the data file."""

    away: re.Pattern[str]
    own: re.Pattern[str]
    owed: re.Pattern[str]
    beforehand: re.Pattern[str]
    bankrupt: re.Pattern[str]
    abroad: re.Pattern[str]
    helps: Mapping[str, frozenset[Key]]


def own_words(folded: str) -> str:
    """A text without what it tells of others who can't pay, and without what it denies.

    >>> own_words("mijn klant is failliet en ik heb schulden")
    'mijn   en ik heb schulden'
    """
    told = _told()
    folded = in_own_voice(without_denied(folded))

    def left(found: re.Match[str]) -> str:
        return found[0] if told.own.search(folded[: found.start()]) else " "

    return told.away.sub(left, folded)


def is_owed(text: str) -> bool:
    """Whether a text is about customers who owe the firm something that they do not pay, or late.

    >>> is_owed("mijn klanten betalen altijd te laat"), is_owed("ik kan mijn klant niet betalen")
    (True, False)
    """
    told, folded = _told(), in_own_voice(plain(text))
    if len(folded.split()) > BRIEF or told.beforehand.search(folded):
        return False
    return any(not told.own.search(folded[: found.start()]) for found in told.owed.finditer(folded))


def is_owed_abroad(text: str) -> bool:
    """Whether the customers who owe the firm something are in another country.

    >>> is_owed_abroad("mijn klant in Duitsland betaalt niet")
    True
    """
    return is_owed(text) and _told().abroad.search(plain(text)) is not None


def helps_who_is_owed(text: str) -> frozenset[Key]:
    """What an adviser names to whom customers owe money, by type and id; empty for all others. Of
    a bankrupt customer no bailiff collects any more, and of one abroad no Belgian one.
    """
    if not is_owed(text):
        return frozenset()
    told = _told()
    if told.bankrupt.search(plain(text)):
        return told.helps["bankrupt"]
    return told.helps["abroad" if is_owed_abroad(text) else "late"]


@cache
def _told() -> _Told:
    raw: dict[str, Any] = own_yaml(DATA / "others.yaml")
    words = {name: part.format() for name, part in raw["words"].items()}

    def pattern(*parts: str) -> re.Pattern[str]:
        return re.compile("|".join(part.format(**words) for part in parts))

    return _Told(
        pattern(*raw["away"]),
        pattern(raw["own"]),
        pattern(*raw["owed"]),
        re.compile(raw["beforehand"]),
        pattern(r"\b{bankrupt}"),
        re.compile(raw["abroad"]),
        {name: frozenset(map(key_of, keys)) for name, keys in raw["helps"].items()},
    )
