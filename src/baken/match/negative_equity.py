"""Whether a text tells that the own funds or the net assets of the firm are negative, or may be;
and whether they are below half of its capital."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from baken.kernel.files import own_yaml
from baken.match.clauses import clauses
from baken.match.dialect import plain


def tells_negative_equity(text: str) -> bool:
    """Whether the firm says so of itself.

    >>> tells_negative_equity("ons eigen vermogen is negatief, wat nu?")
    True
    >>> tells_negative_equity("ik wil eigen vermogen opbouwen")
    False
    """
    return _told("tells", text)


def tells_half_lost(text: str) -> bool:
    """Whether the firm says that less than half of its capital is left.

    >>> tells_half_lost("het netto-actief van onze nv is minder dan de helft van het kapitaal")
    True
    >>> tells_half_lost("meer dan de helft van het kapitaal is van mijn broer")
    False
    """
    return _told("half", text)


def tells_half_lost_of_nv(text: str) -> bool:
    """Whether it is told of a firm that is called an nv, if not as one's own form.

    >>> tells_half_lost_of_nv("het netto-actief van de nv is onder de helft van het kapitaal")
    True
    """
    return tells_half_lost(text) and re.search(r"\bnv\b", plain(text)) is not None


def _told(name: str, text: str) -> bool:
    patterns = _patterns()
    return any(
        patterns[name].search(clause) and not patterns["never"].search(clause)
        for clause in clauses(plain(text))
    )


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    raw: dict[str, Any] = own_yaml(Path(__file__).parent / "data" / "negative_equity.yaml")
    words = {name: part.format() for name, part in raw["words"].items()}
    return {
        name: re.compile("|".join(part.format(**words) for part in raw[name]))
        for name in ("tells", "half", "never")
    }
