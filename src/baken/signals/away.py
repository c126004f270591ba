"""Whether the largest customer left, of whom only the share of sales is given."""

from __future__ import annotations

from baken.signals.alarms import Alarm
from baken.signals.largest import KNOWN, pairs
from baken.signals.series import Series

BEFORE = 12
"""Periods before he left in which he must be known."""
MATTERS, FELL, SHARE_FELL = 0.1, 0.5, 0.6
"""He matters with so large a share of a year's sales, and has left when at most the second is left
of what he bought, and at most the third of his share: of a month it is then the next one's."""


def has_left(alarm: Alarm, largest: Series, sales: Series) -> bool:
    """Whether an alarm on what the largest customer bought tells that he left: it fell, and so did
    its share of sales, beside a year without its largest month; where all sales fall alike it is no
    single customer."""
    if alarm.way != "down" or largest.periods != sales.periods:
        return False
    at, end = (largest.periods.index(p) for p in (alarm.since, alarm.detected))
    was = pairs(largest, sales, range(max(0, at - BEFORE), at))
    now = pairs(largest, sales, range(at, end + 1))
    known = sum(v is not None for v in largest.values[: end + 1])
    if len(was) < BEFORE or not now or known < KNOWN:
        return False
    was.remove(max(was))
    own, all_ = (sum(v) / len(was) for v in zip(*was, strict=True))
    left, whole = (sum(v) / len(now) for v in zip(*now, strict=True))
    fell = left <= FELL * own and left * all_ <= SHARE_FELL * own * whole
    return bool(fell and own >= MATTERS * all_ > 0)
