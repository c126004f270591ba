"""An answer of the law room as a page shows it: one plain sentence, what is missing, the steps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from baken.law.steps import tell
from baken.web.reckon.answers import each_once, in_words
from baken.web.reckon.filled import Filled
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
CONCLUDES = frozenset({"size", "difficulty", "aid", "delineate"})
"""Tools whose last step is the conclusion: it hangs on what was assumed as the headline does."""
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
    # of an expert's input nothing is tried: what was assumed may decide
    guesses = filled.guesses if filled is not None else each_once(answer.assumed, lang)
    if guesses and told["look"] != "open":
        told["says"] = under_condition(told["says"], guesses, lang)
        told["look"] = "open"
    missing = [
        *told.pop("missing", ()),
        *({"says": slot_label(s, lang), "key": s.key} for s in lacking),
        *_named(answer.missing, filled, lang),
    ]
    usual = {taken(*d, lang) for d in filled.defaults} if filled is not None else set()
    assumed = [
        *(g for g in guesses if g not in usual),
        *defaults(filled, lang),
        *each_once(answer.assumed, lang),
    ]
    assumed += told.pop("assumed", ())
    steps = steps_of(answer.step.steps, lang, answer.assumed, told.pop("skip", ()))
    if guesses and steps and tool.id in CONCLUDES:
        steps[-1]["says"] = text(lang, "reckon.on_guesses", says=steps[-1]["says"])
    return {
        "notes": [],
        **told,
        "warnings": [*told.get("warnings", ()), *_warnings(tool, given, answer, today, lang)],
        "missing": _once(missing),
        "assumed": list(dict.fromkeys(assumed)),
        "steps": steps,
    }


ASKED_AS = {
    "net_assets": "assets", "years": "equity", "years[0]": "equity", "years[1]": "equity_before",
    "asked: the premium of the safe-harbour notice, or an approved method": "",
    "linked": "linked.0", "whether the application came before the start, on one day": "days",
}  # fmt: skip
"""The question for what the law room misses, where its name is not that of one field."""


def _named(names: Any, filled: Filled | None, lang: str) -> Iterator[Shown]:
    """What the law room misses, each with the question that asks for it, if there is one."""
    for name in names:
        at = filled.asked_at.get(name) if filled is not None else None
        asked = ASKED_AS.get(name, "")
        if filled is not None and asked not in filled.said:
            asked = ""
        key = at[0].key if at is not None else asked if filled is not None else ""
        yield {"says": in_words(name, lang), "key": key}


def _once(rows: Iterable[Shown]) -> list[Shown]:
    """Each once; what is told twice keeps its question."""
    found: dict[str, Shown] = {}
    for row in rows:
        there = found.setdefault(row["says"], row)
        if not there["key"] and row["key"]:
            there["key"] = row["key"]
    return list(found.values())


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
        "missing": []
        if filled.size
        else _once({"says": slot_label(s, lang), "key": s.key} for s in filled.lacking),
        "assumed": same if filled.size else said,
        "steps": [],
        **more,
        "warnings": [
            *more.get("warnings", ()),
            *(ending(filled.input.get("as_of", today), lang) if by_law else ()),
        ],
    }


__all__ = ["Shown", "blocked", "show", "slot_label"]
