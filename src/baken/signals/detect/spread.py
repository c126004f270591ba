"""Growing spread: sales that swing more than they did, with or without a change of level.

From the one-step-ahead errors of :mod:`baken.signals.detect.online`, in spreads: over the last six
to twelve steps the likelihood that errors are twice or three times as wide, against as wide as
ever.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from baken.signals.detect.online import CLIP

Floats = NDArray[np.float64]
WIDER = (2.0, 3.0)
WINDOWS = (6, 9, 12)
EVEN = 0.2
"""Swings go both ways: the smaller side has at least this part of the squares, or it is a move."""
LEARNT = 18
"""A spread is judged when so many values were there before the window."""


def evidence_of_spread(errors: Floats) -> Floats:
    """Log likelihood ratio (S,) for a wider spread at the last step; ``errors`` (S, n) are in
    spreads."""
    count, n = errors.shape
    found = np.full(count, -np.inf)
    for window in WINDOWS:
        if LEARNT + window > n:
            continue
        part = np.clip(errors[:, -window:], -CLIP, CLIP)
        square = part**2
        whole = square.sum(axis=1)
        above = (square * (part > 0)).sum(axis=1)
        even = np.minimum(above, whole - above) >= EVEN * whole
        for factor in WIDER:
            ratio = 0.5 * whole * (1 - 1 / factor**2) - window * np.log(factor)
            found = np.where(even, np.maximum(found, ratio), found)
    return found


def since(errors: Floats, at: int) -> tuple[int, float]:
    """Of one series (n,): where the wider spread seen at ``at`` began, and its log factor."""
    best: tuple[float, int] = (-np.inf, at)
    errors = np.clip(errors, -CLIP, CLIP)
    for window in WINDOWS:
        first = at - window + 1
        if first < LEARNT:
            continue
        part = errors[first : at + 1]
        wide = max(float(np.mean(part**2)), 1.0)
        ratio = window * (0.5 * wide - 0.5 - 0.5 * np.log(wide))
        if ratio > best[0]:
            best = (ratio, first)
    mean = float(np.mean(errors[best[1] : at + 1] ** 2))
    return best[1], 0.5 * float(np.log(max(mean, 1.0)))
