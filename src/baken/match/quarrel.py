"""With whom a firm quarrels, and who settles that: an insurer, a landlord, a bank."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from baken.kernel.files import own_yaml
from baken.match.payer import without_own_arrears

DATA = Path(__file__).parent / "data"


def settled_by(text: str) -> frozenset[str]:
    """The organisations, by id, that settle a quarrel which a text tells of.

    >>> sorted(settled_by("Mijn verzekeraar wil niet betalen"))
    ['ombudsman-van-de-verzekeringen']
    """
    said = without_own_arrears(text)
    private, told = _patterns()
    if private.search(said):
        return frozenset()
    return frozenset(door for door, pattern in told if pattern.search(said))


@cache
def _patterns() -> tuple[re.Pattern[str], tuple[tuple[str, re.Pattern[str]], ...]]:
    """What makes a quarrel private; and what tells of one, with who settles it."""
    found = own_yaml(DATA / "quarrels.yaml")
    words: dict[str, str] = found["words"]
    told = []
    for row in found["quarrels"]:
        parts = [part.format(who=row["with"], **words) for part in row["patterns"]]
        told.append((row["settled_by"], re.compile("|".join(parts))))
    return re.compile(found["private"]), tuple(told)
