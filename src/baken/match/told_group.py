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
    >>> tells_group("onze leverancier is failliet en hoort bij een groep")
    False
    """
    tells, never, before, own = _patterns()
    of_another = False  # whom the clause before told of: the next may be of that one still
    for clause in clauses(plain(text)):
        found = tells.search(clause)
        ahead = clause[: found.start()] if found else clause
        of_another = bool(before.search(ahead)) or (of_another and not own.search(clause))
        if found and not never.search(clause) and not of_another:
            return True
    return False


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """What tells a group; what a clause that tells of one never has; what never goes before it;
    what tells that a clause is of the firm itself.
    """
    raw: dict[str, Any] = own_yaml(Path(__file__).parent / "data" / "told_group.yaml")
    words = {name: part.format() for name, part in raw["words"].items()}
    tells = "|".join(part.format(**words) for part in raw["tells"])
    return (
        re.compile(tells),
        re.compile("|".join(raw["never"])),
        re.compile("|".join(raw["before"])),
        re.compile("|".join(raw["own"])),
    )
