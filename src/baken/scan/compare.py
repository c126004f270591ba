"""Two scans of one firm, told as events: then never, now in the past month.

What is different is always told; that the firm *changed* only when so much movement comes about
in at most 5 % of firms that did not change, whatever their level, and even if the questions turn
out as dull as ``dullest``. Only questions that the owner answered both times count. Each statement
holds for itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from baken.kernel.errors import BakenError
from baken.scan import model
from baken.scan.items import DONT_KNOW, POSTURE, Item, domains, items, scoring, words
from baken.scan.scan import Scan, asked_of
from baken.scan.tell import label

Way = Literal["reactive", "proactive", "unknown"]


@dataclass(frozen=True)
class Event:
    """An answer that is another one now."""

    item: Item
    then: str
    now: str

    @property
    def moved(self) -> int:
        """Steps up to the proactive side, or below nought down."""
        return self.item.grade(self.now) - self.item.grade(self.then)


@dataclass(frozen=True)
class Change:
    """A domain, or the whole, then and now: which way the firm changed (unknown when that is not
    sure), how often so much movement comes by chance, and the events. Without one, and with nothing
    that is the same, no question has an answer of both times.
    """

    about: str
    way: Way
    by_chance: float
    same: int
    events: tuple[Event, ...]


def compare(before: Scan, after: Scan) -> list[Change]:
    """What changed, for the whole and for each domain that was asked about both times.

    Raises:
        BakenError: when the first scan is not the older one.
    """
    if before.as_of >= after.as_of:
        raise BakenError(
            "as_of", f"the earlier scan is of {before.as_of}, the later of {after.as_of}",
            "an earlier scan that is older",
        )  # fmt: skip
    pairs = [
        Event(item, before.answers[name], after.answers[name])
        for name, item in items().items()
        if DONT_KNOW
        not in (before.answers.get(name, DONT_KNOW), after.answers.get(name, DONT_KNOW))
    ]
    return [
        _change(about, both)
        for about in (POSTURE, *domains())
        if (both := [p for p in pairs if p.item.domain == about])
        or all(_asked(about, scan) for scan in (before, after))
    ]


def _asked(about: str, scan: Scan) -> bool:
    """Whether the owner was asked about a part; what facts alone say of it is no question."""
    return asked_of(about, scan) and any(items()[i].domain == about for i in scan.answers)


def _change(about: str, both: list[Event]) -> Change:
    moved = sum(e.moved for e in both)
    by_chance = _by_chance(tuple(_careful(e.item) for e in both), abs(moved))
    way: Way = "unknown"
    if by_chance <= 1 - scoring().changed_from + 1e-12:
        way = "proactive" if moved > 0 else "reactive"
    events = tuple(e for e in both if e.moved)
    return Change(about, way, by_chance, len(both) - len(events), events)


def _careful(item: Item) -> tuple[float, tuple[float, ...]]:
    """The curve of a question, as dull as it may be while no study measured it."""
    return (item.sharpness if item.measured else scoring().dullest, item.thresholds)


@lru_cache(maxsize=512)
def _by_chance(questions: tuple[tuple[float, tuple[float, ...]], ...], moved: int) -> float:
    return model.chance_of_moving([model.curves(*q) for q in questions], moved)


def as_json(changes: list[Change], lang: str) -> list[dict[str, Any]]:
    """The changes as plain values, in words of one language."""
    return [
        {
            "id": c.about,
            "label": label(c.about)[lang],
            "changed": c.way,
            "says": _says(c, lang),
            "by_chance": round(c.by_chance, 3),
            "same": c.same,
            "events": [_event_json(e, lang) for e in c.events],
        }
        for c in changes
    ]


def _says(change: Change, lang: str) -> str:
    if not change.events and change.same:
        return str(words()["same"][lang])
    kind = "changed_posture" if change.about == POSTURE else "changed"
    told = change.way if change.events else "silent"
    return str(words()[kind][told][lang]).format(domain=label(change.about)[lang])


def _event_json(event: Event, lang: str) -> dict[str, Any]:
    said: Mapping[str, str] = {c.code: c.says[lang] for c in event.item.choices}
    then, now = (_inside(said[code]) for code in (event.then, event.now))
    return {
        "item": event.item.id,
        "ask": event.item.ask[lang],
        "then": event.then,
        "now": event.now,
        "says": words()["then_now"][lang].format(then=then, now=now),
    }


def _inside(sentence: str) -> str:
    """A sentence as part of another: without its capital, unless that is a word of its own."""
    keep = sentence.startswith("I ")
    return sentence if keep else sentence[:1].lower() + sentence[1:]
