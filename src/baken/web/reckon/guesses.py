"""What the outcome owes to a word that was not given.

Whoever answers "I don't know" gets an outcome that takes something as so. Where another answer
would give another outcome, that is a guess: the headline holds on a condition, and says on which.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from baken.kernel.errors import BakenError
from baken.law.logic import later
from baken.web.reckon.answers import ask, in_words
from baken.web.reckon.fill import fill
from baken.web.reckon.filled import Filled
from baken.web.reckon.model import Part, Tool
from baken.web.reckon.say.aid import rest
from baken.web.reckon.say.common import slot_label, taken
from baken.web.reckon.walk import Answers, Slot, slots, walk
from baken.web.texts import text

Verdict = tuple[Any, ...]
ELSEWHERE = frozenset({"year_end", "founded", "established", "granted", "granted_on", "asked"})
"""What the page tells of in another way, and what is no fact but a wish."""
WORSE_ONLY = frozenset({"aid", "de_minimis"})
"""Tools where more than was told is no harm: what could only help is taken as not there."""
EXTREMES = {
    "number": ("0", "1000000000"), "euro": ("0", "1000000000"), "percent": ("0", "100"),
}  # fmt: skip


def guesses(
    tool: Tool, answers: Answers, filled: Filled, answer: Any, as_of: date, lang: str
) -> list[str]:
    """Each guess in words, in the order of the questions; what was not asked yet is not known."""
    given = _verdict(tool.id, filled, answer)
    found: list[str] = []
    way = walk(tool, answers, as_of)
    for slot in slots(tool, answers, as_of) if way.next else way.asked:
        said = answers.get(slot.key, ("",) * len(slot.question.parts))
        if all(said) or _left_to_page(slot, filled):
            continue
        if slot.question.assume is not None:
            if given[:1] != ("large",):
                name = f"{slot.group.name[lang]} {slot.row + 1}" if slot.group else ""
                found.append(slot.question.assume[lang].format(name=name))
            continue
        if slot.gate or slot.key in ELSEWHERE:
            continue
        found += _of(tool, answers, slot, (given, filled), answer, as_of, lang)
    return list(dict.fromkeys(found))


def _left_to_page(slot: Slot, filled: Filled) -> bool:
    """Whether it is named as missing already."""
    return any(s.key == slot.key for s in filled.lacking)


def _of(
    tool: Tool, answers: Answers, slot: Slot, told_now: tuple[Verdict, Filled], answer: Any,
    as_of: date, lang: str,
) -> Iterator[str]:  # fmt: skip
    given, filled_in = told_now
    said = answers.get(slot.key, ("",) * len(slot.question.parts))
    for at, part in enumerate(slot.question.parts):
        if said[at]:
            continue
        gone: set[str] | None = None
        other = False
        for value in _values(part, as_of):
            then = {**answers, slot.key: (*said[:at], value, *said[at + 1 :])}
            try:
                filled = fill(tool, then, as_of, lang)
                _, found = ask(tool.id, filled.input)
            except BakenError:
                continue
            other = other or _differs(tool.id, given, _verdict(tool.id, filled, found))
            fewer = set(answer.assumed) - set(found.assumed)
            gone = fewer if gone is None else gone & fewer
        if other:
            told = [n for n in answer.assumed if n in (gone or ())]
            if told or any(v is not None for v in given):
                yield from [in_words(n, lang) for n in told] or [
                    _taken(slot, part, filled_in, lang)
                ]


def _taken(slot: Slot, part: Part, filled: Filled, lang: str) -> str:
    for one, part_id, value in filled.defaults:
        if (one.key, part_id) == (slot.key, part.id):
            return taken(one, part_id, value, lang)
    return text(lang, "reckon.not_said", label=slot_label(replace(slot, part=part.id), lang))


def _values(part: Part, as_of: date) -> tuple[str, ...]:
    """Answers that between them make the extremes."""
    if part.choices:
        return tuple(code for code, _ in part.choices)
    if part.kind == "text":
        return ()
    if part.kind == "date":
        return (as_of.isoformat(), later(as_of, years=-30).isoformat()) if part.past else ()
    low, high = EXTREMES[part.kind]
    return (f"-{high}", low, high) if part.negative else (low, high)


def _verdict(tool: str, filled: Filled, answer: Any) -> Verdict:
    """What the headline tells."""
    match tool:
        case "size":
            return (answer.category,)
        case "difficulty":
            return (answer.in_difficulty, answer.group and answer.group["in_difficulty"])
        case "alarm_bell":
            return (answer.rings, answer.convene)
        case "de_minimis":
            return (answer.fits, answer.room)
        case "aid":
            asked = filled.input.get("asked")
            left = rest(_Asked(asked), answer)
            return (answer.allowed, answer.max_aid, left)
    return (None if answer.outcome == "open" else answer.outcome, answer.gber)


class _Asked:
    def __init__(self, asked: Decimal | None) -> None:
        self.asked = asked


def _differs(tool: str, given: Verdict, other: Verdict) -> bool:
    if tool not in WORSE_ONLY:
        return given != other
    if given[0] != other[0] and given[0] is not None:
        return True
    pairs = zip(given[1:], other[1:], strict=True)
    return any(a is not None and (b is None or b < a) for a, b in pairs)
