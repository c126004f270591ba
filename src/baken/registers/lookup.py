"""What the floors above ask of the registers, in one place.

Everything here is pure: no clock, no network, no files but those that ship. Wrong input is a
:class:`~baken.kernel.errors.BakenError` at the given path.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from baken.kernel.errors import BakenError
from baken.registers import bridge, place_search, places, words
from baken.registers.notices import tell
from baken.registers.places import Place


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """What is known of a place: candidates where it is not one municipality.

    ``nis``, ``provinces`` and ``regions`` hold every possible value, empty when nothing was
    said; ``outside`` is true for a province that does not exist there (Brussels).
    """

    nis: frozenset[str]
    provinces: frozenset[str]
    regions: frozenset[str]
    outside: bool
    places: tuple[Place, ...]
    notices: tuple[str, ...]


def place_facts(
    *,
    municipality: str | None = None,
    postal_code: str | None = None,
    province: str | None = None,
    region: str | None = None,
) -> PlaceFacts:
    """NIS codes, provinces and regions that follow from what was said of one place.

    Finer words hold over coarser ones; a contradiction ("Gent", province Antwerpen) is a
    notice. A province named as the municipality ("Limburg") is the province, unless the others
    say otherwise. Without municipality or postal code the ``nis`` set is empty and the province
    or region alone stands. Unknown names raise BakenError with near names.
    """
    notices: list[str] = []
    meant = place_search.province_meant(municipality) if municipality else None
    if meant and not (postal_code or province or region):
        town = _town_named(meant)
        notices += [tell("place_province", name=meant, town=town.province)] if town else []
        municipality, province = None, meant
    elif meant:
        rest = place_facts(postal_code=postal_code, province=province, region=region)
        if meant in rest.provinces or _town_named(meant) is None:
            municipality, province = None, province or meant
    found: list[Place] = []
    for kind, text in (("municipality", municipality), ("postal_code", postal_code)):
        if text is None:
            continue
        answer = (
            place_search.find(text, path=kind)
            if kind == "municipality"
            else place_search.postal_code(text, path=kind)
        )
        these = list(answer) if isinstance(answer, list) else [answer]
        both = [p for p in found if p.nis in {t.nis for t in these}]
        if found and not both:
            notices.append(_contradiction(kind, text, found))
        found = both or found or these
    named_province = places.normal_province(province) if province else None
    named_region = places.normal_region(region) if region else None
    if named_province and found:
        narrowed = [p for p in found if p.province == named_province]
        if not narrowed:
            notices.append(_contradiction("province", named_province, found))
        found = narrowed or found
    if named_region and found:
        narrowed = [p for p in found if p.region == named_region]
        if not narrowed:
            notices.append(_contradiction("region", named_region, found))
        found = narrowed or found
    notices = [p.notice for p in found if p.notice] + notices
    if found:
        provinces = {p.province for p in found}
        return PlaceFacts(
            frozenset(p.nis for p in found),
            frozenset(p for p in provinces if p),
            frozenset(p.region for p in found),
            None in provinces,
            tuple(found),
            tuple(notices),
        )
    regions = set()
    if named_province:
        regions.add(places.region_of_province(named_province))
        if named_region and named_region not in regions:
            notices.append(tell("region_clash", region=named_region, province=named_province))
    elif named_region:
        regions.add(named_region)
    return PlaceFacts(
        frozenset(),
        frozenset({named_province} if named_province else _provinces_of(named_region)),
        frozenset(regions),
        named_region in ("brussels-hoofdstedelijk-gewest", "buitenland") and not named_province,
        (),
        tuple(notices),
    )


@cache
def provinces_of_town(municipality: str) -> frozenset[str]:
    """The provinces that the name of a municipality leads to; none for one that nobody knows."""
    try:
        return place_facts(municipality=municipality).provinces
    except BakenError:
        return frozenset()


def _town_named(province: str) -> Place | None:
    """The municipality elsewhere that bears the name of a province; only Limburg has one."""
    return next((p for p in places.municipalities().values() if p.name == province), None)


def _provinces_of(region: str | None) -> tuple[str, ...]:
    by_region = {"vlaams-gewest": places.FLANDERS, "waals-gewest": places.WALLONIA}
    return by_region.get(region or "", ())


def _contradiction(kind: str, text: str, found: list[Place]) -> str:
    shown = f" {tell('or')} ".join(p.name for p in found[:3])
    return tell("place_clash", kind=tell(f"kind.{kind}"), text=text, shown=shown)


def nace_element(code: str, version: str | None = None, path: str = "nace") -> bridge.NaceElement:
    """An activity as candidate five-digit codes in 2025 and 2008; see :func:`bridge.element`."""
    return bridge.element(code, version, path)


def sector_element(
    text: str,
) -> tuple[frozenset[str], frozenset[str], Literal["sure", "likely", "guess", "none"], list[str]]:
    """Codes of 2025, codes of 2008, confidence and notices for free words about a sector.

    Where the words name more than one trade the codes are joined; :func:`sector_elements`
    keeps them apart. ``none`` with a notice when nothing is understood.
    """
    found = words.sector_elements(text)
    if not found:
        notice = tell("sector_unread", text=text.strip()[:60])
        return frozenset(), frozenset(), "none", [notice]
    new = frozenset(c for element, _ in found for c in element.codes_2025)
    old = frozenset(c for element, _ in found for c in element.codes_2008)
    notices = [n for element, _ in found for n in element.notices]
    return new, old, found[0][1], notices


sector_elements = words.sector_elements
__all__ = [
    "BakenError",
    "PlaceFacts",
    "nace_element",
    "place_facts",
    "sector_element",
    "sector_elements",
]
