"""Find a municipality by NIS code, postal code or name, old or new, well or badly spelled.

* a NIS code of today or of before the mergers of 2019 and 2025: one place;
* a postal code: one place, or candidates where a code crosses a border (1040, 1050, 1804);
* a name of today, nl, fr or de: one place. A few Walloon and Flemish names fall together
  (Halle, Hove ...): the municipality of that name goes before a part of another one;
* a former municipality or a part ("Nevele", "Drongen"): the municipality of today, with
  ``former`` and a notice; a part name that several have ("Meldert"): candidates;
* the name of a province that no municipality in it bears ("Limburg", "West-Vlaanderen") is read
  as the province first, see :func:`province_meant`; "Limburg (Luik)" is the municipality;
* a known town abroad ("Rijsel", "Hulst", "Keulen") is none of Belgium, however near its name is to
  one; a name that a place of Belgium bears too ("Lille", "Essen") is that place;
* a typing error (one letter in short names, two in long ones) with one possible reading: the
  place, with a notice; with more readings or further away: BakenError with near names.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache

from baken.kernel.errors import BakenError
from baken.registers.notices import tell
from baken.registers.places import (
    Place,
    by_postal_code,
    former,
    municipalities,
    normal_province,
    today,
)
from baken.registers.text import distance_allowed, fold, near, rows

_EXPECTED = "a municipality of Belgium, a NIS code of five digits or a postal code of four digits"


@dataclass(frozen=True, slots=True)
class _Name:
    """A spelling: which municipality, how it is written, and whether it is a name of today."""

    nis: str
    shown: str
    current: bool


@cache
def _names() -> dict[str, tuple[_Name, ...]]:
    """Folded name to what bears it, best kind only: today's, then former, then parts."""
    ranked: dict[str, dict[int, list[_Name]]] = defaultdict(lambda: defaultdict(list))

    def add(text: str, nis: str, rank: int) -> None:
        name = _Name(nis, text, rank == 0)
        found = ranked[_key(text)][rank]
        if all(n.nis != nis for n in found):
            found.append(name)

    for place in municipalities().values():
        for text in place.names.values():
            add(text, place.nis, 0)
    for text, nis in rows("hand/place_aliases.csv"):
        add(text, nis, 0)
    for nl, fr, nis, _ in former().values():
        add(nl, nis, 1)
        add(fr, nis, 1)
    for code, nis, nl, fr in rows("postal_codes.csv"):
        if len(by_postal_code()[code]) == 1:
            for text in (nl, fr):
                if text:
                    add(text, nis, 2)
    for code, text in rows("hand/parts.csv"):
        add(text, by_postal_code()[code][0], 2)
    return {key: tuple(kinds[min(kinds)]) for key, kinds in ranked.items()}


def _key(text: str) -> str:
    """Names are compared without spaces and with "sint" written out: St.-Niklaas."""
    folded = re.sub(r"\b(st|sint)\b", "sint", fold(text))
    folded = re.sub(r"\b(ste|sainte)\b", "sainte", folded)
    return folded.removeprefix("s ").replace(" ", "")


def find(text: str, lang: str | None = None, path: str = "municipality") -> Place | list[Place]:
    """The place that ``text`` means, or a list of two or more when it can be several.

    ``lang`` chooses the language of ``name`` in the answer (nl when it has none). See the
    module for what is tolerated. Raises :class:`BakenError` with near names.
    """
    raw = str(text).strip()
    postal = re.fullmatch(r"(?:B-?\s*)?(\d{4})(?:[\s,]+(\S.*))?", raw, re.IGNORECASE)
    after = re.fullmatch(r"(\D*[^\W\d]\D*?)[\s,]+(?:B-?\s*)?(\d{4})", raw, re.IGNORECASE)
    if is_abroad(raw):
        raise _unknown(raw, _own_name(raw), path)
    if re.fullmatch(r"\d{5}", raw):
        found = [_by_nis(raw, path)]
    elif postal:
        found = _by_postal(postal[1], postal[2], path)
    elif after:
        found = _by_postal(after[2], after[1], path)
    else:
        found = _by_name(raw, path)
    shown = [replace(p, name=p.names[lang]) if lang in p.names else p for p in found]
    return shown[0] if len(shown) == 1 else shown


def postal_code(text: str, path: str = "postal_code") -> Place | list[Place]:
    """As :func:`find`, but only a postal code is taken."""
    if not re.fullmatch(r"(?:B-?\s*)?\d{4}", str(text).strip(), re.IGNORECASE):
        raise BakenError(path, f"{text} is no postal code", "four digits, such as 9000")
    return find(str(text), path=path)


