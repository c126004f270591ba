"""The door at the end of each alarm: what its owner would ask is put to match, which names it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from baken.kernel.errors import BakenError

if TYPE_CHECKING:
    from baken.signals.alarms import Alarm

OFFERS = 3
MOST = 12
"""So many different questions are put to match; alarms that stand come first, red before amber."""
NONE: dict[str, Any] = {"step": None, "door": None, "route": None, "offers": []}
Help = dict[str, Any]


def helped(
    alarms: Sequence[Alarm], facts: dict[str, dict[str, Any]], day: date, lang: str, look: bool
) -> list[Help]:
    """For each alarm ``{"query", "step", "door", "route", "offers"}``.

    ``query`` is for ``baken match`` as it stands: with all that the alarms say that stand, or what
    one that is over said. The others come from match, unless ``look`` is false; None and empty
    where it has no door.
    """
    from baken.signals.asks import URGENT, ask_of, facts_of

    asked: dict[str, Help] = {}
    found: list[Help] = []
    for alarm in alarms:
        need, mine = ask_of(alarm)[lang], facts.get(alarm.firm, {})
        if alarm.cleared is not None:
            mine = facts_of([replace(alarm, cleared=None)], alarm.firm)
        query = {"need": need, "facts": mine, "as_of": day.isoformat(), "lang": lang}
        known = {k: v for k, v in mine.items() if k in URGENT}
        key = repr((need, sorted(known.items())))
        if look and key not in asked and len(asked) < MOST:
            asked[key] = _door(query | {"facts": known}, lang)
        found.append({"query": query, **asked.get(key, NONE)})
    return found


def _door(query: dict[str, Any], lang: str) -> Help:
    from baken.landscape.catalogue import load_catalogue
    from baken.match import match
    from baken.signals.kinds import say

    try:
        answer = match(query | {"limit": OFFERS})
    except BakenError:
        return NONE
    if answer.route is None or not answer.route.reasons:
        return NONE
    first = answer.route.reasons[0]
    record = load_catalogue().by_key.get(("organisation", first.id))
    return {
        "step": say("step.door", door=first.name),
        "door": {
            "id": first.id, "name": first.name, "url": record.url if record else None,
            "why": first.why,
        },
        "route": answer.route.id,
        "offers": [
            {"id": o.id, "type": o.type, "name": o.name, "verdict": o.verdict, "url": o.url}
            for o in answer.offers
            if o.id != first.id
        ],
    }  # fmt: skip
