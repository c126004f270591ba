"""Whether what an owner asks can't wait a week, and the words by which a plan is made."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from baken.kernel.files import own_yaml
from baken.match.others import own_words
from baken.match.words import fold

Shown = Mapping[str, Any]
TO_STOP = "N14"
"""The need of who may have to stop."""
CRISIS = "R1"
"""The route of a firm that can't go on as it is."""


@cache
def words(name: str) -> Any:
    """One list of words of ``data/plan_words.yaml``."""
    return own_yaml(Path(__file__).parent / "data" / "plan_words.yaml")[name]


def is_pressing(answer: Shown, need: str) -> bool:
    """Whether the first steps are for today: the firm is in trouble, or it may have to stop and
    the words say that something happens now.

    >>> may_stop = {"needs": [{"code": "N14"}]}
    >>> is_pressing(may_stop, "morgen staat de deurwaarder hier")
    True
    >>> is_pressing(may_stop, "ik wil mijn winkel overlaten aan mijn dochter")
    False
    """
    if answer.get("urgent") or (answer.get("route") or {}).get("id") == CRISIS:
        return True
    may_stop = TO_STOP in [n["code"] for n in answer.get("needs", [])]
    return may_stop and says_one_of(own_words(fold(need)), words("hurry"))


def says_one_of(folded: str, of: Sequence[str]) -> bool:
    """Whether a word of ``of`` begins somewhere in a folded text."""
    return any(re.search(rf"\b{re.escape(w)}", folded) for w in of)


def is_court(record: Shown) -> bool:
    """Whether a record is of a court, or of what a court gives."""
    told = record.get("provider") or (record.get("names") or {}).get("nl") or ""
    return any(w in fold(told) for w in words("court"))


def is_safety_net(record: Shown) -> bool:
    """Whether an organisation is there for who is in trouble, and is no court."""
    helps = record.get("kind") == "crisis_support" and "safety_net" in record.get("roles", ())
    return helps and not is_court(record)