def province_meant(text: str) -> str | None:
    """The province that a word for a place means: its name, where no municipality in it bears it.

    >>> [province_meant(text) for text in ("Limburg", "East Flanders", "Namur", "Limburg (Luik)")]
    ['Limburg', 'Oost-Vlaanderen', None, None]
    """
    try:
        province = normal_province(text)
    except BakenError:
        return None
    bearing = _names().get(_key(text), ())
    inside = any(municipalities()[today(n.nis)].province == province for n in bearing)
    return None if inside else province


def is_abroad(text: str) -> bool:
    """Whether it is a known town abroad, by a name that nothing in Belgium bears.

    >>> is_abroad("Rijsel"), is_abroad("Lille"), is_abroad("4561 AB Hulst"), is_abroad("Gent")
    (True, False, True, False)
    """
    return _own_name(text) in _abroad()


def understood(text: str, lang: str | None = None) -> str:
    """What a place is called that was read for a typing error; any other as it was written.

    >>> understood("Antwerpn"), understood("Audenarde"), understood("Rijsel")
    ('Antwerpen', 'Audenarde', 'Rijsel')
    """
    key = _key(re.sub(r"\(.*?\)", "", text))
    if key in _names() or any(sign.isdigit() for sign in text):
        return text
    try:
        found = find(text, lang)
    except BakenError:
        return text
    return found.asked or found.name if isinstance(found, Place) else text


def _own_name(text: str) -> str:
    """The key of a name without the postal code before it, as the Netherlands write it too."""
    return _key(re.sub(r"^\s*\d{4}\s*(?:[A-Za-z]{2}\s)?", "", text))


@cache
def _abroad() -> frozenset[str]:
    listed = {
        _key(name) for _, names in rows("hand/foreign_places.csv") for name in names.split("|")
    }
    return frozenset(listed) - _names().keys()


def unmistakable(place: Place) -> str:
    """The name of a municipality, with its province where the name alone means another province.

    >>> unmistakable(municipalities()["63046"]), unmistakable(municipalities()["44021"])
    ('Limburg (Luik)', 'Gent')
    """
    return f"{place.name} ({place.province})" if province_meant(place.name) else place.name


def _by_nis(nis: str, path: str) -> Place:
    if nis in municipalities():
        return municipalities()[nis]
    if nis not in former():
        close = [n for n in municipalities() if n[:4] == nis[:4]][:5]
        raise BakenError(path, f"{nis} is no NIS code of a municipality", _EXPECTED, close)
    name, _, new, since = former()[nis]
    return _led(
        _Name(new, name, False), tell("place_former", nis=nis, name=name, since=since, new=new)
    )


def _by_postal(code: str, rest: str | None, path: str) -> list[Place]:
    found = by_postal_code().get(code)
    if not found:
        close = sorted(c for c in by_postal_code() if c[:3] == code[:3])[:5]
        raise BakenError(path, f"postal code {code} does not exist", _EXPECTED, close)
    places = [municipalities()[nis] for nis in found]
    if rest and len(places) > 1:
        named = {n.nis for n in _names().get(_key(rest), ())}
        places = [p for p in places if p.nis in named] or places
    return places


def _by_name(raw: str, path: str) -> list[Place]:
    key = _key(re.sub(r"\(.*?\)", "", raw))
    known = _names()
    if key in known:
        return [_named(name) for name in known[key]]
    if not key:
        raise BakenError(path, "no municipality given", _EXPECTED)
    close = near(key, known, 8, 70.0)
    from rapidfuzz.distance import OSA

    allowed = distance_allowed(key)
    typed = [n for n in close if OSA.distance(key, n) <= allowed and n[0] == key[0]]
    least = min((OSA.distance(key, n) for n in typed), default=0)
    nearest = {name.nis: name for n in typed if OSA.distance(key, n) == least for name in known[n]}
    if len(nearest) == 1:
        name = next(iter(nearest.values()))
        place = _named(name)
        read = tell("place_read", raw=raw, name=place.name if name.current else name.shown)
        return [replace(place, notice=f"{read}; {place.notice}" if place.notice else read)]
    raise _unknown(raw, key, path)


def _unknown(raw: str, key: str, path: str) -> BakenError:
    """Of a place that nobody here knows, with the names that look most like it."""
    known = _names()
    close = near(key, known, 8, 70.0) or near(key, known, 8, 45.0)
    shown = list(dict.fromkeys(name.shown for n in close for name in known[n]))
    return BakenError(path, f"no municipality '{raw}' found", _EXPECTED, shown[:5])


def _named(name: _Name) -> Place:
    place = municipalities()[name.nis]
    if name.current:
        return place
    return _led(name, tell("place_part", part=name.shown, name=place.name))


def _led(name: _Name, notice: str) -> Place:
    place = municipalities()[today(name.nis)]
    return replace(place, former=True, asked=name.shown, notice=notice)
