"""What the register (an extract of the KBO) says of the owner's firm, and what is wrong in it.

The register is read anew with each request: what it says travels in no form, only which of its
facts the owner called wrong. Without an extract nothing is looked up, and more is asked.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings

from baken.facts.questions import choices_for
from baken.facts.vocabulary import load_vocabulary
from baken.kernel.errors import BakenError
from baken.match.registered import PLACES, TRADES, added
from baken.registers.kbo_extract.firm import Known, known
from baken.registers.kbo_extract.look import NotThere
from baken.web.owner.asking import Asked
from baken.web.texts import text
from baken.web.words import fact_label, value_label

UNSHOWN = frozenset({"kbo", "nace_version"})
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
    """What the register adds: ``facts`` for the engine; ``rows`` that hold and ``wrong`` that the
    owner took out. ``missing`` is said where the number does not stand in it."""

    name: str = ""
    source: str = ""
    facts: Mapping[str, Any] | None = None
    rows: tuple[Row, ...] = ()
    wrong: tuple[Row, ...] = ()
    notes: tuple[str, ...] = ()
    stopped: bool = False
    missing: str = ""


def extract() -> Path | None:
    """The extract that the operator took in, if any."""
    path = Path(settings.BAKEN_KBO)
    return path if path.is_file() else None


def fill(asked: Asked, as_of: str) -> None:
    """Add to what was asked what the register says of the number that was given."""
    path, number = extract(), asked.facts.get("kbo")
    if path is None or not isinstance(number, str):
        return
    try:
        found = known(path, number, asked.lang, "facts.kbo")
    except NotThere:
        asked.registered = Registered(missing=text(asked.lang, "journey.kbo.not_there"))
        return
    except BakenError as e:
        # A number that is none is told at its field; an extract that can't be read, to who runs it.
        logging.getLogger("baken.web").warning("the KBO's extract was not read: %s", e.path)
        return
    asked.facts["kbo"] = asked.kbo = found.number
    asked.registered = _registered(found, asked, date.fromisoformat(as_of))


def _registered(found: Known, asked: Asked, as_of: date) -> Registered:
    facts = added(found, asked.facts, as_of)
    out = {f for d in asked.denied for f in family(d)}
    wrong = [f for f in found.facts if f in asked.denied]
    kept = {f: v for f, v in facts.items() if f not in out}
    trades = {"activities"} if "nace" in found.facts else set()
    shown = [f for f in kept if f not in UNSHOWN | trades]
    return Registered(
        found.name,
        found.source,
        kept,
        tuple(_row(f, found, asked.lang, as_of) for f in shown),
        tuple(_row(f, found, asked.lang, as_of) for f in wrong),
        found.notes,
        not found.active,
    )


def family(fact: str) -> frozenset[str]:
    """The facts that say the same in other ways: who calls one wrong, calls all of them wrong."""
    return next((f for f in (PLACES, TRADES) if fact in f), frozenset({fact}))


def _row(fact: str, found: Known, lang: str, as_of: date) -> Row:
    value = found.facts[fact]
    label = value_label(lang, fact, value, as_of)
    if fact in TRADES and found.activities:
        label = found.activities[0].label or label
    kind = "later"
    choices: tuple[Mapping[str, Any], ...] = ()
    said = load_vocabulary().get(fact)
    if fact in TRADES:
        kind = "trade"
    elif fact in PLACES:
        kind = "place"
    elif said is not None and said.askable:
        options = tuple(c for c in choices_for(said, as_of, lang) if c["value"] is not None)
        other = tuple(c for c in options if c["value"] != value)
        if len(options) <= MANY_CHOICES:
            kind, choices = "choices", other
    return Row(fact, fact_label(lang, fact), label, kind, choices)
