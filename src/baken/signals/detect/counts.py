"""Evidence for a change in small counts (complaints, returns): often nought, never Gaussian.

Counts are Poisson with a rate that is not known (a wide gamma prior). For every month k and every
factor r the likelihood ratio of "from k on the rate is r times what it was" against "it stayed" is
exact, because the rate is integrated out; they are summed as in :mod:`baken.signals.detect.online`.
More spread than Poisson (measured on the past) weakens the evidence in proportion.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from baken.signals.detect.online import FEWEST, NEAR, WINDOW, Evidence

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
UP = (1.5, 2.0, 3.0, 5.0)
DOWN = (0.67, 0.5, 0.33, 0.1)
SHAPE, RATE = 0.5, 0.1
"""Gamma prior of the rate: wide."""
SPREAD_PRIOR = 12.0
"""Worth of the belief that counts are Poisson, in values."""


def evidence_of_counts(
    values: Floats, exposure: Floats, sign: int, starts: Ints | None = None
) -> Evidence:
    """As :func:`baken.signals.detect.online.evidence`; ``exposure`` (S, n) is the length of each
    period, in usual ones; ``size`` is the log of the factor."""
    count, n = values.shape
    begin = np.zeros(count, dtype=np.int64) if starts is None else starts
    log = np.full((count, n), -np.inf)
    start, early, late = (np.zeros((count, n), dtype=np.int64) for _ in range(3))
    size = np.zeros((count, n))
    factors = np.array({1: UP, -1: DOWN, 0: UP + DOWN}[sign])
    total, lengths = np.cumsum(values, axis=1), np.cumsum(exposure, axis=1)
    nought = np.zeros((count, 1))
    before = np.concatenate([nought, total[:, :-1]], axis=1)
    before_length = np.concatenate([nought, lengths[:, :-1]], axis=1)
    spread = _spread(values, exposure)
    each = np.arange(count)
    for t in range(max(FEWEST - 1, int(begin.min()) + 1), n):
        ks = np.arange(max(1, t - WINDOW + 1), t + 1)
        after = total[:, t, None] - before[:, ks]
        after_length = lengths[:, t, None] - before_length[:, ks]
        rest = before_length[:, ks]
        shape = SHAPE + total[:, t, None, None]
        ratio = after[:, :, None] * np.log(factors) - shape * (
            np.log(RATE + rest[:, :, None] + factors * after_length[:, :, None])
            - np.log(RATE + lengths[:, t, None, None])
        )
        ratio = ratio / spread[:, t, None, None] - np.log(len(factors))
        ratio[ks[None, :] <= begin[:, None]] = -np.inf
        by_k = np.logaddexp.reduce(ratio, axis=2)
        log[:, t] = np.logaddexp.reduce(by_k, axis=1)
        best = np.argmax(by_k, axis=1)
        start[:, t] = ks[best]
        near = by_k >= by_k.max(axis=1)[:, None] - NEAR
        early[:, t] = np.where(near, ks, n).min(axis=1)
        late[:, t] = np.where(near, ks, -1).max(axis=1)
        now = (after[each, best] + SHAPE) / (after_length[each, best] + SHAPE)
        was = (before[each, ks[best]] + SHAPE) / (rest[each, best] + SHAPE)
        size[:, t] = np.log(now / was)
    return Evidence(
        log, start, np.zeros((count, n), dtype=bool), size, early, late, np.zeros((count, n))
    )


def _spread(values: Floats, exposure: Floats) -> Floats:
    """Variance over mean of all but the last three values, drawn to one; never below it."""
    count, n = values.shape
    number = np.arange(1, n + 1)
    lengths = np.cumsum(exposure, axis=1)
    mean = np.cumsum(values, axis=1) / lengths
    square = np.cumsum(values**2 / exposure, axis=1) / number
    variance = np.maximum(square - mean**2 * lengths / number, 0)
    ratio = variance / np.maximum(mean, 0.1)
    drawn = (SPREAD_PRIOR + ratio * number) / (SPREAD_PRIOR + number)
    lagged = np.ones((count, n))
    lagged[:, 3:] = drawn[:, :-3]
    return np.maximum(lagged, 1.0)
