"""A series walked through month by month: when an alarm comes, when it goes.

An alarm stands until things have recovered or the new level has become the normal one, half a year
at most. What was learnt stays: a change that has become normal is one more thing that the level is
known to have done, so the season need not be learnt anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from baken.signals.detect.counts import Counts
from baken.signals.detect.covariance import Pattern
from baken.signals.detect.online import FEWEST, Levels
from baken.signals.detect.prepare import Prepared
from baken.signals.detect.rival import swings, unmoved
from baken.signals.detect.spread import LEARNT, evidence_of_spread, since

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
COUNTED = ("count", "sums")
"""Kinds of numbers that are followed as counts."""
STAND = 6
"""An alarm stands for at most so many steps (months), half a year in other steps."""
LONGEST = 360
"""At most so many steps of the past are looked at; then the oldest are forgotten,"""
FORGET = 120
"""so many at once (ten years of months: a season keeps its place)."""
AT_ONCE = 2000
"""Series judged at once, so that memory stays bounded."""
LOOK, FAR = 4, 2.0
"""Three of four errors in a row the good way, each of so many spreads: things are better now."""
AGAINST = -1.0
"""No alarm is raised while the last two values go the other way by so many spreads."""
WARY = 0.7
"""A series that gave an alarm before must show so much more evidence for the next: of healthy ones
those that gave one gave three times as many more."""
RECOVERED = 0.25
"""An alarm goes when the evidence lies so far below its threshold, twice running."""


@dataclass(frozen=True)
class Found:
    """An alarm: places in the prepared series where it began, was seen and went (None: it stands),
    its size on the transformed scale (of a slide: a year), the evidence, and between which
    places it began."""

    since: int
    detected: int
    cleared: int | None
    size: float
    slide: bool
    evidence: float
    first: int
    last: int
    wider: bool = False
    """Whether it is the spread that grew (``size``: the log of the factor), not the level."""


Threshold = Callable[[str, int], float]
"""The threshold for a kind of number after so many values."""


def scan(items: Sequence[Prepared], threshold: Threshold) -> list[list[Found]]:
    """The alarms of many series; those of one pattern are judged at once."""
    groups: dict[tuple[Pattern, object], list[int]] = {}
    for at, item in enumerate(items):
        key = (item.pattern, (item.how, item.sign) if item.how in COUNTED else None)
        groups.setdefault(key, []).append(at)
    out: list[list[Found]] = [[] for _ in items]
    for places in groups.values():
        for begin in range(0, len(places), AT_ONCE):
            some = places[begin : begin + AT_ONCE]
            walk = Walk([items[i] for i in some])
            walk.go(threshold)
            for row, place in enumerate(some):
                out[place] = walk.all_found(row)
    return out


class Walk:
    """Series that share a pattern, on their way: for each up to which step no change may begin, and
    what was found. A long series is judged by its last years: ``offset`` is where they begin."""

    def __init__(self, items: Sequence[Prepared]) -> None:
        count = len(items)
        self.values = np.stack([i.values for i in items])
        self.pattern = pattern = items[0].pattern
        self.sign = np.array([i.sign for i in items])
        self.counts, self.sums = items[0].how in COUNTED, items[0].how == "sums"
        self.hows = sorted({i.how for i in items})
        self.how = np.array([self.hows.index(i.how) for i in items])
        self.starts = np.zeros(count, dtype=np.int64)
        self.found: list[list[Found]] = [[] for _ in range(count)]
        self.stands = np.zeros(count, dtype=bool)
        self.low = np.zeros(count, dtype=np.int64)
        self.most = max(2, round(STAND * pattern.year / 12))
        self.offset = 0
        self.errors = np.zeros(self.values.shape)
        self.wider: dict[int, list[Found]] = {}
        self.series = self._part(0)

    def _part(self, offset: int) -> Levels | Counts:
        n = self.values.shape[1]
        if self.counts:
            return Counts(self.values, self.pattern, int(self.sign[0]), sums=self.sums)
        last = min(n, offset + LONGEST)
        part = self.values[:, offset:last]
        return Levels(part, self.pattern.part(offset, last), self.sign)

    def go(self, threshold: Threshold) -> None:
        """Walk to the end."""
        for t in range(self.values.shape[1]):
            if not self.counts and t - self.offset >= LONGEST:
                self.offset += FORGET
                self.series = self._part(self.offset)
                for at in range(t - self.offset):
                    self.series.learn(at)
            self.series.learn(t - self.offset)
            if isinstance(self.series, Levels):
                self.series.learn_season(t - self.offset)
                self.errors[:, t] = self.series.error(t - self.offset)
            if t >= FEWEST - 1:
                limits = np.array([threshold(how, t + 1) for how in self.hows])
                self._judge(t, limits[self.how])
            if isinstance(self.series, Counts) and t >= FEWEST:
                for row, since, factor in self.series.improved(t, self.starts):
                    if not self.stands[row]:
                        self.series.change(row, since, factor)
                        self.starts[row] = t
            if isinstance(self.series, Levels) and t >= FEWEST:
                self._improved(t, self.series)
                self._widen(t, threshold("spread", t + 1))

    def _judge(self, t: int, limit: Floats) -> None:
        """Raise and end alarms at a step."""
        starts = self.starts - self.offset
        now = self.series.judge(t - self.offset, starts)
        wary = np.where([bool(f) for f in self.found], WARY, 0.0)
        fresh = np.flatnonzero(~self.stands & (now > limit + wary))
        standing = np.flatnonzero(self.stands)
        if len(fresh):
            like = self.series.likeliest(t - self.offset, fresh, starts)
            raised = []
            for i, row in enumerate(fresh):
                newest = float(self.errors[row, max(0, t - 1) : t + 1].mean())
                if newest * np.sign(like.size[i]) < AGAINST:
                    continue
                if self._swings(int(row), t):
                    continue
                self._give_way(int(row), t)
                raised.append(row)
                one, at = like, i
                size, slide = float(like.size[i]), bool(like.slide[i])
                if isinstance(self.series, Levels):
                    here = t - self.offset
                    one, at = self.series.dated(int(row), here, int(starts[row])), 0
                    slide = bool(one.slide[0])
                    size = self.series.size_of(int(row), int(one.start[0]), slide, here)
                self.found[row].append(
                    Found(
                        int(one.start[at]) + self.offset, t, None, size, slide, float(now[row]),
                        int(one.first[at]) + self.offset, int(one.last[at]) + self.offset,
                    )
                )  # fmt: skip
            self.stands[raised] = True
            self.low[raised] = 0
        self.low[standing] = np.where(
            now[standing] < limit[standing] - RECOVERED, self.low[standing] + 1, 0
        )  # fmt: skip
        for row in standing:
            since = self.pattern.steps[self.found[row][-1].detected]
            stale = self.pattern.steps[t] - since >= self.most
            if self.low[row] >= 2 or stale:
                self.found[row][-1] = replace(self.found[row][-1], cleared=t)
                if stale and not self.low[row]:
                    self._normal(int(row), t, starts)
                self.starts[row] = t
                self.stands[row] = False

    def _normal(self, row: int, t: int, starts: Ints) -> None:
        """Take a change as the new normal: what came after it is put beside what was before."""
        if isinstance(self.series, Levels):
            self._shift(row, self.found[row][-1].since, t, int(self.sign[row]))
            return
        like = self.series.likeliest(t, np.array([row]), starts)
        factor = float(np.exp(np.clip(like.size[0], -3, 3)))
        self.series.change(row, int(like.start[0]), factor)

    def _shift(self, row: int, first: int, t: int, sign: int) -> int:
        """Take a change of level that began at ``first`` or so out of a row; where it began."""
        assert isinstance(self.series, Levels)
        now, first = t - self.offset, max(0, first - self.offset)
        start = int(self.starts[row]) - self.offset
        like = self.series.measured(row, first, now, start, sign)
        since, size = int(like.start[0]), float(like.size[0])
        steps = np.asarray(self.pattern.steps, dtype=float)
        late = steps - steps[since + self.offset]
        each = (late + 1) / self.pattern.year if like.slide[0] else np.ones(len(late))
        less = np.where(late >= 0, -size * each, 0.0)
        self.values[row] += less
        part = slice(self.offset, self.offset + self.series.values.shape[1])
        self.series.change(row, min(first, since), less[part], now)
        return min(first, since) + self.offset

    def _improved(self, t: int, series: Levels) -> None:
        """A large move the good way is no alarm, but the new normal all the same: else a fall from
        there would be measured from the level of long ago, and swings seem wider than they are."""
        far = -self.sign[:, None] * self.errors[:, max(0, t - LOOK + 1) : t + 1] > FAR
        for row in np.flatnonzero((far.sum(axis=1) >= LOOK - 1) & ~self.stands):
            since = self._shift(int(row), t - LOOK + 1, t, -int(self.sign[row]))
            self.starts[row] = t
            for at in range(since, t + 1):
                self.errors[row, at] = series.error(at - self.offset, np.array([row]))[0]

    def _widen(self, t: int, limit: float) -> None:
        """Raise alarms about a wider spread at a step."""
        wide = evidence_of_spread(self.errors[:, : t + 1])
        for row in map(int, np.flatnonzero(wide > limit)):
            told, levels = self.wider.setdefault(row, []), self.found[row]
            errors = unmoved(self.errors[row, : t + 1])
            if evidence_of_spread(errors[None, :])[0] <= limit or not self._swings(row, t):
                continue
            first, size = since(self.errors[row], t)
            if told and first <= told[-1].detected:
                continue
            if levels and first <= (levels[-1].cleared or t):
                continue
            told.append(
                Found(
                    first, t, t + self.most, size, False, float(wide[row]), first, t, wider=True
                )
            )  # fmt: skip

    def _swings(self, row: int, t: int) -> bool:
        """Whether it is rather the spread of a row that grew than its level that moved."""
        if not isinstance(self.series, Levels) or t < LEARNT:
            return False
        return swings(self.series, t - self.offset, row, self.errors[row, : t + 1])

    def _give_way(self, row: int, t: int) -> None:
        """What was told as a wider spread turns out to be a level that moved: that is told now."""
        told = self.wider.get(row)
        if told and (told[-1].cleared or 0) > t:
            told[-1] = replace(told[-1], cleared=t)

    def all_found(self, row: int) -> list[Found]:
        """Changes of level, and wider spreads."""
        n = self.values.shape[1]
        apart = [
            w if (w.cleared or 0) < n else replace(w, cleared=None) for w in self.wider.get(row, [])
        ]
        return sorted([*self.found[row], *apart], key=lambda f: f.detected)
