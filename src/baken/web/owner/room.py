"""The room for small aid (de minimis): what the owner typed at the plan, and what the firm does."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Any

from baken.kernel.errors import BakenError
from baken.landscape.most import Project
from baken.landscape.together import room_in
from baken.law.deminimis import Regime
from baken.web import engine
from baken.web.owner.asking import Asked
from baken.web.reckon.model import Part
from baken.web.reckon.parse import Wrong, canonical

ROOM = "de_minimis_room_left"
FAMILY = "de_minimis"
REGIMES: tuple[Regime, ...] = ("general", "agriculture", "fishery")


def typed_amount(asked: Asked, name: str) -> Decimal | None:
    """An amount that was typed at the plan.

    Raises:
        Wrong: for what is none.
    """
    plain = canonical(Part(name, "euro", {}), asked.project.get(name, ""), asked.lang)
    return Decimal(plain) if plain else None


def regime_of(asked: Asked, today: date) -> Regime | None:
    """Which ceiling is the firm's own; None where it isn't known what it does."""
    need = "" if asked.no_trade else asked.need
    found: Regime | None = engine.small_aid_regime(
        asked.all_facts, need, today.isoformat(), asked.lang
    )
    return found


def room_told(asked: Asked, today: date) -> dict[str, bool]:
    """Whether there is room left, as a fact, where what was typed settles that: of a firm of which
    the trade is not known, by every ceiling that may be its own."""
    with suppress(Wrong, BakenError):
        received = typed_amount(asked, "received")
        if received is None:
            return {}
        own = regime_of(asked, today)
        rooms = {
            None if (left := room_in(Project(received=received, regime=r), today).room) is None
            else left > 0
            for r in ([own] if own else REGIMES)
        }  # fmt: skip
        settled = rooms.pop() if len(rooms) == 1 else None
        return {} if settled is None else {ROOM: settled}
    return {}


def only_without_room(offer: Mapping[str, Any], record: Mapping[str, Any]) -> bool:
    """Whether an offer does not fit for no other reason than that there is no room for it."""
    small = {c["id"] for c in record["conditions"] if c["family"] == FAMILY}
    unmet = {r["condition"] for r in offer["reasons"] if r["met"] is False}
    return offer["verdict"] == "excluded" and bool(unmet) and unmet <= small
