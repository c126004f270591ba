"""Alarms as stories: those of one firm that began about the same time are told together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from baken.signals.alarms import Alarm
from baken.signals.detect.limits import is_limited
from baken.signals.lasting import lasts
from baken.signals.reach import Reach
from baken.signals.series import Frequency, Series
from baken.signals.watch import PER_FIRM, Watch, is_part, watch
from baken.web.signalen.models import Seen
from baken.web.signalen.shelf import Shelf

TOGETHER = 0.26
"""Alarms that began within so many years (three months) of each other are one story."""
LEAST_SIZE = 0.01
"""A change of less than 1 % is no news, however sure it is."""
FIRST = (
    "sales", "turnover", "sales.*", "gross_margin", "balance", "credit_notes", "credit_share",
    "complaints", "customers", "purchases",
)  # fmt: skip
"""Of the alarms of a story the one on the first of these series tells it."""
FOLLOW = ("vat-on-sales", "vat-deducted", "vat-to-pay")
"""They follow from the turnover and purchases of the same returns: they explain, and are no alarm
of their own."""
LIGHT = "light."
"""What stands in the annual accounts by itself is called so in a key."""
UNWATCHED = "share_five"
"""It has no limit, and gives no alarm: it explains."""


@dataclass(frozen=True)
class Item:
    """An alarm with its series (None for one that stands in the annual accounts) and what its owner
    said of it."""

    alarm: Alarm
    series: Series | None = None
    seen: Seen | None = None

    @property
    def key(self) -> str:
        """The alarm's own name, the same as long as its figures are."""
        series = self.series.id if self.series else f"{LIGHT}{self.alarm.series}"
        return "|".join((series, self.alarm.way, self.alarm.since))


@dataclass(frozen=True)
class Story:
    """Alarms that belong together; the first tells it."""

    items: tuple[Item, ...]

    @property
    def lead(self) -> Item:
        """The alarm that tells the story."""
        return self.items[0]

    @property
    def red(self) -> bool:
        """Whether one of the alarms is red."""
        return any(i.alarm.severity == "red" for i in self.items)


@dataclass
class Found:
    """What a page shows: stories that stand, those that were explained, what lasts though it is no
    news any more, alarms that are over, and the series in which nothing was found, with what could
    have been seen in each."""

    watch: Watch
    stories: list[Story] = field(default_factory=list)
    explained: list[Item] = field(default_factory=list)
    left_out: list[list[Seen]] = field(default_factory=list)
    lasting: list[Item] = field(default_factory=list)
    over: list[Item] = field(default_factory=list)
    quiet: list[tuple[Series, Reach, bool]] = field(default_factory=list)
    """The third tells whether it is watched by a limit."""


def judge(shelf: Shelf, seen: Sequence[Seen] = (), as_of: date | None = None) -> Found:
    """The series of a shelf judged, with what their owner explained left out. With ``as_of`` the
    sentences tell of figures that stopped long before in the past; the page tells that apart."""
    series = [masked(s, seen) for s in shelf.series]
    aside = [*shelf.rejected, *shelf.notes]
    answer = watch(series, aside, per_firm=True, false_alarms=PER_FIRM, lights=shelf.lights,
                   as_of=as_of)  # fmt: skip
    items = [Item(a) for a in answer.lights]
    plain = {(s.firm, s.id, s.frequency): s for s in shelf.series}
    for judged in answer.judged:
        s = judged.series
        items += [Item(a, plain[s.firm, s.id, s.frequency]) for a in judged.alarms]
    items = [i for i in items if not too_small(i.alarm) and not follows(i.series, plain)]
    items = [replace(i, seen=about(i, seen)) for i in items]
    found = Found(answer)
    once: dict[tuple[str, str, str], list[Seen]] = {}
    for one in seen:
        if one.explained == "once":
            once.setdefault((one.why, one.since, one.until), []).append(one)
    found.left_out = list(once.values())
    found.lasting = _lasting(items, shelf)
    found.over = [i for i in items if i.alarm.cleared is not None and i not in found.lasting]
    stands = [i for i in items if i.alarm.cleared is None]
    found.explained = [i for i in stands if i.seen is not None and i.seen.explained == "stays"]
    rest = [i for i in stands if i not in found.explained]
    found.stories = stories(rest)
    told = [*rest, *found.lasting]
    loud = {(i.series.firm, i.series.id) for i in told if i.series is not None}
    main = [s for s in shelf.series if not is_part(s)]
    known = shelf.reach or [[True, None]] * len(main)
    found.quiet = [
        (s, Reach(bool(r[0]), r[1]), is_limited(s, beside(s, shelf)))
        for s, r in zip(main, known, strict=False)
        if (s.firm, s.id) not in loud and s.id != UNWATCHED and not follows(s, plain)
    ]
    return found


