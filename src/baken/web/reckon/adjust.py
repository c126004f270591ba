"""What follows from answers and a template can't say: for which day, and for which kind of aid."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from baken.web.reckon.filled import Filled
from baken.web.reckon.walk import Answers, Slot

Slots = Mapping[str, Slot]


def _room(filled: Filled, slots: Slots, answers: Answers, as_of: date) -> None:
    """The room is that of the kind of aid asked about, also without a new aid: one of nothing."""
    kind = answers.get("regime", ("",))[0] if "regime" in slots else ""
    if "regime" in slots and not kind and all(s.key != "regime" for s, _, _ in filled.defaults):
        filled.defaults.append((slots["regime"], "", "general"))
    granted = answers["granted_on"][0] if "granted_on" in slots else ""
    if "asked" in filled.input or (kind in ("", "general") and not granted):
        return
    day = date.fromisoformat(granted) if granted else as_of
    filled.input["asked"] = {
        "granted_on": day, "amount": Decimal(0), "regime": kind or "general",
    }  # fmt: skip


def _aid(filled: Filled, slots: Slots, answers: Answers, as_of: date) -> None:
    """The rules of the day of granting: as said, else the last day that was named, or today."""
    if "granted" in slots and answers["granted"][0]:
        filled.input["as_of"] = date.fromisoformat(answers["granted"][0])
        return
    days = [date.fromisoformat(d) for d in answers["days"] if d] if "days" in slots else []
    filled.input["as_of"] = max([as_of, *days])
    if "granted" in slots:
        filled.defaults.append((slots["granted"], "", filled.input["as_of"]))


def _size(filled: Filled, slots: Slots, answers: Answers, as_of: date) -> None:
    """The person who decides on a sister firm too is the one with most of the votes, if one has."""
    links = filled.input.get("links", [])
    once: list[dict[str, Any]] = []
    for link in links:
        if link not in once:
            once.append(link)
    known = filled.input.get("enterprises", {})
    me = filled.input.get("enterprise")
    boss = {x["owner"] for x in once if x.get("control") == "appoint_majority"}
    most = [
        x["owner"] for x in once
        if x["owned"] == me and (x.get("voting_pct") or x.get("capital_pct") or 0) > HALF
        and known.get(x["owner"], {}).get("kind") == "natural_person"
    ]  # fmt: skip
    if len(boss) == 1 and len(most) == 1:
        (name,) = boss
        once = [x for x in once if (x["owner"], x["owned"]) != (name, me)]
        once = [{**x, "owner": most[0]} if x["owner"] == name else x for x in once]
        known.pop(name, None)
    if "links" in filled.input:
        filled.input["links"] = once


HALF = 50
"""More than this share of the votes is a majority."""
ADJUST: Mapping[str, Callable[[Filled, Slots, Answers, date], None]] = {
    "de_minimis": _room,
    "aid": _aid,
    "size": _size,
}
