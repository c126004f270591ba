"""What an answer on aid says: the European maximum, what is still possible, or why not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from baken.kernel.errors import BakenError
from baken.law.aid.result import LAST
from baken.law.steps import tell
from baken.web.reckon.answers import ask
from baken.web.reckon.filled import Filled
from baken.web.reckon.measures import listed, resting_on
from baken.web.reckon.say.common import Shown, euro, number, reason, source
from baken.web.texts import text

SIZES = ("micro", "small", "medium", "large")
BARS = frozenset(
    {
        "aid.difficulty", "aid.too_late", "aid.incomplete", "aid.only_sme", "aid.replacement",
        "aid.recurring", "aid.mandatory_training", "aid.no_area", "aid.large_in_c",
        "aid.startup_small", "aid.startup_listed", "aid.startup_profit", "aid.startup_age",
        "aid.startup_took_over", "aid.29_large", "aid.notify",
    }
)  # fmt: skip
"""Steps that close the way to aid, each for a reason of its own."""


def says(given: Any, answer: Any, filled: Filled | None, lang: str) -> Shown:
    """The maximum less what there is already; a refusal with its reason and without a maximum."""
    known = answer.max_aid is not None or answer.max_pct is not None
    notes, warnings = [], []
    over = answer.cumulation["ok"] is False
    barred = reason(answer.step, BARS, lang) if answer.allowed is False else ""
    if answer.allowed is False and (barred or not over):
        said, look = text(lang, "reckon.aid.false"), "excluded"
        notes.append(barred)
        known = False
    elif answer.allowed is False:
        said, look = _too_much(given, answer, lang), "excluded"
    elif answer.article != "22" and began(given.project, _today(given, filled)):
        said, look = text(lang, "reckon.aid.began"), "open"
        warnings.append(text(lang, "reckon.aid.began_why"))
    elif answer.allowed and known:
        said, look = _possible(given, answer, filled, lang)
    else:
        later = given.as_of > LAST
        said, look = text(lang, "reckon.aid.later" if later else "reckon.aid.open"), "open"
    return {
        "says": said,
        "look": look,
        "notes": [n for n in notes if n],
        "warnings": warnings,
        "eu": _eu(answer, lang) if known else "",
        "article": answer.article,
        "base": number(lang, answer.base_pct) if answer.base_pct is not None else "",
        "bonuses": [_bonus(b, lang) for b in answer.bonuses],
        "next_bonus": [_bonus(b, lang) for b in answer.next_bonus] if known else [],
        "measures": _measures(given, answer, lang) if known else [],
        "skip": {"aid.total"} if _lacks(filled) else (),
    }


def _lacks(filled: Filled | None) -> bool:
    """Whether there is other aid of which the amount was not said."""
    return filled is not None and any(s.group is not None and not s.gate for s in filled.lacking)


def _measures(given: Any, answer: Any, lang: str) -> list[Shown]:
    ids = resting_on(answer.article, given.project.kind)
    return listed(ids, lang, given.size, taxes=False)


def began(project: Any, today: date) -> bool:
    """Whether it began already, and nobody said that the aid was applied for before."""
    begun = project.started_on is not None and project.started_on <= today
    return begun and project.applied_on is None


def _today(given: Any, filled: Filled | None) -> date:
    """The rules may be those of a later day than the day of asking."""
    today: date | None = filled.today if filled is not None else None
    return today or given.as_of


def beside(given: Any, answer: Any) -> Decimal | None:
    """The other aid for the same costs; None where its amount is not known."""
    total = answer.cumulation["total"]
    return None if total is None else Decimal(str(total)) - (given.asked or Decimal(0))


def rest(given: Any, answer: Any) -> Decimal | None:
    """What can still be had beside the other aid; None where that can't be told."""
    most, others = answer.cumulation["max_total"], beside(given, answer)
    return None if most is None or others is None else Decimal(str(most)) - others


def _possible(given: Any, answer: Any, filled: Filled | None, lang: str) -> tuple[str, str]:
    lacks = _lacks(filled)
    if answer.max_aid is None:
        said = text(lang, "reckon.aid.true_pct", pct=number(lang, answer.max_pct))
        return said, "open" if lacks else "fits"
    amount = euro(lang, answer.max_aid)
    others, left = beside(given, answer), rest(given, answer)
    if lacks or others is None:
        return text(lang, "reckon.aid.other_open", amount=amount), "open"
    if others <= 0 or left is None or left < (given.asked or 0):
        return text(lang, "reckon.aid.true", amount=amount), "fits"
    told = {"amount": euro(lang, answer.cumulation["max_total"]), "other": euro(lang, others)}
    if left <= 0:
        return text(lang, "reckon.aid.full", **told), "excluded"
    return text(lang, "reckon.aid.more", rest=euro(lang, left), **told), "fits"


def _too_much(given: Any, answer: Any, lang: str) -> str:
    """How much less would do, with or without other aid."""
    others, left = beside(given, answer), rest(given, answer)
    asked = given.asked or Decimal(0)
    if left is None or others is None:
        return text(lang, "reckon.aid.false")
    if left <= 0:
        most = euro(lang, answer.cumulation["max_total"])
        return text(lang, "reckon.aid.full", amount=most, other=euro(lang, others))
    name = "over_other" if others > 0 else "over"
    return text(lang, f"reckon.aid.{name}", over=euro(lang, asked - left), rest=euro(lang, left))


def _eu(answer: Any, lang: str) -> str:
    pct, most = answer.max_pct, answer.max_aid
    if pct is None:
        return text(lang, "reckon.aid.eu_amount", amount=euro(lang, most))
    if most is None:
        return text(lang, "reckon.aid.eu_pct", pct=number(lang, pct))
    return text(lang, "reckon.aid.eu_says", pct=number(lang, pct), amount=euro(lang, most))


def _bonus(bonus: Any, lang: str) -> Shown:
    return {
        "says": tell(f"bonus.{bonus.why}", {})[lang],
        "points": text(lang, "reckon.aid.points", pct=number(lang, bonus.pct)),
        "source": source(bonus.source, lang),
    }


def blocked(filled: Filled, today: date, lang: str) -> Shown:
    """What can be told without a size: the outcome for each; and that a start came too early."""
    lacking = [s.key for s in filled.lacking if s.group is None]
    project = filled.input.get("project", {})
    begun = "started_on" in project and project["started_on"] <= today
    late = begun and "applied_on" not in project and project.get("kind") != "startup"
    return {
        "by_size": _by_size(filled, lang) if lacking == ["size"] else [],
        "warnings": [text(lang, "reckon.aid.began_why")] if late else [],
    }


def _by_size(filled: Filled, lang: str) -> list[Shown]:
    """What it comes to for each size, where only the size is not known."""
    rows = []
    for size in SIZES:
        try:
            _, answer = ask("aid", {**filled.input, "size": size})
        except BakenError:
            return []
        closed = answer.allowed is False and answer.cumulation["ok"] is not False
        known = answer.max_aid is not None or answer.max_pct is not None
        says = text(lang, "reckon.aid.none" if closed else "reckon.unknown")
        if known and not closed:
            says = _eu(answer, lang)
        rows.append({"size": text(lang, f"reckon.size.class_{size}"), "says": says})
    return rows


__all__ = ["began", "beside", "blocked", "rest", "says"]
