"""Dates, amounts and facts as people write them in Dutch, English and French."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from baken.facts.questions import choices_for
from baken.facts.vocabulary import Fact, load_vocabulary
from baken.kernel.address import host_of
from baken.landscape.dates import is_old
from baken.registers import nace
from baken.registers.place_search import province_meant, understood
from baken.web.texts import items, known, text

NBSP = "\u00a0"
PROVINCES = {
    "Brussel": {"en": "Brussels", "fr": "Bruxelles"},
    "Antwerpen": {"en": "Antwerp", "fr": "Anvers"},
    "Limburg": {"fr": "Limbourg"},
    "Oost-Vlaanderen": {"en": "East Flanders", "fr": "Flandre-Orientale"},
    "Vlaams-Brabant": {"en": "Flemish Brabant", "fr": "Brabant flamand"},
    "West-Vlaanderen": {"en": "West Flanders", "fr": "Flandre-Occidentale"},
    "Henegouwen": {"en": "Hainaut", "fr": "Hainaut"},
    "Luik": {"en": "Liège", "fr": "Liège"},
    "Luxemburg": {"en": "Luxembourg", "fr": "Luxembourg"},
    "Namen": {"en": "Namur", "fr": "Namur"},
    "Waals-Brabant": {"en": "Walloon Brabant", "fr": "Brabant wallon"},
}
"""The provinces, and Brussels, in the other languages, where they are called otherwise."""


def province(lang: str, name: str) -> str:
    """A province in the reader's language.

    >>> province("fr", "Antwerpen"), province("nl", "Antwerpen")
    ('Anvers', 'Antwerpen')
    """
    return PROVINCES.get(name, {}).get(lang, name)


REGIONS = {
    "vlaams-gewest": {"nl": "Vlaanderen", "en": "Flanders", "fr": "Flandre"},
    "brussels-hoofdstedelijk-gewest": {"nl": "Brussel", "en": "Brussels", "fr": "Bruxelles"},
    "waals-gewest": {"nl": "Wallonië", "en": "Wallonia", "fr": "Wallonie"},
}


def area(lang: str, where: Mapping[str, Any]) -> str:
    """Where something works: its municipalities, else its provinces, else its regions.

    >>> area("en", {"municipalities": [], "provinces": ["Antwerpen"], "regions": []})
    'Antwerp'
    """
    names = where["municipalities"] or [province(lang, p) for p in where["provinces"]]
    names = names or [REGIONS.get(r, {}).get(lang, r) for r in where["regions"]]
    return ", ".join(names)


def link_label(key: str, record: Mapping[str, Any] | None, lang: str) -> str:
    """What a link to a record's address is called.

    Where that address is a page about it by somebody else (its host is only that of secondary
    sources) the host is named: an owner must not take it for the provider's own site.

    Args:
        key: the text for the provider's own site.
    """
    url = (record or {}).get("url")
    if not url:
        return text(lang, key)
    hosts: dict[str, set[str]] = {"primary": set(), "secondary": set()}
    for source in (record or {}).get("sources", []):
        hosts.setdefault(source["kind"], set()).add(host_of(source["url"]))
    host = host_of(url)
    if host in hosts["secondary"] and host not in hosts["primary"]:
        return text(lang, "offers.about", host=host)
    return text(lang, key)


def state(lang: str, availability: str, as_of: str | None) -> str:
    """Whether an offer can be had, with the day of which that is told: what was open long ago
    may be over by now."""
    said = text(lang, f"offers.availability.{availability}")
    if availability == "unknown":
        return said
    key = "dated" if as_of else "undated"
    return text(lang, f"offers.availability.{key}", state=said, date=day(lang, as_of))


def day(lang: str, iso: str | None) -> str:
    """A date of any precision in words: ``2026-11`` is ``november 2026``; None is empty."""
    if not iso:
        return ""
    parts = iso.split("-")
    if not all(p.isdigit() for p in parts) or len(parts) > 3:
        return iso
    if len(parts) == 1:
        return parts[0]
    month = str(items(lang, "months")[int(parts[1]) - 1])
    if len(parts) == 2:
        return f"{month} {parts[0]}"
    number = str(int(parts[2]))
    if lang == "fr" and number == "1":
        number = "1er"
    return f"{number}{NBSP}{month} {parts[0]}"


def source_label(lang: str, newest: str | None, as_of: date) -> dict[str, str]:
    """The year of a record's newest source in ``words``, and the ``look`` of the label.

    >>> source_label("nl", "2024-06", date(2026, 11, 24))
    {'words': 'Bron uit 2024', 'look': 'plain'}
    """
    if newest is None:
        return {"words": text(lang, "offers.source.undated"), "look": "plain"}
    old = is_old(newest, as_of)
    key = "offers.source.old" if old else "offers.source.dated"
    return {"words": text(lang, key, year=newest[:4]), "look": "stale" if old else "plain"}


def number(lang: str, value: object, decimals: int | None = None) -> str:
    """A number with the separators of the language; what is no number stays as it is.

    ``decimals`` is how many a number that is not whole gets; None is as many as it has.
    """
    try:
        amount = Decimal(str(value))
        if not amount.is_finite():
            return str(value)
    except InvalidOperation:
        return str(value)
    whole = amount == amount.to_integral_value()
    if whole:
        plain = f"{amount:,.0f}"
    else:
        plain = f"{amount.normalize():,f}" if decimals is None else f"{amount:,.{decimals}f}"
    thousands, point = {"nl": (".", ","), "en": (",", "."), "fr": (NBSP, ",")}[lang]
    return plain.translate({ord(","): thousands, ord("."): point})


def euro(lang: str, value: object) -> str:
    """An amount in euros: ``€ 7.500``, ``€7,500``, ``7 500 €``."""
    shown = number(lang, value, decimals=2)
    if lang == "fr":
        return f"{shown}{NBSP}€"
    return f"€{shown}" if lang == "en" else f"€{NBSP}{shown}"


def measure(lang: str, value: object, unit: str) -> str:
    """A parameter's value with its unit."""
    if unit == "EUR":
        return euro(lang, value)
    if unit == "pct":
        return f"{number(lang, value)}{NBSP}%"
    form = "one" if str(value) in ("1", "1.0") else "other"
    word = f"record.unit.{unit}.{form}"
    shown = text(lang, word) if known(lang, word) else ("" if unit == "other" else unit)
    return f"{number(lang, value)}{NBSP}{shown}".strip(NBSP)


