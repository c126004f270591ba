"""Which of the places of one name is meant: asked where the province or region hangs on it."""

from __future__ import annotations

from collections.abc import Mapping

from baken.kernel.errors import BakenError
from baken.registers.lookup import place_facts

PLACE = ("municipality", "postal_code", "province", "region")


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
    return [{"name": p.names.get(lang, p.name), "value": p.name} for p in found.places]
