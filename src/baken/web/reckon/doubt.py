"""What an owner does not know of the group, where the law room takes a list as complete.

Whoever says that somebody holds 25 % or more, but not who or how much, gets an outcome only when it
is the same for whatever that can be.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from itertools import product
from typing import Any

from baken.kernel.errors import BakenError
from baken.web.reckon.answers import ask
from baken.web.reckon.filled import Filled
from baken.web.reckon.model import Group, Tool
from baken.web.reckon.walk import Answers, Slot, slots, walk

KINDS = ("enterprise", "natural_person", "public_body", "venture_capital")
"""Kinds of holders that make the extremes of what one can be."""
SHARES = ((25, 25), (51, 25), (51, 51))
"""What the first holder, and each other one, can hold at the extremes."""


def open_gates(tool: Tool, answers: Answers, as_of: date) -> list[Slot]:
    """Whether there is one, or another one, was not said."""
    return [s for s in slots(tool, answers, as_of) if s.gate and not any(answers.get(s.key, ("",)))]


def in_doubt(
    tool: Tool, answers: Answers, filled: Filled, as_of: date, lang: str
) -> tuple[list[Slot], str | None]:
    """The questions on the group that were not answered, and the size that follows all the same.

    No questions: the law room can be asked. Questions and no size: it can't be told without them.
    """
    gates = open_gates(tool, answers, as_of)
    kinds, shares = _unknown(tool, answers, as_of)
    if not (gates or kinds or shares):
        return [], None
    found = set()
    for variant in _variants(filled.input, kinds, shares, lang):
        try:
            found.add(ask("size", variant)[1].category)
        except BakenError:  # such a group can't be
            continue
    sure = found == {"large"} or (len(found) == 1 and not gates)
    return [*gates, *kinds, *shares], found.pop() if sure else None


def _unknown(tool: Tool, answers: Answers, as_of: date) -> tuple[list[Slot], list[Slot]]:
    """The rows of which the kind, and of which both percentages, are not known."""
    on_way = {s.key: s for s in walk(tool, answers, as_of).asked}
    kinds, shares = [], []
    for slot in on_way.values():
        if not slot.gate or answers[slot.key] != ("yes",) or not isinstance(slot.group, Group):
            continue
        ids = {q.id: q for q in slot.group.questions}

        def said(name: str, key: str = slot.key) -> bool:
            return any(answers.get(f"{key}.{name}", ("",)))

        def row(name: str, of: Slot = slot, ids: Any = ids) -> Slot:
            return Slot(f"{of.key}.{name}", ids[name], of.group, of.row)

        if "kind" in ids and not said("kind"):
            kinds.append(row("kind"))
        if "capital" in ids and not said("capital") and not said("votes"):
            shares.append(row("capital"))
    return kinds, shares


def _variants(
    raw: dict[str, Any], kinds: list[Slot], shares: list[Slot], lang: str
) -> Iterator[dict[str, Any]]:
    for kind, (first, other) in product(
        KINDS if kinds else ("",), SHARES if shares else SHARES[:1]
    ):
        one = deepcopy(raw)
        for slot in kinds:
            one["enterprises"][_name(slot, lang)]["kind"] = kind
        for at, slot in enumerate(shares):
            name = _name(slot, lang)
            for link in one["links"]:
                if name in (link["owner"], link["owned"]):
                    link["capital_pct"] = link["voting_pct"] = other if at else first
        yield one


def _name(slot: Slot, lang: str) -> str:
    assert slot.group is not None
    return f"{slot.group.name[lang]} {slot.row + 1}"
