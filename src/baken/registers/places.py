"""Municipalities of 2025 with their province and region, and what became part of them.

Names in nl, fr and de, NIS codes and postal codes come from the lists of 2025-01-01;
``data/hand`` adds the mergers of 2019 and 2025 and the parts of municipalities
(see ``data/SOURCES.md``). Finding a place by what people type is :mod:`place_search`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache

from baken.kernel.errors import BakenError
from baken.registers.text import fold, near, rows

REGIONS = ("vlaams-gewest", "brussels-hoofdstedelijk-gewest", "waals-gewest", "buitenland")
FLANDERS = ("Antwerpen", "Limburg", "Oost-Vlaanderen", "Vlaams-Brabant", "West-Vlaanderen")
WALLONIA = ("Henegouwen", "Luik", "Luxemburg", "Namen", "Waals-Brabant")
PROVINCES = FLANDERS + WALLONIA

_PROVINCE_WORDS = {
    "anvers": "Antwerpen",
    "antwerp": "Antwerpen",
    "limbourg": "Limburg",
    "flandre orientale": "Oost-Vlaanderen",
    "east flanders": "Oost-Vlaanderen",
    "ovl": "Oost-Vlaanderen",
    "brabant flamand": "Vlaams-Brabant",
    "flemish brabant": "Vlaams-Brabant",
    "flandre occidentale": "West-Vlaanderen",
    "west flanders": "West-Vlaanderen",
    "wvl": "West-Vlaanderen",
    "hainaut": "Henegouwen",
    "liege": "Luik",
    "luxembourg": "Luxemburg",
    "namur": "Namen",
    "brabant wallon": "Waals-Brabant",
    "walloon brabant": "Waals-Brabant",
}
_REGION_WORDS = {
    "vlaams-gewest": "vlaanderen|vlaams gewest|vlaamse gemeenschap|flandre|region flamande"
    "|flanders|flemish region|flandern|vl",
    "brussels-hoofdstedelijk-gewest": "brussel|brussels|bruxelles|brussels hoofdstedelijk gewest"
    "|brussels gewest|region de bruxelles capitale|bruxelles capitale|region bruxelloise"
    "|brussels capital region|brussels region|bhg|brussel hoofdstad",
    "waals-gewest": "wallonie|waals gewest|region wallonne|wallonia|walloon region|wal",
    "buitenland": "buitenland|etranger|abroad|foreign|nederland|frankrijk|duitsland|luxemburg land"
    "|pays bas|france|allemagne|netherlands|germany|buiten belgie|hors belgique",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality of today. ``asked`` is the former municipality or the part that led to
    it (``former`` is then true); ``province`` is None in Brussels; ``notice`` is for the reader."""

    nis: str
    name: str
    names: dict[str, str] = field(hash=False)
    province: str | None
    region: str
    postal_codes: tuple[str, ...]
    former: bool = False
    asked: str = ""
    notice: str = ""


@cache
def municipalities() -> dict[str, Place]:
    """NIS code to municipality, all 565."""
    postal = defaultdict(list)
    for code, nis, *_ in rows("postal_codes.csv"):
        postal[nis].append(code)
    out = {}
    for nis, nl, fr, de, province, region in rows("municipalities.csv"):
        names = {lang: text for lang, text in (("nl", nl), ("fr", fr), ("de", de)) if text}
        out[nis] = Place(nis, nl, names, province or None, region, tuple(postal[nis]))
    return out


@cache
def former() -> dict[str, tuple[str, str, str, str]]:
    """Old NIS code to (name nl, name fr, NIS of today, since when), for 2019 and 2025."""
    return {old: (nl, fr, new, since) for old, nl, fr, new, since in rows(_FORMER)}


_FORMER = "hand/former_municipalities.csv"


@cache
def by_postal_code() -> dict[str, tuple[str, ...]]:
    """Postal code to the NIS codes of its municipalities; nearly always one."""
    out: dict[str, list[str]] = defaultdict(list)
    for code, nis, *_ in rows("postal_codes.csv"):
        out[code].append(nis)
    return {code: tuple(nis) for code, nis in out.items()}


def today(nis: str) -> str:
    """The NIS code of today for one of today or of before a merger; KeyError when unknown."""
    return nis if nis in municipalities() else former()[nis][2]


def region_of_province(province: str) -> str:
    """The region slug of a (normal) province name."""
    return "vlaams-gewest" if normal_province(province) in FLANDERS else "waals-gewest"


def normal_province(text: str, path: str = "province") -> str:
    """The Dutch name of a province, from nl, fr or en, any case; BakenError with near names.

    >>> normal_province("Flandre orientale"), normal_province("provincie antwerpen")
    ('Oost-Vlaanderen', 'Antwerpen')
    """
    folded = fold(text)
    for lead in ("provincie ", "province de l ", "province de ", "province du ", "province d "):
        folded = folded.removeprefix(lead)
    folded = folded.removesuffix(" province").removeprefix("province ").removeprefix("la ")
    known = {**{fold(p): p for p in PROVINCES}, **_PROVINCE_WORDS}
    if folded in known:
        return known[folded]
    joined = {k.replace(" ", ""): v for k, v in known.items()}
    if folded.replace(" ", "") in joined:
        return joined[folded.replace(" ", "")]
    if folded in ("brussel", "bruxelles", "brussels"):
        raise BakenError(
            path, "Brussels has no province; give region brussels-hoofdstedelijk-gewest"
        )
    close = list(dict.fromkeys(known[n] for n in near(folded, known, 3)))
    raise BakenError(path, f"{text} is no province", "one of " + ", ".join(PROVINCES), close)


def normal_region(text: str, path: str = "region") -> str:
    """The slug of a region, from nl, fr or en, any case; BakenError with near slugs.

    >>> normal_region("Brussel"), normal_region("Région flamande")
    ('brussels-hoofdstedelijk-gewest', 'vlaams-gewest')
    """
    known = {word: slug for slug, line in _REGION_WORDS.items() for word in line.split("|")}
    known |= {fold(slug): slug for slug in REGIONS}
    folded = fold(text)
    if folded in known:
        return known[folded]
    close = list(dict.fromkeys(known[n] for n in near(folded, known, 3)))
    raise BakenError(path, f"{text} is no region", "one of " + ", ".join(REGIONS), close)
