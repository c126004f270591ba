"""Places of a firm: seat, establishments and project, from names, codes, provinces, regions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from baken.facts.state import Facts, Origin
from baken.kernel.errors import BakenError
from baken.kernel.values import Choices, SetOf, Value
from baken.match.texts import say
from baken.registers import place_search, places
from baken.registers.lookup import PlaceFacts, place_facts

NO_PROVINCE = "none"
"""A place that lies in no province (Brussels, abroad): known, and equal to none of them."""
BRUSSELS = "brussels-hoofdstedelijk-gewest"
ABROAD = "buitenland"
REGISTER = Origin("register", "gemeenten van 2025 (Statbel)")


def place_values(given: Mapping[str, Any], facts: Facts, lang: str) -> list[str]:
    """Fill in every fact on places; the answer is what the reader must be told.

    ``municipality``, ``postal_code``, ``province`` and ``region`` are the one place for seat,
    establishments and project alike, unless ``seat_…``, ``establishments`` or ``project_…``
    say more.
    """
    notices: list[str] = []
    one = _place(given, "", notices)
    if "establishments" in given:
        _establishments(given["establishments"], facts, notices)
    if one is not None:
        _set(facts, "", one)
        _keep(facts, "establishment_regions", _members(one.regions), REGISTER)
        _keep(facts, "establishment_provinces", _province_members(one), REGISTER)
        _keep(facts, "establishment_municipalities", _nis_members(one), REGISTER)
    for prefix in ("seat_", "project_"):
        own = _place(given, prefix, notices)
        if own is not None:
            _set(facts, prefix, own)
        elif one is not None:
            _set(facts, prefix, one)
    region = facts.get("region")
    if one is not None and ABROAD not in one.regions:
        _keep(facts, "in_eu", True, REGISTER)
    if "establishments" not in given and isinstance(region, str) and region != "vlaams-gewest":
        notices.append(say("notice.elsewhere", lang))
        key = {BRUSSELS: "notice.brussels", ABROAD: "notice.abroad"}.get(region, "notice.wallonia")
        notices.append(say(key, lang))
    return notices


def _keep(facts: Facts, name: str, value: Value, origin: Origin) -> None:
    """Set a derived fact, unless it was given: then that holds."""
    if name not in facts:
        facts.set(name, value, origin)


def _place(given: Mapping[str, Any], prefix: str, notices: list[str]) -> PlaceFacts | None:
    names = ("municipality", "postal_code", "province", "region")
    said = {n: _text(given[prefix + n], f"facts.{prefix}{n}") for n in names if prefix + n in given}
    if not said:
        return None
    if said.get("province", "").casefold() in ("brussel", "brussels", "bruxelles", NO_PROVINCE):
        del said["province"]
        said.setdefault("region", BRUSSELS)
    try:
        found = place_facts(**said)
    except BakenError as e:
        expected = f"{e.expected}; for a place abroad {prefix}region = {ABROAD}"
        raise BakenError(f"facts.{prefix}{e.path}", e.problem, expected, e.near) from e
    notices += found.notices
    return found


def _text(raw: Any, path: str) -> str:
    if isinstance(raw, bool) or not isinstance(raw, str | int):
        raise BakenError(path, f"{str(raw)[:40]!r} is no place", "a name or code as text")
    text = str(raw).strip()
    if len(text) > 100:
        raise BakenError(path, f"the text has {len(text)} characters", "a name of at most 100")
    return text


def _set(facts: Facts, prefix: str, found: PlaceFacts) -> None:
    facts.set(f"{prefix}region", _one(found.regions), REGISTER)
    provinces = set(found.provinces) | ({NO_PROVINCE} if found.outside else set())
    facts.set(f"{prefix}province", _one(provinces), REGISTER)
    facts.set(f"{prefix}municipality", _one(found.nis), REGISTER)


def _one(options: Iterable[str]) -> Value:
    found = frozenset(options)
    if not found:
        return None
    return next(iter(found)) if len(found) == 1 else Choices(found)


def _members(options: frozenset[str]) -> Value:
    return SetOf.one_of(options) if options else None


def _province_members(found: PlaceFacts) -> Value:
    if found.outside:
        return SetOf(()) if not found.provinces else SetOf((found.provinces,), more=True)
    return _members(found.provinces)


def _nis_members(found: PlaceFacts) -> Value:
    """The municipality, or any one of the province or region; abroad there is none."""
    if found.nis:
        return SetOf.one_of(found.nis)
    if found.regions == {ABROAD}:
        return SetOf(())
    within = frozenset(
        nis
        for nis, province, region in _municipalities()
        if (province in found.provinces if found.provinces else region in found.regions)
    )
    return SetOf.one_of(within) if within else None


@lru_cache(maxsize=1)
def _municipalities() -> tuple[tuple[str, str | None, str], ...]:
    return tuple((p.nis, p.province, p.region) for p in places.municipalities().values())


def _establishments(raw: Any, facts: Facts, notices: list[str]) -> None:
    """Each establishment by name, code, postal code, province or region."""
    items = raw.split(",") if isinstance(raw, str) else raw
    if not isinstance(items, list) or not items or len(items) > 1000:
        raise BakenError("facts.establishments", "no list of places", "a list of municipalities")
    regions: list[frozenset[str]] = []
    provinces: list[frozenset[str]] = []
    municipalities: list[frozenset[str]] = []
    more = False
    for at, item in enumerate(items):
        found = _establishment(item, f"facts.establishments.{at}", notices)
        regions.append(found.regions)
        if found.provinces:
            provinces.append(found.provinces)
        nis = _nis_members(found)
        if isinstance(nis, SetOf):
            municipalities += nis.members
        else:
            more = True
    origin = Origin("given")
    facts.set("establishments", SetOf(tuple(municipalities), more), origin)
    _keep(facts, "establishment_regions", SetOf(tuple(regions)), origin)
    _keep(facts, "establishment_provinces", SetOf(tuple(provinces)), origin)
    _keep(facts, "establishment_municipalities", SetOf(tuple(municipalities), more), origin)


def _establishment(item: Any, path: str, notices: list[str]) -> PlaceFacts:
    if isinstance(item, Mapping):
        names = ("municipality", "postal_code", "province", "region")
        if not item or not set(item) <= set(names):
            raise BakenError(path, "no place", f"an object with {', '.join(names)}")
        said = {k: _text(v, f"{path}.{k}") for k, v in item.items()}
        try:
            return place_facts(**said)
        except BakenError as e:
            raise BakenError(f"{path}.{e.path}", e.problem, e.expected, e.near) from e
    text = _text(item, path)
    for name in ("region", "province"):
        try:
            return place_facts(**{name: text})
        except BakenError:
            continue
    try:
        if text.isdigit() and len(text) == 4:
            return place_facts(postal_code=text)
        place_search.find(text)
        found = place_facts(municipality=text)
    except BakenError as e:
        raise BakenError(path, e.problem, e.expected, e.near) from e
    notices += found.notices
    return found
