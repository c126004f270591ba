"""What happened when: the changes of level, slope and spread in a whole series, looking back.

As people who look at its chart would mark them: few, abrupt and plain to see, not every bend of a
series that wanders, grows or has a season.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import median_filter

from baken.signals.detect.errors import SHORTEST
from baken.signals.detect.pieces import Pieces, Search
from baken.signals.detect.quiet import calmed, scaled, without_season
from baken.signals.detect.swings import swings

Floats = NDArray[np.float64]
FEWEST = 8
"""Values from which on a series is cut at all."""
LONGEST = 120
"""Above this many values neighbours are averaged first: a chart is no wider than the eye."""
NEAR = 5
"""A change of spread so near to another change is that one."""
STILL, MOVES = 0.6, 0.001
"""A series of which so many moves are smaller than this share of its range stands still."""
BESIDE = 8
"""So many values on either side, or a twelfth of all, tell how plain a change of level is."""
BRIEF = 5
"""In a series that stands still, what lasts less than half as many values is no step."""
SEEN = 0.05
"""A spread of less than this share of the range is too small to see."""
AROUND = 6
"""So many averages on either side tell where among the values a change is."""
SURE = {"level": (-0.5, 0.6), "slope": (-2.1, 0.7), "spread": (-0.8, 0.5)}
"""From how much a change shortens the description to the share of readers that would mark it
(logistic, by the logarithm): see ``bench/signals/seen.py``."""


@dataclass(frozen=True)
class Change:
    """A change at row ``at`` (the first of what is new): ``kind`` level, slope or spread, its
    ``size`` on the scale of the values (of spread: the log of the factor), how ``sure`` (0 to
    1)."""

    at: int
    kind: str
    size: float
    sure: float


def changes(
    values: Floats, season: int | None = 0, steps: Sequence[int] | None = None
) -> list[Change]:
    """The changes in the values that are known; ``season`` is the number of steps in a year, where
    there may be one (0: none; None: not known), and ``steps`` where the values are in time."""
    n = len(values)
    if n < FEWEST or np.ptp(values) == 0:
        return []
    quiet = calmed(without_season(scaled(values), season, steps))
    still = bool((np.abs(np.diff(quiet)) <= MOVES * np.ptp(quiet)).mean() > STILL)
    if still:
        quiet = np.asarray(median_filter(quiet, BRIEF, mode="nearest"))
    step = -(-n // LONGEST)
    starts = np.arange(0, n, step)
    short = np.add.reduceat(quiet, starts) / np.diff(starts, append=n)
    if np.ptp(short) == 0:
        return []
    search = Search(short, still)
    found = search.best()
    told = _told(quiet, search, found, step)
    rest = quiet - np.interp(np.arange(n), starts + (step - 1) / 2, found.fitted)
    ends, width = [0, *(c.at for c in told), n], max(BESIDE, n // 12)
    told = [
        c
        for c, low, high in zip(told, ends, ends[2:], strict=False)
        if c.kind != "level" or _plain(quiet[low : c.at][-width:], quiet[c.at : high][:width])
    ]
    for at, factor, gain in swings(rest, SEEN * float(np.ptp(quiet))):
        if all(abs(at - c.at) > NEAR for c in told):
            told.append(Change(at, "spread", factor, _sure("spread", gain)))
    return sorted(told, key=lambda c: c.at)


def _told(quiet: Floats, search: Search, found: Pieces, step: int) -> list[Change]:
    """The changes among averages of so many values as changes among the values."""
    steps = len(search.shapes.places) + 2
    places = search.places(found.columns)
    ends = [0, *(p * step for p in places), len(quiet)]
    out: list[Change] = []
    for i, place in enumerate(places):
        first = min(c for c in found.columns if search.at[c] == place)
        kind = "level" if first < steps else "slope"
        size = float(found.fitted[place] - found.fitted[place - 1])
        low, high = ends[i] + SHORTEST * (i > 0), ends[i + 2]
        at = place if step == 1 else _placed(quiet, low, place * step, high, kind, step)
        if not out or at - out[-1].at >= SHORTEST:
            out.append(Change(at, kind, size, _sure(kind, search.gain(found, place))))
    return out


def _plain(before: Floats, after: Floats) -> bool:
    """Whether a change of level is larger than what the values do from one to the next, on the
    wilder side."""
    wild = max(float(np.std(np.diff(s))) if len(s) > 2 else 0.0 for s in (before, after))
    return abs(float(after.mean() - before.mean())) * float(np.sqrt(2)) >= wild


def _sure(kind: str, gain: float) -> float:
    base, each = SURE[kind]
    return float(1 / (1 + np.exp(-np.clip(base + each * np.log1p(max(gain, 0.0)), -30, 30))))


def _placed(quiet: Floats, low: int, at: int, high: int, kind: str, step: int) -> int:
    """A change found among averages of so many values, put where it is among the values between
    the changes beside it: the best step, or the best bend of a line."""
    low, high = max(low, at - AROUND * step), min(high, at + AROUND * step)
    part = quiet[low:high]
    t = np.arange(len(part), dtype=float)
    best = (np.inf, at)
    for place in range(max(low + SHORTEST, at - 2 * step), min(high - SHORTEST, at + 2 * step) + 1):
        late = t - (place - low)
        if kind == "level":
            columns = np.column_stack([np.ones(len(t)), late >= 0])
        else:
            columns = np.column_stack([np.ones(len(t)), t, np.maximum(late, 0)])
        left = part - columns @ np.linalg.lstsq(columns, part, rcond=None)[0]
        best = min(best, (float(left @ left), place))
    return best[1]
