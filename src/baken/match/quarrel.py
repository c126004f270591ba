"""With whom a firm quarrels, and who settles that: an insurer, a landlord, a bank, its staff."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from baken.kernel.files import own_yaml
from baken.match.payer import without_own_arrears
from baken.match.triage import triage

DATA = Path(__file__).parent / "data"
WITH_STAFF = frozenset({"advocaat", "sociaal-secretariaat"})
STAFF = 0.39
"""From which score. Of the examples, each scored without the tenth that it stands in, 80 % reach
it, of what is said with like words 2 %, of the needs of owners two in a thousand.
"""


def settled_by(text: str) -> frozenset[str]:
    """The organisations, by id, that settle a quarrel which a text tells of.

    >>> sorted(settled_by("Mijn verzekeraar wil niet betalen"))
    ['ombudsman-van-de-verzekeringen']
    """
    said = without_own_arrears(text)
    private, told = _patterns()
    if private.search(said):
        return frozenset()
    doors = frozenset(door for door, pattern in told if pattern.search(said))
    return WITH_STAFF if not doors and is_staff_quarrel(text) else doors


def is_staff_quarrel(text: str) -> bool:
    """Whether the firm has a quarrel with somebody who works or worked there, that goes or may go
    to law; by its meaning.

    >>> is_staff_quarrel("een ontslagen bediende daagt ons voor de rechter")
    True
    >>> is_staff_quarrel("ik zoek een bediende")
    False
    """
    return triage(text).staff >= STAFF


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
