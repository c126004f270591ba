"""Whether the owner tells that the firm belongs to a group of firms.

The heads, turnover and balance sheet of what is linked to a firm count for its size (2003/361/EC,
annex, art. 3 and 6), so that its own figures no longer settle that.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from baken.kernel.files import own_yaml
from baken.match.clauses import clauses
from baken.match.dialect import plain


def tells_group(text: str) -> bool:
    """Whether a text tells of a group, a holding, a parent company or a subsidiary of the firm.

    >>> tells_group("wij zijn een dochterbedrijf van een Duitse groep")
    True
    >>> tells_group("een groep klanten"), tells_group("mijn dochter werkt mee")
    (False, False)
    """
    tells, never, before = _patterns()
    for clause in clauses(plain(text)):
        found = tells.search(clause)
        if found and not never.search(clause) and not before.search(clause[: found.start()]):
            return True
    return False


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What tells a group; what a clause that tells of one never has; what never goes before it."""
    raw: dict[str, Any] = own_yaml(Path(__file__).parent / "data" / "told_group.yaml")
    words = {name: part.format() for name, part in raw["words"].items()}
    tells = "|".join(part.format(**words) for part in raw["tells"])
    return (
        re.compile(tells),
        re.compile("|".join(raw["never"])),
        re.compile("|".join(raw["before"])),
    )