def told(lang: str, label: str, says: object) -> str:
    """A label and what is said of it, with the colon of the language before it."""
    return f"{label}{text(lang, 'site.colon')} {says}"


def semicolon(lang: str) -> str:
    """The semicolon of the language: French has a space before it."""
    return f"{NBSP};" if lang == "fr" else ";"


def fact_label(lang: str, fact: str, value: Any = None) -> str:
    """What a fact is called for people; its id when the vocabulary does not know it. The name of a
    province where a municipality is asked is told as what it is.

    >>> fact_label("nl", "municipality", "Limburg"), fact_label("nl", "municipality", "Genk")
    ('Provincie', 'Gemeente')
    """
    if fact == "municipality" and value is not None and province_meant(str(value)):
        fact = "province"
    found = load_vocabulary().get(fact)
    return pick(found.label, lang) if found else fact


CODES = frozenset({"nace", "activities", "nace_2025", "nace_2008", "sector"})
"""Facts whose value is, or may be, the code of an activity: it is told with its label."""


def value_label(lang: str, fact: str, value: Any, as_of: date) -> str:
    """A fact's value for people: as the answer button says it, or the value in words.

    >>> value_label("nl", "exporter", True, date(2026, 11, 24))
    'Ja'
    >>> value_label("fr", "nace", "62010", date(2026, 11, 24))
    'Programmation informatique (NACE 62.010)'
    >>> value_label("fr", "municipality", "Antwerpn", date(2026, 11, 24))
    'Anvers'
    >>> value_label("nl", "size", "medium", date(2026, 11, 24))
    'middelgroot (minder dan 250 mensen)'
    """
    if isinstance(value, list):
        return ", ".join(value_label(lang, fact, v, as_of) for v in value)
    found = load_vocabulary().get(fact)
    if found is None:
        return str(value)
    if fact.endswith("municipality"):
        return understood(str(value), lang)
    if fact in CODES:
        return nace.in_words(str(value), lang)
    for choice in choices_for(found, as_of, lang):
        if choice["value"] == value and type(choice["value"]) is type(value):
            return str(choice["label"])
    shown = str(value)
    if isinstance(value, str) and ".." in value:
        low, _, high = value.partition("..")
        key = "between" if low and high else "from" if low else "to"
        ends = {"low": _plain(lang, found, low), "high": _plain(lang, found, high)}
        return text(lang, f"values.{key}", **ends)
    return _plain(lang, found, shown)


def speaks(fact: str) -> bool:
    """Whether a value of a fact tells what it is: a name, a place, a trade; no bare yes or sum.

    >>> speaks("municipality"), speaks("active_in_kbo"), speaks("founded_on")
    (True, False, False)
    """
    found = load_vocabulary().get(fact)
    return found is None or found.kind in ("text", "choice", "set")


def _plain(lang: str, fact: Fact, shown: str) -> str:
    if fact.kind == "date":
        return day(lang, shown)
    if fact.kind == "eur":
        return euro(lang, shown)
    return number(lang, shown) if fact.kind == "number" else shown


def pick(texts: Any, lang: str) -> str:
    """A text in ``lang``, else in Dutch, else in whatever language there is."""
    if not texts:
        return ""
    if isinstance(texts, str):
        return texts
    return str(texts.get(lang) or texts.get("nl") or next((v for v in texts.values() if v), ""))


def lang_of(texts: Any, lang: str) -> str:
    """The language of what :func:`pick` picks.

    >>> lang_of({"nl": "Lening", "fr": None}, "fr"), lang_of({"nl": "x", "fr": "y"}, "fr")
    ('nl', 'fr')
    """
    if not texts or isinstance(texts, str):
        return lang
    return next((c for c in (lang, "nl", *texts) if texts.get(c)), lang)
