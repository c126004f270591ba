"""The answers that a question offers: every ``value`` is accepted as that fact."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from baken.facts.vocabulary import Fact, shift_years

WORDS = {
    "nl": {"unknown": "Weet ik niet", "yes": "Ja", "no": "Nee", "less": "{hi} of minder", "more": "{lo} of meer", "just": "{lo}", "below": "Minder dan 0",  # noqa: E501
           "span": "{lo} tot {hi}", "years_less": "Minder dan {hi} jaar geleden", "years_more": "{lo} jaar geleden of langer",  # noqa: E501
           "years_span": "{lo} tot {hi} jaar geleden"},
    "en": {"unknown": "I do not know", "yes": "Yes", "no": "No", "less": "{hi} or less", "more": "{lo} or more", "just": "{lo}", "below": "Less than 0",  # noqa: E501
           "span": "{lo} to {hi}", "years_less": "Less than {hi} years ago", "years_more": "{lo} years ago or longer",  # noqa: E501
           "years_span": "{lo} to {hi} years ago",
           "years_less_one": "Less than a year ago", "years_more_one": "A year ago or longer"},
    "fr": {"unknown": "Je ne sais pas", "yes": "Oui", "no": "Non", "less": "{hi} ou moins", "more": "{lo} ou plus", "just": "{lo}", "below": "Moins de 0",  # noqa: E501
           "span": "{lo} à {hi}", "years_less": "Il y a moins de {hi} ans", "years_more": "Il y a {lo} ans ou plus",  # noqa: E501
           "years_span": "Il y a {lo} à {hi} ans",
           "years_less_one": "Il y a moins d'un an", "years_more_one": "Il y a un an ou plus"},
}  # fmt: skip

THOUSANDS = {"nl": ".", "en": ",", "fr": "\N{NO-BREAK SPACE}"}
UNITS = {
    "VTE": {"en": "FTE", "fr": "ETP"},
    "personen": {"en": "people", "fr": "personnes"},
    "jaar": {"en": "years", "fr": "ans"},
    "maanden": {"en": "months", "fr": "mois"},
    "uren": {"en": "hours", "fr": "heures"},
    "kWh primaire energie per jaar": {
        "en": "kWh of primary energy a year",
        "fr": "kWh d'énergie primaire par an",
    },
    "partners": {"en": "partners", "fr": "partenaires"},
}
SINGLE = {
    "personen": {"nl": "persoon", "en": "person", "fr": "personne"},
    "partners": {"nl": "partner", "en": "partner", "fr": "partenaire"},
}
"""The units of one; in French of nought too."""


def choices_for(fact: Fact, as_of: date, lang: str) -> list[dict[str, Any]]:
    """Values with labels, *I do not know* (value None) last; never empty for an askable fact."""
    words = WORDS[lang]
    out: list[dict[str, Any]] = []
    if fact.kind == "bool":
        out = [{"value": True, "label": words["yes"]}, {"value": False, "label": words["no"]}]
    elif fact.choices:
        out = [
            {"value": c.value, "label": c.label.get(lang) or c.label["nl"]} for c in fact.choices
        ]
    else:
        out = [_range(fact, r, as_of, lang) for r in fact.ranges]
    return [*out, {"value": None, "label": words["unknown"]}]


def _range(fact: Fact, span: Any, as_of: date, lang: str) -> dict[str, Any]:
    """A range such as ``10..49``; for dates in years ago, such as ``0..2``."""
    words = WORDS[lang]
    low, _, high = str(span).partition("..")
    if fact.kind != "date":
        unit = "EUR" if fact.kind == "eur" else UNITS.get(fact.unit, {}).get(lang, fact.unit)
        if low == high and low in (("0", "1") if lang == "fr" else ("1",)):
            unit = SINGLE.get(fact.unit, {}).get(lang, unit)
        kind = _kind(fact, low, high)
        ends = {"lo": _shown(low, lang), "hi": _shown(high, lang)}
        return {"value": span, "label": _measured(words[kind], kind, ends, unit, lang)}
    first = (shift_years(as_of, -int(high)) + timedelta(days=1)).isoformat() if high else ""
    last = shift_years(as_of, -int(low)).isoformat() if low and low != "0" else ""
    if not last and not first:
        raise ValueError(f"{fact.id}: the range {span} has no bound")
    key = "years_less" if not last else "years_more" if not first else "years_span"
    of_one = words.get(f"{key}_one") if (high or low) == "1" else None
    return {"value": f"{first}..{last}", "label": (of_one or words[key]).format(lo=low, hi=high)}


def _kind(fact: Fact, low: str, high: str) -> str:
    """The words for a range; from nought it has no lower end, but where there is less than that."""
    if low == high:
        return "just"
    if not low:
        return "below" if high == "-1" else "less"
    if not high:
        return "more"
    negative = any(str(r).startswith(("-", "..")) for r in fact.ranges)
    return "less" if low == "0" and not negative else "span"


def _measured(words: str, kind: str, ends: dict[str, str], unit: str, lang: str) -> str:
    """A range with its unit, which stands by the last number; English has EUR before the first."""
    first, last = ("hi", "hi") if kind == "less" else ("lo", "lo" if kind != "span" else "hi")
    if kind == "below":
        words, ends = words.replace("0", "{lo}"), {"lo": "0", "hi": ""}
    if unit == "EUR" and lang == "en":
        ends = {**ends, first: f"EUR {ends[first]}"}
    elif unit:
        ends = {**ends, last: f"{ends[last]} {unit}"}
    return words.format(**ends)


def _shown(number: str, lang: str) -> str:
    """A number with its thousands set apart as the language does it."""
    return f"{int(number):,}".replace(",", THOUSANDS[lang]) if number.isdigit() else number
