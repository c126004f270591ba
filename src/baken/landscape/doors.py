"""Doors by municipality: who sits there or works for it, who is near, and who is for all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from baken.kernel.errors import BakenError
from baken.landscape.availability import availability
from baken.landscape.model import Offer, Organisation
from baken.registers.areas import Area, area_map
from baken.registers.lookup import place_facts
from baken.registers.places import Place, municipalities

FIRST = frozenset({"door", "safety_net"})
"""Roles of who is there for a first question or in trouble."""


@dataclass(frozen=True)
class Doors:
    """What a firm in one municipality finds.

    ``here``: organisations with an office there, and measures made for it; ``near``: the same in
    the other municipalities of its area on the map; ``province``: organisations for its province or
    with an office elsewhere in it; ``region``: first doors and safety nets for its whole region or
    country, wherever they sit.
    """

    here: tuple[Offer, ...]
    near: tuple[Offer, ...]
    province: tuple[Offer, ...]
    region: tuple[Offer, ...]


def usable(records: Iterable[Offer], as_of: date) -> list[Offer]:
    """What can be had, without organisations that say that they serve no individual firms."""
    return [
        r
        for r in records
        if availability(r, as_of) != "closed"
        and not (isinstance(r, Organisation) and r.serves_firms == "no")
    ]


def counts(records: Iterable[Offer], as_of: date) -> Mapping[str, int]:
    """NIS code to how many organisations and measures are at home there; noughts left out."""
    found: dict[str, int] = {}
    for record in usable(records, as_of):
        for nis in at_home(record):
            found[nis] = found.get(nis, 0) + 1
    return found


def count_in(records: Iterable[Offer], area: Area) -> int:
    """How many of these records are at home somewhere in an area; each counts once."""
    inside = set(area.municipalities)
    return sum(bool(inside & at_home(r)) for r in records)


def doors_at(records: Iterable[Offer], place: Place, as_of: date) -> Doors:
    """The doors of a municipality, each in the nearest list only, doors for all first."""
    beside = set(area_map().of(place.nis).municipalities)
    here: list[Offer] = []
    near: list[Offer] = []
    province: list[Offer] = []
    region: list[Offer] = []
    for r in usable(records, as_of):
        if place.nis in at_home(r):
            here.append(r)
        elif beside & at_home(r):
            near.append(r)
        elif r.area.municipalities:
            continue
        elif not isinstance(r, Organisation):
            if place.province in r.area.provinces:
                province.append(r)
        elif _serves(r, place) and (
            place.province in r.area.provinces or place.province in _seats(r)
        ):
            province.append(r)
        elif _serves(r, place) and not r.area.provinces and FIRST & set(r.roles):
            region.append(r)
    return Doors(*(tuple(sorted(part, key=_order)) for part in (here, near, province, region)))


def _order(record: Offer) -> tuple[int, int, str]:
    """First doors first, then other organisations, then measures; each by name."""
    first = isinstance(record, Organisation) and bool(FIRST & set(record.roles))
    kinds = ("organisation", "instrument", "training")
    return (0 if first else 1, kinds.index(record.type), record.names.nl or record.id)


def _serves(record: Organisation, place: Place) -> bool:
    """Whether it works where the place is; an area that is not told says nothing against it."""
    if record.area.provinces and place.province not in record.area.provinces:
        return False
    return not record.area.regions or place.region in record.area.regions


def _seats(record: Organisation) -> frozenset[str]:
    provinces = {municipalities()[nis].province for nis in at_home(record)}
    return frozenset(p for p in provinces if p)


def at_home(record: Offer) -> frozenset[str]:
    """NIS codes of the municipalities where it has an office or for which it was made."""
    names = list(record.area.municipalities)
    if isinstance(record, Organisation):
        names += record.places
    return frozenset().union(*(_nis(name) for name in names))


@cache
def _nis(name: str) -> frozenset[str]:
    """A place's municipality; none for a name that could be several, or is not understood."""
    try:
        found = place_facts(municipality=name).nis
    except BakenError:
        return frozenset()
    return found if len(found) == 1 else frozenset()
