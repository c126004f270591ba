"""Where an enterprise is: its seat and establishments as facts on places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from baken.kernel.errors import BakenError
from baken.registers import place_search, places
from baken.registers.kbo_extract.look import Address, Record
from baken.registers.notices import tell

ABROAD = "buitenland"
Spot = str
"""A NIS code of today, ``buitenland``, or a postal code where a border runs through it."""


@dataclass(frozen=True, slots=True)
class Where:
    """``facts`` are raw facts for a match, ``notes`` what the reader must be told.

    ``seat`` and ``units`` are municipalities as a page shows them; ``unread`` counts addresses
    that lead to no municipality.
    """

    facts: dict[str, object]
    notes: list[str]
    seat: str | None
    units: tuple[str, ...]
    unread: int


def where(record: Record) -> Where:
    """Seat and establishments of an enterprise. An address that was struck off does not count."""
    notes: list[str] = []
    seats = [a for a in record.addresses if a.kind == "REGO"] or list(record.addresses)
    seat = _spot_of(seats)
    struck = any(a.struck for a in seats)
    if struck:
        notes.append(tell("kbo_struck", day=next(a.struck for a in seats if a.struck)))
    units = [_spot_of(u.addresses) for u in record.units]
    known = [u for u in units if u is not None]
    if record.natural and seat is None and known:
        notes.append(tell("kbo_no_seat_person"))
    elif seat is None and not struck:
        notes.append(tell("kbo_no_seat"))
    unread = units.count(None) + (bool(seats) and seat is None and not struck)
    if unread:
        notes.append(tell("kbo_place_unread", n=unread))
    if ABROAD in (seat, *known):
        notes.append(tell("kbo_abroad"))
    facts = _facts(seat, known, len(known) == len(units))
    if len(set(known)) > 1:
        notes.append(tell("kbo_several_places", n=len(set(known))))
    shown = tuple(dict.fromkeys(_shown(u) for u in known))
    return Where(facts, notes, None if seat is None else _shown(seat), shown, unread)


def _facts(seat: Spot | None, units: Sequence[Spot], all_known: bool) -> dict[str, object]:
    """One place stands for all; where there are several, what they share.

    A seat abroad says nothing of where the firm works in Belgium.
    """
    spots = list(dict.fromkeys([*([seat] if seat else []), *units]))
    if not spots:
        return {}
    if len(spots) == 1 and all_known and spots[0] != ABROAD:
        known = spots[0] in places.municipalities()
        return {"municipality": _shown(spots[0])} if known else {"postal_code": spots[0]}
    facts: dict[str, object] = {}
    if seat == ABROAD:
        facts["seat_region"] = ABROAD
    elif seat is not None and seat in places.municipalities():
        facts["seat_municipality"] = _shown(seat)
    if units and all_known:
        facts["establishments"] = [_shown(u) for u in dict.fromkeys(units)][:1000]
    for name in ("province", "region"):
        shared = {value for s in spots for value in _of(s, name)}
        if len(shared) == 1 and not shared & {None, ABROAD} and all_known:
            facts[name] = shared.pop()
            break
    return facts


def _of(spot: Spot, name: str) -> set[str | None]:
    """The province or region of a spot; several where a border runs through it."""
    if spot == ABROAD:
        return {ABROAD if name == "region" else None}
    known = places.municipalities()
    found = [spot] if spot in known else places.by_postal_code()[spot]
    return {getattr(known[nis], name) for nis in found}


def _spot_of(addresses: Sequence[Address]) -> Spot | None:
    for a in addresses:
        if not a.struck and (found := _spot(a.country, a.postal_code, a.nl, a.fr)):
            return found
    return None


@lru_cache(maxsize=4096)
def _spot(country: str, postal_code: str, nl: str, fr: str) -> Spot | None:
    """Where an address lies: by its postal code, else by the name of its municipality."""
    if country and country.casefold() not in ("belgië", "belgique", "belgium"):
        return ABROAD
    for text in (f"{postal_code} {nl or fr}", nl, fr):
        try:
            found = place_search.find(text)
        except BakenError:
            continue
        if not isinstance(found, list):
            return found.nis
        if postal_code in places.by_postal_code():
            return postal_code
    return None


@lru_cache(maxsize=4096)
def _shown(spot: Spot) -> str:
    """The name of a municipality, or its NIS code where the name alone could be another one."""
    if spot not in places.municipalities():
        return spot
    name = place_search.unmistakable(places.municipalities()[spot])
    found = place_search.find(name)
    return name if not isinstance(found, list) and found.nis == spot else spot
