"""What an answer on difficulty says: of the firm itself and of its group in one sentence."""

from __future__ import annotations

from typing import Any

from baken.law.difficulty import difficulty_of
from baken.law.logic import Truth
from baken.web.reckon.answers import in_words
from baken.web.reckon.filled import Filled
from baken.web.reckon.say.common import Shown, key, reason
from baken.web.reckon.say.size import old
from baken.web.texts import text

GROUNDS = frozenset(
    {"difficulty.c.true", "difficulty.d.true", "difficulty.loss.true", "difficulty.e.year"}
)


def says(given: Any, answer: Any, filled: Filled | None, lang: str) -> Shown:
    """In difficulty, not, or open; a group in difficulty is never a plain no."""
    firm: Truth = answer.in_difficulty
    missing = []
    if firm and given.founded_on is None and _hangs_on_age(given):
        firm = None
        asked = filled is not None and "founded" in filled.said
        says = text(lang, "reckon.difficulty.founded")
        missing.append({"says": says, "key": "founded" if asked else ""})
    if firm is None and filled is not None:
        unsaid = [k for k in ("legal_form", "size") if filled.said.get(k) == ""]
        missing += [{"says": in_words(k, lang), "key": k} for k in unsaid]
    group = answer.group["in_difficulty"] if answer.group is not None else False
    if filled is not None and any(s.gate for s in filled.lacking):
        group = group or None
    notes = []
    why = reason(answer.step, GROUNDS, lang) if answer.in_difficulty else ""
    if firm:
        notes += [why, text(lang, "reckon.difficulty.means_true")]
    elif answer.in_difficulty:
        notes += [text(lang, "reckon.difficulty.young_or_not")]
    if firm and answer.group is not None:
        notes.append(text(lang, f"reckon.difficulty.group_{key(group)}"))
    name = key(firm)
    if firm is False and group is not False:
        name = "false_group" if group else "false_open"
    elif firm is None and group:
        name = "open_group"
    look = "excluded" if firm else "fits" if firm is False and group is False else "open"
    years = sorted(given.years or (), key=lambda y: y.end, reverse=True)[:1]
    return {
        "says": text(lang, f"reckon.difficulty.{name}"),
        "look": look,
        "notes": [n for n in [*notes, *old(years, given.as_of, lang)] if n],
        "missing": missing,
        "skip": {"difficulty.true"} if firm is None and answer.in_difficulty else (),
    }


def _hangs_on_age(given: Any) -> bool:
    """Whether a firm founded today would not be in difficulty."""
    return not difficulty_of(given.model_copy(update={"founded_on": given.as_of})).in_difficulty
