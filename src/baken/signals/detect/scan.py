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

from baken.signals.detect.counts import evidence_of_counts
from baken.signals.detect.covariance import Pattern
from baken.signals.detect.online import FEWEST, Evidence, evidence
from baken.signals.detect.prepare import Prepared
from baken.signals.detect.spread import evidence_of_spread, since

Floats = NDArray[np.float64]
STAND = 6
"""An alarm stands for at most so many steps (months), half a year in other steps."""
RECOVERED = 0.75
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
    """The alarms of many series; those of one pattern, scale and direction are judged at once."""
    groups: dict[tuple[Pattern, str, int], list[int]] = {}
    for at, item in enumerate(items):
        groups.setdefault((item.pattern, item.how, item.sign), []).append(at)
    out: list[list[Found]] = [[] for _ in items]
    for (pattern, how, sign), places in groups.items():
        walkers = [Walker(items[i].values, pattern, how) for i in places]
        todo = walkers
        while todo:
            values = np.stack([w.values for w in todo])
            starts = np.array([w.start for w in todo])
            if how == "count":
                seen = evidence_of_counts(
                    values, np.stack([w.exposure for w in todo]), sign, starts
                )
            else:
                seen = evidence(values, pattern, sign, starts)
            if how != "count" and todo is walkers:
                for walker, errors, wide in zip(
                    todo, seen.errors, evidence_of_spread(seen.errors), strict=True
                ):
                    walker.widen(errors, wide, threshold)
            todo = [w for row, w in enumerate(todo) if w.go_on(seen, row, threshold)]
        for place, walker in zip(places, walkers, strict=True):
            out[place] = walker.all_found()
    return out


class Walker:
    """One series on its way: up to which step no change may begin, and what was found."""

    def __init__(self, values: Floats, pattern: Pattern, how: str) -> None:
        self.values = values.copy()
        self.exposure = np.ones(len(values))
        self.pattern, self.how = pattern, how
        self.start = 0
        self.found: list[Found] = []
        self.wider: list[Found] = []
        self.most = max(2, round(STAND * pattern.year / 12))

    def go_on(self, seen: Evidence, row: int, threshold: Threshold) -> bool:
        """Walk until an alarm goes; whether what follows must be judged anew."""
        standing: Found | None = None
        low = 0
        n = len(self.values)
        for t in range(max(FEWEST - 1, self.start + 1), n):
            now, limit = float(seen.log[row, t]), threshold(self.how, t + 1)
            if standing is None:
                if now > limit:
                    standing = Found(
                        int(seen.start[row, t]), t, None, float(seen.size[row, t]),
                        bool(seen.slide[row, t]), now,
                        int(seen.first[row, t]), int(seen.last[row, t]),
                    )  # fmt: skip
                    self.found.append(standing)
                    low = 0
                continue
            low = low + 1 if now < limit - RECOVERED else 0
            stale = self.pattern.steps[t] - self.pattern.steps[standing.detected] >= self.most
            if low >= 2 or stale:
                self.found[-1] = replace(standing, cleared=t)
                if stale and not low:
                    self._normal(int(seen.start[row, t]), float(seen.size[row, t]),
                                 bool(seen.slide[row, t]))  # fmt: skip
                self.start = t
                return t < n - 1
        return False

    def widen(self, errors: Floats, wide: Floats, threshold: Threshold) -> None:
        """Walk along the evidence for a wider spread."""
        until = -1
        for t in range(len(wide)):
            limit = threshold("spread", t + 1)
            if t < until or wide[t] <= limit:
                continue
            until = min(t + self.most, len(wide))
            first, size = since(errors, t)
            cleared = until if until < len(wide) else None
            self.wider.append(
                Found(first, t, cleared, size, False, float(wide[t]), first, t, wider=True)
            )

    def all_found(self) -> list[Found]:
        """Changes of level, and wider spreads that are not the wake of one."""
        apart = [
            w for w in self.wider
            if not any(f.since - 2 <= w.detected and w.since <= (f.cleared or len(self.values))
                       for f in self.found)
        ]  # fmt: skip
        return sorted([*self.found, *apart], key=lambda f: f.detected)

    def _normal(self, since: int, size: float, slide: bool) -> None:
        """Take a change as the new normal: what came after it is put beside what was before."""
        if self.how == "count":
            self.exposure[since:] *= np.exp(np.clip(size, -3, 3))
            return
        steps = np.asarray(self.pattern.steps, dtype=float)
        late = steps[since:] - steps[since]
        self.values[since:] -= size * (late + 1) / self.pattern.year if slide else size