def follows(series: Series | None, all_series: Mapping[tuple[str, str, Frequency], Series]) -> bool:
    """Whether a series follows from another one that is watched."""
    if series is None or series.id not in FOLLOW:
        return False
    return (series.firm, "turnover", series.frequency) in all_series


def _lasting(items: Sequence[Item], shelf: Shelf) -> list[Item]:
    """Of each series the last alarm, where it is over and what it told of is still so."""
    last: dict[tuple[str, str], Item] = {}
    for item in items:
        if item.series is None or (item.seen is not None and item.seen.explained):
            continue
        key = (item.series.firm, item.series.id)
        if key not in last or item.alarm.detected > last[key].alarm.detected:
            last[key] = item
    found = []
    for item in last.values():
        assert item.series is not None
        if lasts(item.alarm, item.series, beside(item.series, shelf)):
            found.append(item)
    return sorted(found, key=_rank)


def beside(series: Series, shelf: Shelf) -> dict[str, Series]:
    """The series of the same firm and frequency, by id."""
    like = (series.firm, series.frequency)
    return {s.id: s for s in shelf.series if (s.firm, s.frequency) == like}


def masked(series: Series, seen: Iterable[Seen]) -> Series:
    """A series without the months that its owner explained as of once only."""
    values = list(series.values)
    for one in seen:
        if one.explained != "once" or one.series != series.id:
            continue
        if one.since in series.periods:
            start = series.periods.index(one.since)
            end = series.periods.index(one.until) if one.until in series.periods else start
            values[start : end + 1] = [None] * (end + 1 - start)
    return replace(series, values=tuple(values))


def about(item: Item, seen: Iterable[Seen]) -> Seen | None:
    """What its owner said of an alarm: by its key, or of the same move when figures came later."""
    series, way, since = item.key.split("|")
    mine = [s for s in seen if s.series == series and s.way == way and s.explained != "once"]
    for one in mine:
        if one.since == since:
            return one
    first, last = item.alarm.interval
    return next((s for s in mine if first <= s.since <= last), None)


def too_small(alarm: Alarm) -> bool:
    """Whether an alarm is about next to nothing."""
    return alarm.size is not None and abs(alarm.size) < LEAST_SIZE


def stories(items: Sequence[Item]) -> list[Story]:
    """The alarms grouped by firm and beginning; red stories first, then the newest."""
    left = sorted(items, key=_rank)
    told: list[Story] = []
    while left:
        lead, *rest = left
        mine = [i for i in rest if _together(lead, i)]
        told.append(Story((lead, *mine)))
        left = [i for i in rest if i not in mine]
    return sorted(told, key=lambda s: (not s.red, -(years(s.lead.alarm.since) or 0)))


def _rank(item: Item) -> tuple[int, int, float]:
    series = item.series.id if item.series else ""
    series = "sales.*" if series.startswith("sales.") else series
    place = FIRST.index(series) if series in FIRST else len(FIRST)
    return (0 if item.series is None else 1, place, -abs(item.alarm.size or 0))


def _together(one: Item, other: Item) -> bool:
    if one.series is None or other.series is None or one.alarm.firm != other.alarm.firm:
        return False
    if one.series.frequency == "position" or other.series.frequency == "position":
        return False
    here, there = years(one.alarm.since), years(other.alarm.since)
    return here is not None and there is not None and abs(here - there) < TOGETHER


def years(period: str) -> float | None:
    """Where a period begins, in years: 2026-07 is 2026.5; None for a position."""
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
