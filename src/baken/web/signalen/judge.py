"""Alarms as stories: those of one firm that began about the same time are told together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from baken.signals import stories as told
from baken.signals.detect.limits import is_limited
from baken.signals.lasting import Lasting, stands
from baken.signals.reach import Reach
from baken.signals.series import Frequency, Series
from baken.signals.watch import PER_FIRM, Watch, is_part, watch
from baken.web.signalen.models import Seen
from baken.web.signalen.shelf import Shelf

LIGHT = "light."
"""What stands in the annual accounts by itself is called so in a key."""
UNWATCHED = "share_five"
"""It has no limit, and gives no alarm: it explains."""


@dataclass(frozen=True)
class Item(told.Item):
    """An alarm with its series, and what its owner said of it; ``lasting`` where it is no news any
    more."""

    seen: Seen | None = None
    lasting: Lasting | None = None

    @property
    def key(self) -> str:
        """The alarm's own name, the same as long as its figures are."""
        series = self.series.id if self.series else f"{LIGHT}{self.alarm.series}"
        return "|".join((series, self.alarm.way, self.alarm.since))

    def told_before(self, today: date) -> bool:
        """Whether this owner read of it on an earlier day."""
        return self.seen is not None and self.seen.first_shown < today


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
        return told.is_red(self.items)


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
    plain = {(s.firm, s.id, s.frequency): s for s in shelf.series}
    items = [_item(i, plain) for i in told.news(answer)]
    items = [replace(i, seen=about(i, seen)) for i in items]
    found = Found(answer)
    once: dict[tuple[str, str, str], list[Seen]] = {}
    for one in seen:
        if one.explained == "once":
            once.setdefault((one.why, one.since, one.until), []).append(one)
    found.left_out = list(once.values())
    found.lasting = _lasting(items, shelf, seen, as_of)
    still = {i.key for i in found.lasting}
    found.over = [i for i in items if i.alarm.cleared is not None and i.key not in still]
    now = [i for i in items if i.alarm.cleared is None]
    found.explained = [i for i in now if i.seen is not None and i.seen.explained == "stays"]
    rest = [i for i in now if i not in found.explained]
    found.stories = [Story(items) for items in told.stories(rest)]
    loud = {(i.alarm.firm, i.alarm.id) for i in (*rest, *found.lasting)}
    main = [s for s in shelf.series if not is_part(s)]
    known = shelf.reach or [[True, None]] * len(main)
    found.quiet = [
        (s, Reach(bool(r[0]), r[1]), is_limited(s, beside(s, shelf)))
        for s, r in zip(main, known, strict=False)
        if (s.firm, s.id) not in loud and s.id != UNWATCHED and not told.follows(s, plain)
    ]
    return found


def _item(item: told.Item, plain: Mapping[tuple[str, str, Frequency], Series]) -> Item:
    """The same with the series as it was read: nothing left out."""
    s = item.series
    return Item(item.alarm, None if s is None else plain[s.firm, s.id, s.frequency])


def _lasting(
    items: Sequence[Item], shelf: Shelf, seen: Sequence[Seen], as_of: date | None
) -> list[Item]:
    """What is still so in series in which nothing new stands, but for what was explained."""
    mine: dict[tuple[str, str, Frequency], list[Item]] = {}
    for item in items:
        if (one := item.series) is not None:
            mine.setdefault((one.firm, one.id, one.frequency), []).append(item)
    plain = {(s.firm, s.id, s.frequency): s for s in shelf.series}
    found = []
    for key, series in plain.items():
        had = mine.get(key, [])
        if any(i.alarm.cleared is None for i in had) or told.follows(series, plain):
            continue
        alarms = [i.alarm for i in had if i.seen is None or not i.seen.explained]
        now = stands(series, alarms, beside(series, shelf), as_of)
        if now is None:
            continue
        item = Item(now.alarm, series, lasting=now)
        item = replace(item, seen=about(item, seen))
        if item.seen is None or not item.seen.explained:
            found.append(item)
    return sorted(found, key=told.rank)


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
