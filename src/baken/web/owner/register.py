"""What the register (an extract of the KBO) says of the owner's firm, and what is wrong in it.

The register is read anew with each request: what it says travels in no form, only which of its
facts the owner called wrong. Without an extract nothing is looked up, and more is asked.
"""

from __future__ import annotations

import logging
from datetime import date
from pathlib import Path

from django.conf import settings

from baken.kernel.errors import BakenError
from baken.match.registered import PLACES, TRADES, added
from baken.registers.kbo_extract.firm import Known, known
from baken.registers.kbo_extract.look import NotThere
from baken.web.owner import booked
from baken.web.owner.asking import Asked
from baken.web.owner.rows import Registered, Row, otherwise, row
from baken.web.texts import text
from baken.web.words import day

UNSHOWN = frozenset({"kbo", "nace_version"})
ACTIVE = "active_in_kbo"


def extract() -> Path | None:
    """The extract that the operator took in, if any."""
    path = Path(settings.BAKEN_KBO)
    return path if path.is_file() else None


def fill(asked: Asked, as_of: str) -> None:
    """Add to what was asked what the register says of the number that was given, and what follows
    from the accounts."""
    _look_up(asked, as_of)
    booked.fill(asked, as_of)


def _look_up(asked: Asked, as_of: str) -> None:
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
    said = (
        _row(f, found, asked.lang, as_of)
        for f in found.facts
        if f in asked.facts and f not in UNSHOWN
    )
    return Registered(
        found.name,
        found.source.replace(found.snapshot, day(asked.lang, found.snapshot)),
        kept,
        tuple(_row(f, found, asked.lang, as_of) for f in shown),
        tuple(_row(f, found, asked.lang, as_of) for f in wrong),
        otherwise(said, asked.facts, asked.denied, asked.lang, as_of),
        found.notes,
        _is_stopped(found, asked),
        dated=found.snapshot,
    )


def _is_stopped(found: Known, asked: Asked) -> bool:
    """Whether the firm stopped by the register, and its owner did not say otherwise."""
    denied = ACTIVE in asked.denied or asked.facts.get(ACTIVE) is True
    return found.facts.get(ACTIVE) is False and not denied


def family(fact: str) -> frozenset[str]:
    """The facts that say the same in other ways: who calls one wrong, calls all of them wrong."""
    return next((f for f in (PLACES, TRADES) if fact in f), frozenset({fact}))


def _row(fact: str, found: Known, lang: str, as_of: date) -> Row:
    label = found.activities[0].label if fact in TRADES and found.activities else ""
    return row(fact, found.facts[fact], lang, as_of, label)
