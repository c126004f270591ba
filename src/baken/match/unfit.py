"""Who is ill or hurt himself and can't work: that person seeks nobody, and asks of an income."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from baken.kernel.files import own_yaml
from baken.landscape.catalogue import Key, key_of
from baken.landscape.model import Offer
from baken.match.no_work import brief
from baken.match.remembered import remembered

DATA = Path(__file__).parent / "data" / "unfit.yaml"
OTHERS = frozenset({"employer", "employment", "family", "hiring", "labour", "payroll"})


@remembered
def tells_unfit(text: str) -> bool:
    """Whether the one who speaks is ill or hurt and can't work, and says nothing of staff.

    >>> tells_unfit("ik viel van de ladder en kan niet werken")
    True
    >>> tells_unfit("mijn arbeider viel van de ladder en kan niet werken")
    False
    """
    said, found = brief(text), _patterns()
    both = found["self"].search(said) and found["cannot"].search(said)
    return bool(both or found["both"].search(said)) and not found["unless"].search(said)


def helps_unfit(text: str) -> frozenset[Key]:
    """What an adviser names first to who can't work himself, by type and id; empty for others."""
    return frozenset(map(key_of, _data()["helps"])) if tells_unfit(text) else frozenset()


def is_no_use(record: Offer, text: str) -> bool:
    """Whether a record is for who has staff or wants some, or for a birth or care, while the owner
    is ill or hurt himself.
    """
    return tells_unfit(text) and (bool(OTHERS & set(record.tags)) or record.needs[0] == "N13")


@cache
def _data() -> dict[str, Any]:
    found: dict[str, Any] = own_yaml(DATA)
    return found


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    found = _data()
    told = {name: re.compile("|".join(found[name])) for name in ("self", "cannot", "both")}
    return {**told, "unless": re.compile(found["unless"])}
