"""How large a change is, as a share of what was: when it was seen, and by now."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from baken.signals.detect.prepare import Prepared, as_share
from baken.signals.detect.scan import COUNTED, Found

LEAST_SIZE = 0.01
"""A change that is told as a number is at least so large a share."""


def size_then(ready: Prepared, found: Found) -> float | None:
    """The size when it was seen, by the values, else as the detector measures it; None where that
    is next to nothing too."""
    if found.wider:
        return float(np.expm1(found.size))
    for size in (_by_values(ready, found), _by_detector(ready, found)):
        if _is_clear(size, found):
            return size
    return None


def size_at(ready: Prepared, found: Found, last: int) -> float | None:
    """The size up to another place, by the values; None where that is next to nothing, or the
    other way."""
    if found.wider:
        return None
    size = _by_values(ready, replace(found, detected=last))
    return size if _is_clear(size, found) else None


def is_nothing(ready: Prepared, found: Found) -> bool:
    """Whether a change is less than rounding shows, by the values and as the detector measures it:
    however sure it is, there is nothing to tell."""
    if found.wider or ready.how in COUNTED:
        return False
    sizes = (_by_values(ready, found), _by_detector(ready, found))
    return all(size is not None and abs(size) < LEAST_SIZE for size in sizes)


def _is_clear(size: float | None, found: Found) -> bool:
    return size is not None and size * found.size > 0 and abs(size) >= LEAST_SIZE


def _by_values(ready: Prepared, found: Found) -> float | None:
    """By the values themselves: since it began (of a slide: the last two) beside the year before,
    or where there is none beside the twelve before it."""
    values, steps = ready.values, ready.pattern.steps
    before = values[max(0, found.since - 12) : found.since]
    if not len(before):
        return None
    usual = float(np.median(before))
    at = {step: place for place, step in enumerate(steps)}
    year = round(ready.pattern.year)
    moved = []
    for place in range(found.since, found.detected + 1):
        then = at.get(steps[place] - year, len(values))
        moved.append(values[place] - (values[then] if then < found.since else usual))
    size = float(np.median(moved[-2:] if found.slide else moved))
    if ready.how in COUNTED:
        was = max(usual, float(before.mean()), 0.1)
        return max((float(np.mean(values[found.since : found.detected + 1])) - was) / was, -1.0)
    share = as_share(size, ready.how, usual)
    return max(share, -1.0) if share == share else None


def _by_detector(ready: Prepared, found: Found) -> float | None:
    """As the detector measures it, against level, growth and season; None where it can't be."""
    before = ready.values[max(0, found.since - 12) : found.since]
    if not len(before):
        return None
    steps = ready.pattern.steps
    passed = (steps[found.detected] - steps[found.since] + 1) / ready.pattern.year
    size = found.size * (passed if found.slide else 1.0)
    share = max(as_share(size, ready.how, float(np.median(before))), -1.0)
    return share if share == share else None
