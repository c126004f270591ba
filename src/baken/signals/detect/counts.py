"""Evidence for a change in small counts (complaints, returns): often nought, never Gaussian.

Counts are Poisson with a rate that is not known (a wide gamma prior). For every month k and every
factor r the likelihood ratio of "from k on the rate is r times what it was" against "it stayed" is
exact, because the rate is integrated out; they are summed as in :mod:`baken.signals.detect.online`.
More spread than Poisson (measured on the past) weakens the evidence in proportion.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from baken.signals.detect.online import FEWEST, NEAR, WINDOW, Likeliest

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
UP = (1.5, 2.0, 3.0, 5.0)
DOWN = (0.67, 0.5, 0.33, 0.1)
SHAPE, RATE = 0.5, 0.1
"""Gamma prior of the rate: wide."""
SPREAD_PRIOR = 12.0
"""Worth of the belief that counts are Poisson, in values."""


class Counts:
    """Counts (S, n), followed step by step. The size of a change is the log of its factor;
    ``exposure`` is the length of each period, in usual ones."""

    def __init__(self, values: Floats, sign: int) -> None:
        self.values = np.maximum(values, 0.0)
        self.exposure = np.ones_like(values)
        self.factors = np.array({1: UP, -1: DOWN, 0: UP + DOWN}[sign])
        nought = np.zeros((len(values), 1))
        self.total = np.concatenate([nought, np.cumsum(self.values, axis=1)], axis=1)
        self.length = np.concatenate([nought, np.cumsum(self.exposure, axis=1)], axis=1)
        self.spread = _spread(self.values, self.exposure)

    def learn(self, t: int) -> None:
        """Nothing to do: sums tell all."""

    def judge(self, t: int, starts: Ints) -> Floats:
        """As :meth:`baken.signals.detect.online.Levels.judge`."""
        ratio = self._ratios(t, np.arange(len(self.values)), starts)
        return np.asarray(np.logaddexp.reduce(ratio, axis=1))

    def likeliest(self, t: int, rows: Ints, starts: Ints) -> Likeliest:
        """As :meth:`baken.signals.detect.online.Levels.likeliest`."""
        ks = np.arange(max(1, t - WINDOW + 1), t + 1)
        ratio = self._ratios(t, rows, starts)
        best = ks[np.argmax(ratio, axis=1)]
        near = ratio >= ratio.max(axis=1)[:, None] - NEAR
        now = (self.total[rows, t + 1] - self.total[rows, best] + SHAPE) / (
            self.length[rows, t + 1] - self.length[rows, best] + SHAPE
        )
        was = (self.total[rows, best] + SHAPE) / (self.length[rows, best] + SHAPE)
        first, last = np.where(near, ks, t).min(axis=1), np.where(near, ks, -1).max(axis=1)
        return Likeliest(best, np.zeros(len(rows), dtype=bool), np.log(now / was), first, last)

    def _ratios(self, t: int, rows: Ints, starts: Ints) -> Floats:
        """By row and beginning: log likelihood ratio, mixed over the factors."""
        ks = np.arange(max(1, t - WINDOW + 1), t + 1)
        total, length = self.total[rows], self.length[rows]
        all_, whole = total[:, t + 1, None, None], length[:, t + 1, None, None]
        after = total[:, t + 1, None] - total[:, ks]
        long = length[:, t + 1, None] - length[:, ks]
        ratio = after[:, :, None] * np.log(self.factors) - (SHAPE + all_) * (
            np.log(RATE + length[:, ks, None] + self.factors * long[:, :, None])
            - np.log(RATE + whole)
        )
        ratio = ratio / self.spread[rows, t, None, None] - np.log(len(self.factors))
        ratio[ks[None, :] <= starts[rows][:, None]] = -np.inf
        return np.asarray(np.logaddexp.reduce(ratio, axis=2))

    def change(self, row: int, since: int, factor: float) -> None:
        """Take what comes after a place as so many times the usual."""
        self.exposure[row, since:] *= factor
        self.length[row, 1:] = np.cumsum(self.exposure[row])
        self.spread[row] = _spread(self.values[row, None], self.exposure[row, None])[0]


def evidence_of_counts(values: Floats, sign: int) -> Floats:
    """As :func:`baken.signals.detect.online.evidence`."""
    series = Counts(values, sign)
    out = np.full(values.shape, -np.inf)
    starts = np.zeros(len(values), dtype=np.int64)
    for t in range(FEWEST - 1, values.shape[1]):
        out[:, t] = series.judge(t, starts)
    return out


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
