"""What an answer on research and innovation says, and what it means for aid."""

from __future__ import annotations

from typing import Any

from baken.web import catalogue, words
from baken.web.reckon.fill import Filled
from baken.web.reckon.say.common import Shown, reason
from baken.web.texts import text

RESEARCH = frozenset(
    {"fundamental_research", "industrial_research", "experimental_development", "feasibility_study"}
)
NOT = frozenset({"frascati.never", "frascati.part", "oslo.never"})
MOST_MEASURES = 40
LOOK = {
    "research": "fits", "innovation": "fits", "differs": "fits", "none": "excluded",
    "improvement": "excluded", "not_yet": "open", "no_class": "open", "open": "open",
}  # fmt: skip


def says(given: Any, answer: Any, filled: Filled | None, lang: str) -> Shown:
    """The outcome in one sentence. Where the manual and the regulation differ, both are told."""
    rnd, oslo = answer.frascati["rnd"], answer.oslo["innovation"]
    means = _means(answer)
    gber = text(lang, f"reckon.delineate.gber_{answer.gber}") if answer.gber else None
    facts = [
        ("rnd", _truth(rnd, lang)),
        ("oslo", text(lang, "reckon.not_yet") if _not_yet(given, answer) else _truth(oslo, lang)),
        ("gber", gber or text(lang, "reckon.unknown")),
    ]
    says = text(lang, f"reckon.delineate.{answer.outcome}")
    if means == "differs":
        says = text(lang, "reckon.delineate.differs", gber=gber)
    elif means == "no_class":
        says = text(lang, "reckon.delineate.no_class")
    keep = rnd is not False or means == "differs"
    return {
        "says": says,
        "look": LOOK[means],
        "notes": [n for n in [_why(answer, means, lang)] if n],
        "facts": [(text(lang, f"reckon.delineate.{n}"), said) for n, said in facts],
        "means": [
            text(lang, f"reckon.delineate.means_{means}"),
            *([text(lang, "reckon.delineate.keep")] if keep else []),
        ],
        "asked_by": measures(answer.asked_by, lang),
    }


def _means(answer: Any) -> str:
    """What the outcome means for aid: the regulation decides on aid, the manual does not."""
    rnd, oslo = answer.frascati["rnd"], answer.oslo["innovation"]
    if rnd:
        return "no_class" if answer.gber == "none" else "research"
    if rnd is False and answer.gber in RESEARCH:
        return "differs"
    if answer.outcome == "open":
        return "open"
    if oslo:
        return "innovation"
    if answer.outcome == "not_yet":
        return "not_yet"
    return "improvement" if answer.outcome == "ordinary_improvement" else "none"


def _not_yet(given: Any, answer: Any) -> bool:
    """Whether it is no innovation only for not being in use."""
    activity = given.activity
    if answer.oslo["innovation"] is not False or activity.implemented is not False:
        return False
    return bool(activity.significant_difference) and activity.novel_to not in (None, "none")


def _why(answer: Any, means: str, lang: str) -> str:
    """Why it is no research or innovation: the kind of work, or which question was a no."""
    if means not in ("none", "differs"):
        return ""
    by_kind = reason(answer.step, NOT, lang)
    noes = [n for n, value in answer.frascati["criteria"].items() if value is False]
    if by_kind or not noes:
        return by_kind
    names = ", ".join(text(lang, f"reckon.delineate.lacks_{n}") for n in noes)
    return text(lang, "reckon.delineate.why", names=names)


def measures(ids: list[str], lang: str) -> list[Shown]:
    """Measures with their names, as far as the page shows them."""
    records = catalogue.by_id(ids)
    found = [records[("instrument", i)] for i in ids if ("instrument", i) in records]
    return [
        {
            "id": r["id"],
            "name": words.pick(r["names"], lang),
            "lang": words.lang_of(r["names"], lang),
        }
        for r in found[:MOST_MEASURES]
    ]


def _truth(value: bool | None, lang: str) -> str:
    return text(lang, {True: "reckon.yes", False: "reckon.no", None: "reckon.unknown"}[value])
