"""Facts that somebody else told of the firm, as the page shows them: each can be called wrong."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from baken.facts.questions import choices_for
from baken.facts.vocabulary import load_vocabulary
from baken.match.registered import PLACES, TRADES
from baken.web.words import fact_label, value_label

MANY_CHOICES = 12
"""A wrong fact with more choices than this is left to the questions."""


@dataclass(frozen=True)
class Row:
    """A fact as the page shows it. ``kind`` says how it is set right: by ``choices``, by words for
    the ``trade``, by the ``place`` of the form, or ``later`` by a question."""

    fact: str
    label: str
    value: str
    kind: str
    choices: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class Registered:
    """What a source adds: ``facts`` for the engine; ``rows`` that hold, ``wrong`` that the owner
    took out, and ``said`` that the owner told otherwise. ``dated`` is the day of which it tells;
    ``missing`` is said where the number does not stand in it; ``past`` is what it told of a time
    too long ago to be used, and ``old`` says so; ``other`` says that another source differs."""

    name: str = ""
    source: str = ""
    facts: Mapping[str, Any] | None = None
    rows: tuple[Row, ...] = ()
    wrong: tuple[Row, ...] = ()
    said: tuple[Row, ...] = ()
    notes: tuple[str, ...] = ()
    stopped: bool = False
    missing: str = ""
    dated: str = ""
    past: tuple[Row, ...] = ()
    old: str = ""
    other: str = ""


def row(fact: str, value: Any, lang: str, as_of: date, shown: str = "") -> Row:
    """A fact with its value in words (``shown``, or as the vocabulary has it)."""
    label = shown or value_label(lang, fact, value, as_of)
    kind = "later"
    choices: tuple[Mapping[str, Any], ...] = ()
    said = load_vocabulary().get(fact)
    if fact in TRADES:
        kind = "trade"
    elif fact in PLACES:
        kind = "place"
    elif said is not None and (said.askable or said.choices):
        options = tuple(c for c in choices_for(said, as_of, lang) if c["value"] is not None)
        other = tuple(c for c in options if c["value"] != value)
        if len(options) <= MANY_CHOICES:
            kind, choices = "choices", other
    return Row(fact, fact_label(lang, fact, value), label, kind, choices)


def otherwise(
    told: Iterable[Row], facts: Mapping[str, Any], denied: Collection[str], lang: str, as_of: date
) -> tuple[Row, ...]:
    """Those that the owner said otherwise (``facts``), without calling them wrong (``denied``)."""

    def differs(one: Row) -> bool:
        said = value_label(lang, one.fact, facts[one.fact], as_of)
        return said.casefold() != one.value.casefold()

    said = (r for r in told if r.fact in facts and r.fact not in denied)
    return tuple(r for r in said if differs(r))
