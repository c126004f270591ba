"""An answer of the law room as a page shows it: one plain sentence, what is missing, the steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from baken.law.steps import tell
from baken.web.reckon.answers import each_once
from baken.web.reckon.fill import Filled
from baken.web.reckon.model import Tool
from baken.web.reckon.say import aid, bell, delineate, difficulty, room, size
from baken.web.reckon.say.common import (
    LOOKS,
    Shown,
    defaults,
    ending,
    every_step,
    slot_label,
    steps_of,
    taken,
    under_condition,
)
from baken.web.texts import text

WARNINGS = frozenset({"aid.ends", "aid.grace", "aid.after", "gber.ended", "dm.grace"})
"""Steps that tell of the end of a regulation: said at the top too."""
SAYS: Mapping[str, Callable[[Any, Any, Filled | None, str], Shown]] = {
    "size": size.says,
    "difficulty": difficulty.says,
    "alarm_bell": bell.says,
    "de_minimis": room.says,
    "aid": aid.says,
    "delineate": delineate.says,
}


def show(
    tool: Tool, given: Any, answer: Any, filled: Filled | None, today: date, lang: str
) -> Shown:
    """What the page of a result shows."""
    told: Shown = SAYS[tool.id](given, answer, filled, lang)
    lacking = filled.lacking if filled is not None else []
    guesses = filled.guesses if filled is not None else []
    if guesses and told["look"] != "open":
        told["says"] = under_condition(told["says"], guesses, lang)
        told["look"] = "open"
    missing = [*told.pop("missing", ()), *(slot_label(s, lang) for s in lacking)]
    usual = {taken(*d, lang) for d in filled.defaults} if filled is not None else set()
    assumed = [
        *(g for g in guesses if g not in usual),
        *defaults(filled, lang),
        *each_once(answer.assumed, lang),
    ]
    assumed += told.pop("assumed", ())
    skip = told.pop("skip", ())
    return {
        "notes": [],
        **told,
        "warnings": [*told.get("warnings", ()), *_warnings(tool, given, answer, today, lang)],
        "missing": list(dict.fromkeys([*missing, *each_once(answer.missing, lang)])),
        "assumed": list(dict.fromkeys(assumed)),
        "steps": steps_of(answer.step.steps, lang, answer.assumed, skip),
    }


def _warnings(tool: Tool, given: Any, answer: Any, today: date, lang: str) -> list[str]:
    """What the steps say of the end of a regulation, else what is known of it on that day."""
    found = [tell(s.code, s.values)[lang] for s in every_step(answer.step) if s.code in WARNINGS]
    classed = tool.id == "delineate" and answer.gber not in (None, "none")
    if not found and (classed or tool.id in ("aid", "difficulty")):
        return ending(getattr(given, "as_of", today), lang)
    return found


def blocked(tool: Tool, filled: Filled, today: date, lang: str) -> Shown:
    """What the page shows when an answer lacks that the law room can't do without."""
    labels = [slot_label(s, lang) for s in filled.lacking]
    same = [text(lang, "reckon.same_anyway", label=label) for label in labels]
    said = [] if filled.size else [*filled.guesses, *defaults(filled, lang)]
    more = aid.blocked(filled, today, lang) if tool.id == "aid" else {}
    by_law = tool.id in ("aid", "difficulty")
    return {
        "says": text(lang, f"reckon.{tool.id}.{filled.size or 'open'}"),
        "look": LOOKS[filled.size != "large" if filled.size else None],
        "notes": [],
        "missing": [] if filled.size else labels,
        "assumed": same if filled.size else said,
        "steps": [],
        **more,
        "warnings": [
            *more.get("warnings", ()),
            *(ending(filled.input.get("as_of", today), lang) if by_law else ()),
        ],
    }


__all__ = ["Shown", "blocked", "show", "slot_label"]
