"""Which place is meant: of several of one name, and of what the owner wrote in the question."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from baken.kernel.errors import BakenError
from baken.registers.lookup import place_facts
from baken.registers.place_search import province_meant, unmistakable
from baken.registers.places import Place, municipalities
from baken.registers.text import fold

PLACE = ("municipality", "postal_code", "province", "region")
AT = frozenset({"in", "te", "uit", "at", "a", "from"})
LONGEST = 4
"""So many words the longest name of a municipality has."""
MOST = 3


def which_place(facts: Mapping[str, object], lang: str) -> list[dict[str, str]]:
    """The municipalities of today that the place said can be, by ``name`` in a language and by
    ``value``, which tells it to the engine; none where it is one, or where all lie in one province.

    >>> [p["name"] for p in which_place({"municipality": "Meldert"}, "fr")]
    ['Hoegaarden', 'Lummen', 'Alost']
    """
    said = {name: str(facts[name]) for name in PLACE if name in facts}
    if not said.keys() & {"municipality", "postal_code"}:
        return []
    try:
        found = place_facts(**said)
    except BakenError:
        return []
    if len({(p.region, p.province) for p in found.places}) < 2:
        return []
    return [{"name": p.names.get(lang, p.name), "value": unmistakable(p)} for p in found.places]


def written_places(
    need: str, facts: Mapping[str, object], question: Mapping[str, Any] | None, lang: str
) -> list[dict[str, str]]:
    """The municipalities that the need names ("mijn bakkerij in Gent"), to tap where the place is
    asked. Only to tap: a customer, a fair or a shop that is sought lies somewhere too.

    >>> [p["name"] for p in written_places("mijn zaak in Gent", {}, {"fact": "province"}, "fr")]
    ['Gand']
    """
    if question is None or question["fact"] not in PLACE or facts.keys() & set(PLACE):
        return []
    said = fold(re.sub(r"[-’']", " ", need)).split()
    found: dict[str, Place] = {}
    for at, word in enumerate(said):
        if word not in AT:
            continue
        for words in range(LONGEST, 0, -1):
            place = _by_name().get("".join(said[at + 1 : at + 1 + words]))
            if place:
                found.setdefault(place.nis, place)
                break
    return [{"name": p.names.get(lang, p.name), "value": p.name} for p in found.values()][:MOST]


@cache
def _by_name() -> dict[str, Place]:
    """The municipalities of today by each of their names, without spaces and signs. One of three
    letters or fewer ("As", "Ham") is a word as well and is left out; so is one whose name means
    a province elsewhere ("Limburg"): that stands among the answers already.
    """
    named = (
        (re.sub(r"[^a-z]", "", fold(name)), place)
        for place in municipalities().values()
        for name in place.names.values()
        if not province_meant(name)
    )
    return {name: place for name, place in named if len(name) > 3}
