"""Whether a text tells that the own funds or the net assets of the firm are negative, or may be."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from baken.kernel.files import own_yaml
from baken.match.dialect import plain

CLAUSE = re.compile(r"[,.;:!?\n]+|\b(?:maar|want|omdat|but|and|mais|car|et|en(?! dessous)) ")
"""Where one thing that is said ends and the next begins, in a folded text."""


def tells_negative_equity(text: str) -> bool:
    """Whether the firm says so of itself.

    >>> tells_negative_equity("ons eigen vermogen is negatief, wat nu?")
    True
    >>> tells_negative_equity("ik wil eigen vermogen opbouwen")
    False
    """
    tells, never = _patterns()
    return any(
        tells.search(clause) and not never.search(clause)
        for clause in CLAUSE.split(plain(text))
        if clause
    )


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    raw: dict[str, Any] = own_yaml(Path(__file__).parent / "data" / "negative_equity.yaml")
    words = {name: part.format() for name, part in raw["words"].items()}
    tells, never = (
        re.compile("|".join(part.format(**words) for part in raw[name]))
        for name in ("tells", "never")
    )
    return tells, never
