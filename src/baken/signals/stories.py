"""Alarms that are one story: of one firm, and begun at about the same time.

A customer who leaves lowers sales, invoices and customers at once: that is told once, by the alarm
that says most. The page and the monthly letter tell the same stories.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from baken.signals.alarms import AMBER_KINDS, Alarm, chance
from baken.signals.asks import ask
from baken.signals.kinds import Texts
from baken.signals.series import Frequency, Series
from baken.signals.watch import Watch

TOGETHER = 0.26
"""Alarms that began within so many years (three months) of each other are one story."""
LEAST_SIZE = 0.01
"""A change of less than 1 % is no news, however sure it is."""
FIRST = (
    "sales", "turnover", "sales.*", "gross-margin", "cash", "days-below-zero", "credit_notes",
    "credit_share", "complaints", "customers", "purchases",
)  # fmt: skip
"""Of the alarms of a story the one on the first of these series tells it."""
FOLLOW = ("vat-on-sales", "vat-deducted", "vat-to-pay")
"""They follow from the turnover and purchases of the same returns: they explain, and are no alarm
of their own."""


@dataclass(frozen=True)
class Item:
    """An alarm with its series; None for one that stands in the annual accounts by itself."""

    alarm: Alarm
    series: Series | None = None


Some = TypeVar("Some", bound=Item)


def news(found: Watch) -> list[Item]:
    """The alarms of an answer that tell something by themselves, with their series."""
    plain = {(j.series.firm, j.series.id, j.series.frequency) for j in found.judged}
    items = [Item(a) for a in found.lights]
    items += [Item(a, j.series) for j in found.judged for a in j.alarms]
    return [i for i in items if not _too_small(i.alarm) and not follows(i.series, plain)]


def follows(series: Series | None, every: Container[tuple[str, str, Frequency]]) -> bool:
    """Whether a series follows from another one that is watched (firm, id and frequency)."""
    if series is None or series.id not in FOLLOW:
        return False
    return (series.firm, "turnover", series.frequency) in every


def stories(items: Sequence[Some]) -> list[tuple[Some, ...]]:
    """The alarms grouped by firm and beginning, the one that tells it first; red stories before
    amber ones, then the newest."""
    left = sorted(items, key=rank)
    told: list[tuple[Some, ...]] = []
    while left:
        lead, *rest = left
        mine = [i for i in rest if _together(lead, i)]
        told.append((lead, *mine))
        left = [i for i in rest if i not in mine]
    return sorted(told, key=lambda s: (not is_red(s), -(years(s[0].alarm.since) or 0)))


def is_red(items: Iterable[Item]) -> bool:
    """Whether one of the alarms is red."""
    return any(i.alarm.severity == "red" for i in items)


def question(items: Sequence[Item]) -> Texts:
    """What the owner would ask about a story: of its cause, else of its kind. It has no figure."""
    lead = items[0]
    causes = [i.alarm.cause for i in items if i.alarm.cause]
    head = lead.series.id.partition(".")[0] if lead.series else ""
    return ask(lead.alarm.kind, causes, head)


def parts(alarm: Alarm, lang: str) -> tuple[str, str, str]:
    """What an alarm says in three parts: what moved, how often a healthy firm hears as much (empty
    of a limit, which is no test), and what may be behind it."""
    odds = chance(alarm.rate)[lang]
    what, _, why = alarm.says[lang].partition(odds)
    return what.strip(), odds if odds in alarm.says[lang] else "", why.strip()


def rank(item: Item) -> tuple[int, bool, int, float]:
    """Which alarm of a story tells it: the lowest; swings only where nothing fell or rose."""
    head, dot, _ = (item.series.id if item.series else "").partition(".")
    series = "sales.*" if head == "sales" and dot else head
    place = FIRST.index(series) if series in FIRST else len(FIRST)
    swings = item.alarm.kind in AMBER_KINDS
    return (0 if item.series is None else 1, swings, place, -abs(item.alarm.size or 0))


def years(period: str) -> float | None:
    """Where a period begins, in years; None for a position.

    >>> years("2026-07"), years("2026-Q3"), years("17")
    (2026.5, 2026.5, None)
    """
    numbers = [int(n) for n in re.findall(r"\d+", period)]
    if not numbers or not 1000 <= numbers[0] <= 3000:
        return None
    if "W" in period:
        day = date.fromisocalendar(numbers[0], numbers[1], 1)
        return day.year + day.timetuple().tm_yday / 366
    if "Q" in period or "K" in period:
        return numbers[0] + (numbers[1] - 1) / 4
    month = (numbers[1] - 1) / 12 if len(numbers) > 1 else 0
    return numbers[0] + month + ((numbers[2] - 1) / 366 if len(numbers) > 2 else 0)


def _too_small(alarm: Alarm) -> bool:
    """Whether an alarm is about next to nothing."""
    return alarm.size is not None and abs(alarm.size) < LEAST_SIZE


def _together(one: Item, other: Item) -> bool:
    if one.alarm.firm != other.alarm.firm:
        return False
    if one.series is None or other.series is None:
        return one.series is other.series and one.alarm.since == other.alarm.since
    if one.series.frequency == "position" or other.series.frequency == "position":
        return False
    here, there = years(one.alarm.since), years(other.alarm.since)
    return here is not None and there is not None and abs(here - there) < TOGETHER
