"""What could have been seen: how large a change must be to show within half a year from now.

Each series is continued as expected with a change of a given size in it, and the detector itself
says whether it raises an alarm. The months that follow are taken a little kinder than they would
be, so that 80 of 100 such changes show at least as soon.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from baken.signals.detect.covariance import Pattern
from baken.signals.detect.online import FEWEST
from baken.signals.detect.prepare import Prepared, prepare
from baken.signals.detect.scan import scan
from baken.signals.detect.thresholds import thresholds
from baken.signals.expected import forecast
from baken.signals.kinds import kind_of, say
from baken.signals.names import names
from baken.signals.series import Series

Floats = NDArray[np.float64]
AHEAD = {"month": 6, "quarter": 2, "week": 26, "day": 60, "year": 1, "position": 6}
SIZES = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.75, 1.0, 1.5, 2.0)
LARGEST = 1.0
"""Only a change of more than the whole would show: that is no promise."""
RARE = 2.0
"""Fewer a period than so many: too rare to see fast."""
AT_ONCE = 240
"""Continued series that are scanned together: more of them take longer each."""
UNLUCKY = 0.84
"""Of 100 means 20 lie lower than so many of their spreads."""


@dataclass(frozen=True)
class Reach:
    """Of one series: ``few`` where nothing can be said yet; else the least share of the sizes tried
    that shows within half a year, None where none does."""

    few: bool
    size: float | None = None


def reach(series: Sequence[Series], rate: float) -> list[Reach]:
    """What a change of each series must come to, at ``rate`` false alarms a series and year."""
    found = [Reach(True)] * len(series)
    tried: list[tuple[int, float, Prepared]] = []
    for at, one in enumerate(series):
        ready = prepare(one)
        if ready is None or len(ready.values) < FEWEST:
            continue
        found[at] = Reach(False)
        if not np.ptp(ready.values):
            continue
        ahead = AHEAD.get(one.frequency, FEWEST)
        way = {"up": 1, "down": -1}.get(one.bad, -1)
        for size in SIZES:
            if (longer := _continued(ready, ahead, way * size)) is not None:
                tried.append((at, size, longer))
    length = {at: len(item.values) for at, _, item in tried}
    limits = thresholds(rate)
    for (at, size, _), alarms in (
        pair for part in (tried[i : i + AT_ONCE] for i in range(0, len(tried), AT_ONCE))
        for pair in zip(part, scan([item for _, _, item in part], limits), strict=True)
    ):  # fmt: skip
        new = length[at] - AHEAD.get(series[at].frequency, FEWEST)
        seen = any(a.detected >= new and a.since >= new - 2 for a in alarms)
        if seen and found[at].size is None:
            found[at] = Reach(False, size)
    return found


def _continued(ready: Prepared, ahead: int, share: float) -> Prepared | None:
    """A series with months to come in which it is a share lower or higher."""
    if share <= -1:
        return None
    n = len(ready.values)
    pattern = _longer(ready.pattern, ahead)
    if ready.how == "count":
        usual = float(ready.values.mean())
        least = usual * (1 + share) - np.sign(share) * UNLUCKY * np.sqrt(usual / ahead)
        after = np.full(ahead, max(0.0, round(least * ahead) / ahead))
    elif ready.how == "sums":
        usual, wide = float(ready.values.mean()), float(ready.values.std())
        least = usual * (1 + share) - np.sign(share) * UNLUCKY * wide / np.sqrt(ahead)
        after = np.full(ahead, max(0.0, least))
    else:
        mean, spread = forecast(ready, n, pattern)
        mean, spread = mean[n:], spread[n:]
        if not np.isfinite(mean).all() or float(spread.min()) <= 0:
            return None
        step = _step(mean, ready.how, share)
        kind = UNLUCKY * float(spread[0]) / np.sqrt(ahead)
        after = mean + np.sign(step) * np.maximum(np.abs(step) - kind, 0)
    rows = (*ready.rows, *(ready.rows[-1] + 1 + i for i in range(ahead)))
    return replace(ready, values=np.concatenate([ready.values, after]), rows=rows, pattern=pattern)


def _step(mean: Floats, how: str, share: float) -> Floats:
    """A change by a share, on the transformed scale."""
    if how == "log":
        return np.full(len(mean), np.log1p(share))
    if how == "angle":
        part = np.clip(np.sin(np.clip(mean, 0, np.pi / 2)) ** 2 * (1 + share), 0, 1)
        return np.asarray(np.arcsin(np.sqrt(part)) - mean)
    if how == "root":
        return np.asarray(np.maximum(mean, 0) * (np.sqrt(max(1 + share, 0)) - 1))
    return np.asarray(share * np.abs(mean))


def _longer(pattern: Pattern, ahead: int) -> Pattern:
    """The pattern with steps to come: their season is that of a year before, their working days are
    the usual ones."""
    steps = [*pattern.steps]
    seasons = dict(zip(pattern.steps, pattern.seasons, strict=True))
    most = max(pattern.seasons, default=-1) + 1
    year = round(pattern.year)
    for _ in range(ahead):
        step = steps[-1] + 1
        last = seasons[steps[-1]]
        plain = -1 if last < 0 else (last + 1) % max(most, 1)
        seasons[step] = plain if pattern.year <= 12 else seasons.get(step - year, plain)
        steps.append(step)
    days = tuple((*column, *(0.0,) * ahead) for column in pattern.calendar)
    return Pattern(tuple(steps), tuple(seasons[s] for s in steps), pattern.year, days)


def in_words(series: Series, found: Reach) -> dict[str, str]:
    """In a sentence what of a quiet series would have shown."""
    name, within = names(series), say(f"within.{series.frequency}")
    if found.few:
        return say("too_few", name=name)
    known = [v for v in series.values if v is not None]
    rare = all(v == int(v) for v in known) and sum(known) < RARE * len(known)
    if len(set(known)) == 1:
        return say("never_moved", name=name)
    if found.size is None or found.size > LARGEST:
        pooled = "_quality" if kind_of(series, "up").id == "quality" else ""
        return say(f"too_rare{pooled}" if rare else "too_wild", name=name, within=within)
    return say("seen_within", name=name, pct=round(100 * found.size), within=within)
