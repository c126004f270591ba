"""What the KBO's extract adds to the facts of a match: told with its source, and never over what
was given by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from baken.facts.vocabulary import load_vocabulary
from baken.registers.kbo_extract.firm import Known, known
from baken.registers.kbo_extract.look import NotThere, told
from baken.registers.notices import speaking, tell

PLACES = frozenset(
    "municipality postal_code province region establishments seat_municipality seat_province "
    "seat_region".split()
)
TRADES = frozenset("nace nace_version activities sector".split())
"""Facts that say one thing in several ways: where one is given, the register's are left out."""


def registered(
    path: Path, number: str, given: Mapping[str, Any], as_of: date, lang: str
) -> tuple[dict[str, Any], list[str]]:
    """Facts to add to ``given``, and what the reader must be told of them.

    Raises:
        BakenError: for what is no company number, or an extract that can't be read.
    """
    try:
        found = known(path, number, lang, "facts.kbo")
    except NotThere:
        with speaking(lang):
            return {}, [tell("kbo_not_there", number=number, day=told(path)["snapshot"])]
    facts = added(found, given, as_of)
    with speaking(lang):
        name = tell("kbo_person") if found.natural else found.name
        shown = "; ".join(_shown(fact, value, lang) for fact, value in facts.items())
        says = tell("kbo_used", source=found.source, name=name, facts=shown)
    return facts, [says, *found.notes]


def added(found: Known, given: Mapping[str, Any], as_of: date) -> dict[str, Any]:
    """The register's facts that nothing given by hand already says."""
    out = {}
    for fact, value in found.facts.items():
        family = next((f for f in (PLACES, TRADES) if fact in f), frozenset({fact}))
        if family & given.keys():
            continue
        if fact == "founded_on" and date.fromisoformat(str(value)) > as_of:
            continue
        out[fact] = value
    return out


def _shown(fact: str, value: Any, lang: str) -> str:
    said = load_vocabulary()[fact]
    labels = {c.value: c.label for c in said.choices}
    if isinstance(value, bool):
        text = tell("kbo_yes" if value else "kbo_no")
    elif isinstance(value, list):
        text = ", ".join(map(str, value[:10])) + (" \u2026" if len(value) > 10 else "")
    else:
        text = labels[value].get(lang, value) if value in labels else str(value)
    return f"{said.label.get(lang) or said.label['nl']}: {text}"
