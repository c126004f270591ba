"""Growing spread: sales that swing more than they did, with or without a change of level.

From the one-step-ahead errors of :mod:`baken.signals.detect.online`, in spreads: over the last six
to twelve steps the likelihood that errors are twice or three times as wide, against as wide as ever.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
WIDER = (2.0, 3.0)
WINDOWS = (6, 9, 12)
LEARNT = 18
"""A spread is judged when so many values were there before the window."""


def evidence_of_spread(errors: Floats) -> Floats:
    """Log likelihood ratio (S, n) for a wider spread now; ``errors`` (S, n) are in spreads."""
    count, n = errors.shape
    found = np.full((count, n), -np.inf)
    for factor in WIDER:
        each = 0.5 * errors**2 * (1 - 1 / factor**2) - np.log(factor)
        sums = np.concatenate([np.zeros((count, 1)), np.cumsum(each, axis=1)], axis=1)
        for window in WINDOWS:
            first = LEARNT + window
            if first > n:
                continue
            ends = np.arange(first, n + 1)
            found[:, ends - 1] = np.maximum(
                found[:, ends - 1], sums[:, ends] - sums[:, ends - window]
            )
    return found


def since(errors: Floats, at: int) -> tuple[int, float]:
    """Of one series (n,): where the wider spread seen at ``at`` began, and its log factor."""
    best: tuple[float, int] = (-np.inf, at)
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
