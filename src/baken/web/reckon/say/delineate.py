"""What an answer on research and innovation says, and what it means for aid."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from baken.kernel.files import own_yaml
from baken.web.reckon.filled import Filled
from baken.web.reckon.measures import listed, resting_on
from baken.web.reckon.model import HERE
from baken.web.reckon.say.common import Shown, reason, source
from baken.web.texts import text

RESEARCH = frozenset(
    {"fundamental_research", "industrial_research", "experimental_development", "feasibility_study"}
)
NOT = frozenset({"frascati.never", "frascati.part", "oslo.never"})
MOST_CASES = 2
WILL_BE = {
    "install_bought": "process_innovation", "organisational_change": "organisational_innovation",
}  # fmt: skip
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
        *_novelty(given, answer, filled, lang),
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
        "asked_by": listed(_asked_by(given, answer, means), lang),
        "borderline": _borderline(given.activity.kind, lang),
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


def _asked_by(given: Any, answer: Any, means: str) -> list[str]:
    """The measures that ask for the class; of what is not in use yet the class it will have."""
    will = WILL_BE.get(given.activity.kind or "")
    if means == "not_yet" and not answer.asked_by and will:
        return list(resting_on(None, will))
    return list(answer.asked_by)


def _borderline(kind: str | None, lang: str) -> list[Shown]:
    """Cases of the manuals that lie near this kind of work."""
    near = [c for c in _cases() if (kind or "other") in c["kinds"]]
    return [{"says": c[lang], "source": source(c["source"], lang)} for c in near[:MOST_CASES]]


@cache
def _cases() -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = own_yaml(HERE / "borderline.yaml")
    return found


def _novelty(given: Any, answer: Any, filled: Filled | None, lang: str) -> list[tuple[str, str]]:
    """Novelty and degree apart: for whom it is new, and how large the step is."""
    rows = []
    novel = answer.oslo["novelty"] or given.activity.novel_to
    if novel:
        rows.append(("novelty", text(lang, f"reckon.delineate.novelty_{novel}")))
    degree = filled.said.get("degree", "") if filled is not None else ""
    if degree:
        rows.append(("degree", text(lang, f"reckon.delineate.degree_{degree}")))
    kinds = [text(lang, f"reckon.delineate.kind_{k}") for k in answer.oslo["kinds"]]
    if kinds:
        rows.append(("kinds", ", ".join(kinds)))
    return rows


def _truth(value: bool | None, lang: str) -> str:
    return text(lang, {True: "reckon.yes", False: "reckon.no", None: "reckon.unknown"}[value])
