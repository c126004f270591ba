"""An instrument and the organisation of the same name: one place on the page, not two."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from baken.match.named import words_of

Offer = Mapping[str, Any]
SPARE = 2
"""So many offers more are asked for than places are free: they may be twins themselves."""
_BRACKETS = re.compile(r"\([^)]*\)")


def joined(answer: Mapping[str, Any], more: Callable[[int], Sequence[Offer]]) -> dict[str, Any]:
    """The answer with each such pair as one offer, and the next best in the places that are free.

    The instrument stands where the first of both stood, with the organisation as its ``twin``. What
    is shown as a door already is no offer as well. The answer for programs is not changed by this.

    Args:
        more: the offers of the same query with so many more of them.
    """
    usable = [o for o in answer["offers"] if o["verdict"] != "excluded"]
    excluded = [o for o in answer["offers"] if o["verdict"] == "excluded"]
    told = (answer.get("route") or {}).get("reasons", [])
    doors = [{"type": "organisation", "id": r["id"], "name": r["name"]} for r in told]
    kept = [o for o in paired(usable) if not is_door(o, doors)]
    free = len(usable) - len(kept)
    if free:
        seen = {(o["type"], o["id"]) for o in answer["offers"]}
        for offer in more(free + SPARE):
            if not free:
                break
            new = (offer["type"], offer["id"]) not in seen and offer["verdict"] != "excluded"
            new = new and not is_door(offer, doors)
            if new and not any(_alike(offer, o) for o in usable):
                kept.append(dict(offer))
                free -= 1
    return {**answer, "offers": [*kept, *excluded]}


def is_door(offer: Offer, doors: Sequence[Offer]) -> bool:
    """Whether this is one of the doors, or an instrument of its name."""
    key = (offer["type"], offer["id"])
    return any(key == (d["type"], d["id"]) or _alike(offer, d) for d in doors)


def paired(offers: Sequence[Offer]) -> list[dict[str, Any]]:
    """The offers, in their order, with each organisation inside the instrument of its name."""
    out: list[dict[str, Any]] = []
    for offer in offers:
        at = next((i for i, o in enumerate(out) if _alike(offer, o) and "twin" not in o), None)
        if at is None:
            out.append(dict(offer))
        elif offer["type"] == "instrument":
            out[at] = {**offer, "twin": out[at]}
        else:
            out[at] = {**out[at], "twin": offer}
    return out


def _alike(one: Offer, other: Offer) -> bool:
    """Whether these are an instrument and an organisation of one name, but for what is in brackets.

    Of one id a name may go on: "Dyzo vzw" and "Dyzo vzw: advies". A loan of microStart and its
    guidance are two offers, though they share an id. An adviser and the advisers are one.
    """
    if {one["type"], other["type"]} != {"instrument", "organisation"}:
        return False
    if one["id"] != other["id"] and one["id"].rstrip("s") == other["id"].rstrip("s"):
        return True
    short, long = sorted((_bare(one["name"]), _bare(other["name"])), key=len)
    return short == long or (one["id"] == other["id"] and long[: len(short)] == short)


def _bare(name: str) -> tuple[str, ...]:
    return words_of(_BRACKETS.sub(" ", name)) or words_of(name)
