"""Dates, amounts and facts as people write them in Dutch, English and French."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from baken.web.texts import items, known, text

NBSP = "\u00a0"


def load_vocabulary() -> Any:
    try:
        from baken.facts.vocabulary import load_vocabulary as load
    except ImportError:
        return {}
    return load()


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


def number(lang: str, value: object) -> str:
    """A number with the separators of the language; what is no number stays as it is."""
    try:
        amount = Decimal(str(value))
        if not amount.is_finite():
            return str(value)
    except InvalidOperation:
        return str(value)
    whole = amount == amount.to_integral_value()
    plain = f"{amount:,.0f}" if whole else f"{amount.normalize():,f}"
    thousands, point = {"nl": (".", ","), "en": (",", "."), "fr": (NBSP, ",")}[lang]
    return plain.translate(str.maketrans({",": thousands, ".": point}))


def euro(lang: str, value: object) -> str:
    """An amount in euros: ``€ 7.500``, ``€7,500``, ``7 500 €``."""
    shown = number(lang, value)
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


def fact_label(lang: str, fact: str) -> str:
    """What a fact is called for people; its id when the vocabulary does not know it."""
    found = load_vocabulary().get(fact)
    return pick(found.label, lang) if found else fact


def value_label(lang: str, fact: str, value: Any) -> str:
    """A fact's value for people: a choice's label, yes or no, a range, or the value itself."""
    if isinstance(value, list):
        return ", ".join(value_label(lang, fact, v) for v in value)
    if isinstance(value, bool):
        return text(lang, "values.yes" if value else "values.no")
    found = load_vocabulary().get(fact)
    for choice in found.choices if found else ():
        if choice.value == value:
            return pick(choice.label, lang)
    money = found is not None and found.type == "eur"
    dated = found is not None and found.type == "date"

    def plain(one: str) -> str:
        if dated:
            return day(lang, one)
        if money:
            return euro(lang, one)
        return number(lang, one) if found is not None and found.type == "number" else one

    if isinstance(value, str) and ".." in value:
        low, _, high = value.partition("..")
        key = "between" if low and high else "from" if low else "to"
        return text(lang, f"values.{key}", low=plain(low), high=plain(high))
    return plain(str(value))


def pick(texts: Any, lang: str) -> str:
    """A text in ``lang``, else in Dutch, else in whatever language there is."""
    if not texts:
        return ""
    if isinstance(texts, str):
        return texts
    return str(texts.get(lang) or texts.get("nl") or next((v for v in texts.values() if v), ""))
