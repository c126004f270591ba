"""The way through the questions: which were asked, which comes next, how many can still come.

An answer is a list of texts, one for each field of its question, in one plain form (``12.5``,
``2025-12-31``, a code); an empty text is "I don't know". The key of a question inside a group has
the number of the row: ``owner.0`` is the gate, ``owner.0.kind`` a question.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from baken.law.logic import later
from baken.web.reckon.derived import DERIVED
from baken.web.reckon.model import Group, Part, Question, Tool

Answers = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Slot:
    """A question at its place on the way."""

    key: str
    question: Question
    group: Group | None = None
    row: int = 0
    gate: bool = False
    part: str = ""
    """The one field of it that is meant, where it is not all of it."""


@dataclass(frozen=True)
class Way:
    """What was asked and answered, in order, and what comes next (None: nothing)."""

    asked: tuple[Slot, ...]
    next: Slot | None
    before: str = ""
    """The key of the answered question before the next one."""


def walk(tool: Tool, answers: Answers, as_of: date) -> Way:
    """The way through a tool with these answers."""
    asked: list[Slot] = []
    upcoming: Slot | None = None
    before = ""
    so_far: dict[str, tuple[str, ...]] = {}
    for slot in slots(tool, answers, as_of):
        if slot.key in answers:
            asked.append(slot)
            so_far[slot.key] = answers[slot.key]
            if tool.stop is not None and _holds(tool.stop, so_far, "", as_of):
                upcoming = None
                break
        elif upcoming is None:
            upcoming, before = slot, asked[-1].key if asked else ""
    return Way(tuple(asked), upcoming, before)


def slots(tool: Tool, answers: Answers, as_of: date) -> Iterator[Slot]:
    """Every question on the way, answered or not."""
    for item in tool.items:
        if not _holds(item.when, answers, "", as_of):
            continue
        if isinstance(item, Question):
            yield Slot(item.id, item)
            continue
        for row in range(item.most):
            key = f"{item.id}.{row}"
            yield Slot(key, item.again if row else item.first, item, row, True)
            if answers.get(key) != ("yes",):
                break
            for question in item.questions:
                if _holds(question.when, answers, f"{key}.", as_of):
                    yield Slot(f"{key}.{question.id}", question, item, row)


def _holds(when: Any, answers: Answers, prefix: str, as_of: date) -> bool:
    """Whether a condition holds; what was not asked has no value."""
    return _truth(when, answers, prefix, as_of) is True


def _truth(when: Any, answers: Answers, prefix: str, as_of: date) -> bool | None:
    """A list: one of them; a mapping: all of it. None: an answer that it needs is not there."""
    if when is None:
        return True
    if isinstance(when, list):
        found = [_truth(w, answers, prefix, as_of) for w in when]
        return True if True in found else None if None in found else False
    found = []
    for name, test in when.items():
        given = answers.get(f"{prefix}{name}") or (answers.get(name) if prefix else None)
        if name in DERIVED:
            given = (DERIVED[name](answers, as_of),)
        found.append(_absent(test) if given is None else _one(test, given[0], as_of))
    return False if False in found else None if None in found else True


def _absent(test: Any) -> bool | None:
    """A question that was not asked has not one of the answers that are to be left out."""
    return True if isinstance(test, dict) and "not" in test else None


def _one(test: Any, value: str, as_of: date) -> bool:
    if not isinstance(test, dict):
        return value in (test if isinstance(test, list) else [test])
    (kind, limit), *_ = test.items()
    if kind == "not":
        return value not in limit
    if kind == "over":
        return bool(value) and Decimal(value) > limit
    if kind == "older":  # in years; who does not know is asked
        return not value or as_of >= later(date.fromisoformat(value), years=limit)
    raise ValueError(kind)


def left(tool: Tool, answers: Answers, as_of: date) -> int:
    """How many questions can still come at most, without rows that are added."""
    upcoming = walk(tool, answers, as_of).next
    if upcoming is None:
        return 0
    most = 0
    for value in _choices(upcoming):
        then = {**answers, upcoming.key: (value,) + ("",) * (len(upcoming.question.parts) - 1)}
        most = max(most, _still(tool, then, as_of))
    return 1 + most


EXTREMES = {"date": ("1900-01-01", "2100-12-31")}


def _choices(slot: Slot) -> list[str]:
    """Answers that between them make every condition true or false."""
    if slot.gate:
        return ["no"]
    part: Part = slot.question.parts[0]
    some = [code for code, _ in part.choices] or EXTREMES.get(part.kind, ("0", "100"))
    return ["", *some]


def _still(tool: Tool, answers: Answers, as_of: date) -> int:
    if tool.stop is not None and _holds(tool.stop, answers, "", as_of):
        return 0
    count = 0
    open_ids: set[str] = set()
    for item in tool.items:
        if not _may(item.when, answers, "", as_of, open_ids):
            continue
        if isinstance(item, Question):
            if item.id not in answers:
                count += 1
                open_ids.add(item.id)
            continue
        for row in range(item.most):
            key = f"{item.id}.{row}"
            if key not in answers:
                count += 1
                break
            if answers[key] != ("yes",):
                break
            for q in item.questions:
                name = f"{key}.{q.id}"
                if name not in answers and _may(q.when, answers, f"{key}.", as_of, open_ids):
                    count += 1
                    open_ids.add(name)
    return count


def _may(when: Any, answers: Answers, prefix: str, as_of: date, open_ids: set[str]) -> bool:
    """Whether a condition can come to hold: one that waits for a question that will be put."""
    if when is None:
        return True
    if isinstance(when, list):
        return any(_may(w, answers, prefix, as_of, open_ids) for w in when)
    for name, test in when.items():
        given = answers.get(f"{prefix}{name}") or answers.get(name)
        if name in DERIVED:
            if DERIVED[name](answers, as_of) == "no":
                return False
            continue
        if given is not None:
            if not _one(test, given[0], as_of):
                return False
        elif {f"{prefix}{name}", name}.isdisjoint(open_ids) and _absent(test) is None:
            return False
    return True


def more_per_row(tool: Tool) -> bool:
    """Whether rows can be added, each with questions of its own."""
    return any(isinstance(i, Group) for i in tool.items)
