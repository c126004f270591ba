"""What an adviser names first to who tells a thing in so many words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from baken.kernel.files import own_yaml
from baken.landscape.catalogue import Key, key_of
from baken.match.dialect import plain
from baken.match.no_work import helps_to_train, helps_without_work
from baken.match.others import BRIEF, helps_who_is_owed
from baken.match.remembered import remembered
from baken.match.told_start import helps_to_start
from baken.match.unfit import helps_unfit

DATA = Path(__file__).parent / "data"
CARE = "care"


@dataclass(frozen=True)
class _Row:
    """One thing that is told by its words, or by an event, and what helps with it."""

    name: str
    told: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    trouble: bool
    event: str
    helps: frozenset[Key]


def first_named(text: str, heard: Mapping[str, Sequence[str]], trouble: bool) -> frozenset[Key]:
    """What an adviser names first to who says this, by type and id: to whom customers owe money, to
    who has no work for the staff, to who can't work himself, and what the rows of the data tell;
    empty for most.

    Args:
        heard: the facts that the words tell, each with what they tell of it.
        trouble: whether there are signs that the firm can't go on.
    """
    said, events = _said(text), heard.get("event", ())
    helps = (
        row.helps
        for row in _rows()
        if (row.event in events if row.event else row.name in said and (trouble or not row.trouble))
    )
    return _without_rows(text).union(*helps)


def tells_care(text: str) -> bool:
    """Whether somebody near to the speaker is ill, and not the speaker.

    >>> tells_care("mijn vrouw is ziek en ik sta er alleen voor"), tells_care("ik ben ziek")
    (True, False)
    """
    return CARE in _said(text)


@remembered
def _without_rows(text: str) -> frozenset[Key]:
    by_text = (helps_who_is_owed, helps_without_work, helps_unfit, helps_to_start, helps_to_train)
    return frozenset[Key]().union(*(helps(text) for helps in by_text))


@remembered
def _said(text: str) -> frozenset[str]:
    """The names of the rows whose words a text says; none of a long one."""
    folded = plain(text)
    if len(folded.split()) > BRIEF:
        return frozenset()

    def denied(row: _Row) -> bool:
        return row.unless is not None and row.unless.search(folded) is not None

    told = (r for r in _rows() if not r.event and r.told is not None and r.told.search(folded))
    return frozenset(row.name for row in told if not denied(row))


@cache
def _rows() -> tuple[_Row, ...]:
    raw: list[dict[str, Any]] = own_yaml(DATA / "first_named.yaml")
    return tuple(
        _Row(
            row["name"],
            re.compile("|".join(row["told"])) if "told" in row else None,
            re.compile(row["unless"]) if "unless" in row else None,
            bool(row.get("trouble")),
            row.get("event", ""),
            frozenset(map(key_of, row["helps"])),
        )
        for row in raw
    )
