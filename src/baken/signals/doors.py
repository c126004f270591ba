"""The door at the end of each alarm: what its owner would ask is put to match, which names it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from baken.kernel.errors import BakenError
from baken.signals.alarms import Alarm
from baken.signals.asks import URGENT, ask_of, facts_of
from baken.signals.kinds import say

OFFERS = 3
MOST = 12
"""So many different questions are put to match; alarms that stand come first, red before amber."""
NONE: dict[str, Any] = {"step": None, "door": None, "route": None, "offers": []}
Help = dict[str, Any]
Ask = Callable[[dict[str, Any]], Mapping[str, Any]]
"""Match, as plain JSON values: a query in, an answer out."""


def helped(
    alarms: Sequence[Alarm],
    facts: Mapping[str, Mapping[str, Any]],
    day: date,
    lang: str,
    ask: Ask | None,
) -> list[Help]:
    """For each alarm ``{"query", "step", "door", "route", "offers"}``.

    ``query`` is for ``baken match`` as it stands: with all that the alarms say that stand, or what
    one that is over said. The others come from ``ask``; None and empty without it, and where it
    has no door.
    """
    asked: dict[str, Help] = {}
    found: list[Help] = []
    for alarm in alarms:
        need, mine = ask_of(alarm)[lang], dict(facts.get(alarm.firm, {}))
        if alarm.cleared is not None:
            mine = facts_of([replace(alarm, cleared=None)], alarm.firm)
        query = {"need": need, "facts": mine, "as_of": day.isoformat(), "lang": lang}
        known = {k: v for k, v in mine.items() if k in URGENT}
        key = repr((need, sorted(known.items())))
        if ask is not None and key not in asked and len(asked) < MOST:
            asked[key] = door_for(query | {"facts": known}, ask)
        found.append({"query": query, **asked.get(key, NONE)})
    return found


def door_for(query: dict[str, Any], ask: Ask) -> Help:
    """``{"step", "door", "route", "offers"}`` for a query; None and empty without a door."""
    from baken.landscape.catalogue import load_catalogue

    try:
        answer = ask(query | {"limit": OFFERS})
    except BakenError:
        return NONE
    route = answer["route"]
    if route is None or not route["reasons"]:
        return NONE
    first = route["reasons"][0]
    record = load_catalogue().by_key.get(("organisation", first["id"]))
    return {
        "step": say("step.door", door=first["name"]),
        "door": {**first, "url": record.url if record else None},
        "route": route["id"],
        "offers": [
            {key: o[key] for key in ("id", "type", "name", "verdict", "url")}
            for o in answer["offers"]
            if o["id"] != first["id"]
        ],
    }
