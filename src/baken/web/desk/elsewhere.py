"""Which organisations do not work where a firm is, as far as its file and the catalogue tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from baken.kernel.errors import BakenError
from baken.landscape.doors import serves
from baken.registers.lookup import PlaceFacts, place_facts
from baken.registers.places import Place, municipalities
from baken.web import catalogue
from baken.web.handover.models import Referral

PARTS = ("municipality", "postal_code", "province", "region")
OF = ("", "seat_", "project_")
"""Facts of one place begin so: of the firm as a whole, its seat, its project."""
PROJECT = {f"project_{part}" for part in PARTS}


def not_working_there(row: Referral) -> set[str]:
    """The organisations of which the source of the catalogue tells where they work, and that is at
    none of the places that the firm shared. What is not known, of either, leaves none out; nor do
    the doors of the answer, which was made with all that the firm told.
    """
    at = _places(row.dossier)
    if not at:
        return set()
    known = (r for r in catalogue.offers() if r.type == "organisation" and r.area.stated)
    found = {r.id for r in known if not any(serves(r, place) for place in at)}
    return found - {row.alternative, *row.later}


def _places(dossier: Mapping[str, Any]) -> tuple[Place, ...]:
    """Every municipality in which the firm may be; none where a place of it is abroad, or can't be
    read.
    """
    nis: set[str] = set()
    try:
        for found in _told(dossier):
            here = {place.nis for place in municipalities().values() if _may_be(found, place)}
            if not here:
                return ()
            nis |= here
    except BakenError:
        return ()
    return tuple(municipalities()[one] for one in sorted(nis))


def _told(dossier: Mapping[str, Any]) -> Iterator[PlaceFacts]:
    """Each place of the firm: what the owner said as it was said, what a register tells in its
    words. A project alone does not tell where the firm is.
    """
    facts = {
        one["id"]: one["value"] if one.get("data") is None else one["data"]
        for one in dossier.get("facts") or ()
    }
    firm = {"establishments", *(of + part for of in OF for part in PARTS)} - PROJECT
    if not firm & facts.keys():
        return
    for of in OF:
        said = {part: str(facts[of + part]) for part in PARTS if of + part in facts}
        if said:
            yield place_facts(**said)
    more = facts.get("establishments", ())
    for one in more.split(",") if isinstance(more, str) else more:
        yield place_facts(municipality=str(one).strip())


def _may_be(found: PlaceFacts, place: Place) -> bool:
    if found.nis:
        return place.nis in found.nis
    if found.provinces:
        return place.province in found.provinces
    return place.region in found.regions
