"""From answers to what the law says: the same for the page of a tool and for a dossier."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from baken.web.reckon.answers import ask
from baken.web.reckon.doubt import in_doubt, open_gates
from baken.web.reckon.fill import fill
from baken.web.reckon.filled import Filled
from baken.web.reckon.given import Answers
from baken.web.reckon.guesses import guesses
from baken.web.reckon.model import Tool
from baken.web.reckon.say import blocked, show
from baken.web.reckon.walk import walk

FIGURES = frozenset({"heads", "turnover", "balance"})
"""What the size of a firm hangs on, beside its group."""


@dataclass(frozen=True)
class Outcome:
    """What is shown; ``answer`` is the law room's, None where it can't answer yet."""

    filled: Filled
    shown: dict[str, Any]
    as_of: date
    answer: Any = None


def filled_in(tool: Tool, answers: Answers, today: date, lang: str) -> Filled:
    """The law's input for these answers, with what is in doubt of it."""
    filled = fill(tool, answers, today, lang)
    _note_doubts(tool, answers, filled, today, lang)
    return filled


def outcome(tool: Tool, answers: Answers, filled: Filled, today: date, lang: str) -> Outcome:
    """What the law says to these answers.

    Raises:
        baken.kernel.errors.BakenError: for an answer that can't be used.
    """
    if filled.blocked:
        return Outcome(filled, blocked(tool, filled, today, lang), today)
    given, answer = ask(tool.id, filled.input)
    filled.guesses += guesses(tool, answers, filled, answer, today, lang)
    shown = show(tool, given, answer, filled, today, lang)
    return Outcome(filled, shown, getattr(given, "as_of", today), answer)


def _note_doubts(tool: Tool, answers: Answers, filled: Filled, today: date, lang: str) -> None:
    """What was not said of a list that the law room takes as complete."""
    if tool.id == "size":
        doubts, filled.size = in_doubt(tool, answers, filled, today, lang)
        filled.blocked = bool(doubts)
        if doubts and filled.size is None:
            figures = [s for s in walk(tool, answers, today).asked if s.key in FIGURES]
            filled.lacking += [s for s in figures if not answers[s.key][0]]
        filled.lacking += doubts
        return
    way = walk(tool, answers, today)
    on_way = {s.key for s in way.asked}
    gates = [g for g in open_gates(tool, answers, today) if way.next or g.key in on_way]
    if tool.id in ("de_minimis", "difficulty"):
        filled.lacking += gates
    else:
        filled.defaults += [(g, "", "no") for g in gates if g.question.assume is None]
