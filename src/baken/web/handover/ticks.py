"""The ticks of the first step: each item of a dossier has one of its own."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from baken.refer.dossier import Dossier, items
from baken.web.texts import text

FEW = 3
"""More open points than this are folded."""


@dataclass(frozen=True)
class Group:
    """The ticks of a part of the dossier. A long list of open points is ``folded``, and so is what
    does not fit."""

    part: str
    items: list[dict[str, str]]
    folded: bool = False
    ticked: bool = False


def groups(whole: Dossier, ticks: Set[str]) -> list[Group]:
    """The ticks by part: name of the item, what it is, what it says."""
    need = whole.need
    found: dict[str, list[tuple[str, str]]] = {
        "need": [("", need.words)] if need else [],
        "facts": [(f.label, f.value) for f in whole.facts],
        "signals": [("", alarm.says) for alarm in whole.signals],
        "law": [(rule.title, rule.outcome.split("\n")[0]) for rule in whole.law],
        "verdicts": [(v.name, v.says) for v in whole.fitting],
        "excluded": [(v.name, v.says) for v in whole.excluded],
        "open_points": [("", point) for point in whole.open_points],
    }
    names: dict[str, list[str]] = {}
    unfit = {v.offer for v in whole.excluded}
    for name in items(whole):
        part, _, of = name.partition(":")
        part = "excluded" if part == "verdicts" and of in unfit else part
        names.setdefault(part, []).append(name)
    return [
        Group(
            part,
            [
                {"name": n, "what": _head(what, whole.lang), "says": says}
                for n, (what, says) in zip(names[part], rows, strict=True)
            ],
            part == "excluded" or (part == "open_points" and len(rows) > FEW),
            bool(ticks & set(names[part])),
        )
        for part, rows in found.items()
        if rows
    ]


def _head(what: str, lang: str) -> str:
    """What stands before what an item says; a question ends on its own sign."""
    return what if not what or what.endswith("?") else f"{what}{text(lang, 'site.colon')}"
