"""Doors by municipality: who is there for its firms, and who merely sits there or near it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
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

ANY_QUESTION = "N01"
"""The need of who does not know yet what to ask: its first doors are for every question."""


@dataclass(frozen=True)
class Doors:
    """What a firm in one municipality finds; each record stands in one list only.

    First who is there for it: ``town`` (desks and measures of the municipality itself),
    ``province`` (first doors and safety nets of its province) and ``region`` (those of its whole
    region or country, wherever they sit). Then who merely is around: ``here`` (other organisations
    with an office there), ``near`` (organisations with an office, and measures, in the other
    municipalities of its area on the map) and ``around`` (the rest of its province).
    """

    town: tuple[Offer, ...]
    province: tuple[Offer, ...]
    region: tuple[Offer, ...]
    here: tuple[Offer, ...]
    near: tuple[Offer, ...]
    around: tuple[Offer, ...]


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
    """The doors of a municipality: who is there for it first, then who merely sits there."""
    beside = frozenset(area_map().of(place.nis).municipalities)
    lists: dict[str, list[Offer]] = {f.name: [] for f in fields(Doors)}
    for r in usable(records, as_of):
        part = _part(r, place, beside)
        if part:
            lists[part].append(r)
    ordered = {
        n: tuple(sorted(rs, key=lambda r: _order(r, place, beside))) for n, rs in lists.items()
    }
    return Doors(**ordered)


def _part(r: Offer, place: Place, beside: frozenset[str]) -> str | None:
    """The list in which a record stands for this place; None where it is no door at all."""
    home = at_home(r)
    if serves(r, place):
        if r.area.municipalities:
            return "town"
        if isinstance(r, Organisation) and FIRST & set(r.roles):
            mine = r.reach == "province" and place.province in _provinces(home)
            return "province" if mine or r.area.provinces else "region"
    if place.nis in home:
        return "here"
    if beside & home:
        return "near"
    if not serves(r, place):
        return None
    seated = isinstance(r, Organisation) and place.province in _provinces(home)
    return "around" if seated or place.province in r.area.provinces else None


def _order(r: Offer, place: Place, beside: frozenset[str]) -> tuple[object, ...]:
    """Organisations before measures; first who is there for all sectors, a door above all, and
    for any question; then who works for fewer regions, who sits nearer, and by name."""
    home = at_home(r)
    roles = r.roles if isinstance(r, Organisation) else []
    return (
        ("organisation", "instrument", "training").index(r.type),
        not serves(r, place),
        "horizontal" not in r.themes,
        not (roles and roles[0] in FIRST),
        r.needs[0] != ANY_QUESTION,
        len(r.area.regions),
        0 if place.nis in home else 1 if beside & home else 2,
        place.province not in _provinces(home),
        r.names.nl or r.id,
    )


def serves(record: Offer, place: Place) -> bool:
    """Whether it works where the place is; an area that is not told says nothing against it."""
    area = record.area
    if area.municipalities:
        return any(place.nis in _nis(name) for name in area.municipalities)
    if area.provinces:
        return place.province in area.provinces
    return not area.regions or place.region in area.regions


def _provinces(home: frozenset[str]) -> frozenset[str]:
    found = (municipalities()[nis].province for nis in home)
    return frozenset(p for p in found if p)


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
