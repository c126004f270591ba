"""Evidence for a change in small counts (complaints, returns) and in sums of a few orders: often
nought, never Gaussian.

Counts are Poisson with a rate that is not known (a wide gamma prior). For every month k and every
factor r the likelihood ratio of "from k on the rate is r times what it was" against "it stayed" is
exact, because the rate is integrated out; they are summed as in :mod:`baken.signals.detect.online`.
A sum of orders is as many orders of one size as its spread tells. More spread than Poisson
(measured on the past) weakens the evidence by more than in proportion. Whether there is a season is
a guess of two, each weighed by how well it foretold the months up to three ago; the season of a
month is learnt from the years before it alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from baken.signals.detect.covariance import Pattern
from baken.signals.detect.online import FAINT, FEWEST, NEAR, WINDOW, Likeliest

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
LAG = 3
"""The season and the spread are judged by what lies this many steps back or more."""
UP = (1.5, 2.0, 3.0, 5.0)
DOWN = (0.67, 0.5, 0.33, 0.1)
SHAPE, RATE = 0.5, 0.1
"""Gamma prior of the rate: wide."""
SPREAD_PRIOR = 12.0
"""Worth of the belief that counts are Poisson, in values."""
PRIOR_OF_SUMS, LEAST_OF_SUMS = 6.0, 0.1
"""The same for sums of orders, of which the size is only guessed from the first values; and their
least spread, where that of counts is one."""
WEIGHT = 1.4
"""Evidence of counts that spread more than Poisson is weakened by this power of their spread: their
tails are heavier too, and with a plain proportion sick days gave four times the false alarms."""
POWER = 0.65
"""How many orders a sum is, where sizes differ: gamma sizes of shape a make the likeliest number go
by the power a / (1 + a), and a large order weighs less than by its size."""
GIANT = 4.0
"""A sum counts for at most so many spreads over what was usual before."""
BETTER = 6.0
"""So much evidence (a log) for a move the good way makes it the new normal."""
LASTS = 0.85
"""Such a move still stands when the last three months lie at least so far from the mean of all."""
SEASON = 8.0
"""Shape of the gamma prior of what a month of the year is of the usual: a spread of a third."""
SAME_SEASON = 0.5
"""What lies less than so many years back is no season before."""


class Counts:
    """Counts (S, n), followed step by step. The size of a change is the log of its factor;
    ``exposure`` (S, n) is the length of each period, in usual ones; ``length`` (G, S, n + 1) the
    sum of it so far, with what each guess says of the season."""

    def __init__(self, values: Floats, pattern: Pattern, sign: int, *, sums: bool = False) -> None:
        self.values = _as_orders(values) if sums else np.maximum(values, 0.0)
        self.least, self.prior = (LEAST_OF_SUMS, PRIOR_OF_SUMS) if sums else (1.0, SPREAD_PRIOR)
        self.weight = 1.0 if sums else WEIGHT
        self.exposure = np.ones_like(values)
        self.factors = np.array({1: UP, -1: DOWN, 0: UP + DOWN}[sign])
        self.better = np.array({1: DOWN, -1: UP, 0: ()}[sign])
        count, n = values.shape
        self.before = _seasons_before(pattern)
        guesses = 2 if any(len(b) for b in self.before) else 1
        seasonal = max(pattern.seasons, default=-1) >= 0
        within = np.asarray(pattern.steps) < (pattern.year if seasonal else 0)
        self.first_year = int(within.sum()) - 1
        nought = np.zeros((count, 1))
        self.total = np.concatenate([nought, np.cumsum(self.values, axis=1)], axis=1)
        self.length = np.zeros((guesses, count, n + 1))
        self.spread = np.ones((guesses, count, n))
        self.foretold = np.zeros((guesses, count, n))
        self._log = np.zeros((guesses, count))
        self._weigh(np.arange(count))

    def _weigh(self, rows: Ints) -> None:
        """What each guess says of some rows, for all steps: each by what lies before it."""
        values, total = self.values[rows], self.total[rows]
        for guess in range(len(self.length)):
            usual = self.exposure[rows].copy()
            length = np.zeros((len(rows), values.shape[1] + 1))
            for t, before in enumerate(self.before):
                if guess and len(before):
                    rate = (SHAPE + total[:, t]) / (SHAPE + length[:, t])
                    was = SEASON + values[:, before].sum(axis=1)
                    usual[:, t] *= was / (
                        SEASON + rate * self.exposure[rows][:, before].sum(axis=1)
                    )
                length[:, t + 1] = length[:, t] + usual[:, t]
            self.length[guess, rows] = length
            spread = _spread(values, usual, self.least, self.prior) ** self.weight
            self.spread[guess, rows] = spread
            a, b = SHAPE + total, RATE + length
            whole = gammaln(a) - a * np.log(b)
            each = np.diff(whole, axis=1) + values * np.log(np.maximum(usual, 1e-9))
            self.foretold[guess, rows] = np.cumsum(each / spread, axis=1)

    def learn(self, t: int) -> None:
        """Nothing to do: sums tell all."""

    def judge(self, t: int, starts: Ints) -> Floats:
        """As :meth:`baken.signals.detect.online.Levels.judge`."""
        weight = self.foretold[:, :, t - LAG] if t >= LAG else np.zeros(self.spread.shape[:2])
        weight = weight - np.logaddexp.reduce(weight, axis=0)
        guess, row = np.nonzero(weight > FAINT)
        ratio = self._ratios(t, guess, row, starts, self.factors)
        self._log = np.full(weight.shape, -np.inf)
        self._log[guess, row] = np.logaddexp.reduce(ratio, axis=1) + weight[guess, row]
        return np.asarray(np.logaddexp.reduce(self._log, axis=0))

    def likeliest(self, t: int, rows: Ints, starts: Ints) -> Likeliest:
        """As :meth:`baken.signals.detect.online.Levels.likeliest`."""
        guess = np.argmax(self._log[:, rows], axis=0)
        ks = np.arange(max(1, t - WINDOW + 1), t + 1)
        ratio = self._ratios(t, guess, rows, starts, self.factors)
        best = ks[np.argmax(ratio, axis=1)]
        near = ratio >= ratio.max(axis=1)[:, None] - NEAR
        total, length = self.total[rows], self.length[guess, rows]
        each = np.arange(len(rows))
        now = (total[:, t + 1] - total[each, best] + SHAPE) / (
            length[:, t + 1] - length[each, best] + SHAPE
        )
        was = (total[each, best] + SHAPE) / (length[each, best] + SHAPE)
        first, last = np.where(near, ks, t).min(axis=1), np.where(near, ks, -1).max(axis=1)
        return Likeliest(best, np.zeros(len(rows), dtype=bool), np.log(now / was), first, last)

    def improved(self, t: int, starts: Ints) -> Iterator[tuple[int, int, float]]:
        """Of the rows that plainly moved the good way by a step, with a season or without: row,
        since when, by what factor. In the first year the season may be all there is to it."""
        if not len(self.better) or t < LAG:
            return
        lately = (self.total[:, t + 1] - self.total[:, t + 1 - LAG]) * self.length[0, :, t + 1]
        usual = (self.length[0, :, t + 1] - self.length[0, :, t + 1 - LAG]) * self.total[:, t + 1]
        fell = self.better[0] < 1
        rows = np.flatnonzero(lately < LASTS * usual if fell else LASTS * lately > usual)
        if not len(rows):
            return
        for guess in range(len(self.length)):
            least = np.maximum(starts, self.first_year)
            ratios = self._ratios(t, np.full(len(rows), guess), rows, least, self.better)
            sure = np.logaddexp.reduce(ratios, axis=1) > BETTER
            rows, ratios = rows[sure], ratios[sure]
            if not len(rows):
                return
        first = max(1, t - WINDOW + 1)
        for row, ratio in zip(rows, ratios, strict=True):
            since = first + int(np.argmax(ratio))
            total, length = self.total[row], self.length[-1, row]
            now = (total[t + 1] - total[since] + SHAPE) / (length[t + 1] - length[since] + SHAPE)
            was = (total[since] + SHAPE) / (length[since] + SHAPE)
            yield int(row), since, float(now / was)

    def _ratios(self, t: int, guess: Ints, rows: Ints, starts: Ints, factors: Floats) -> Floats:
        """Of pairs of a guess and a row, by beginning: log likelihood ratio, mixed over factors."""
        ks = np.arange(max(1, t - WINDOW + 1), t + 1)
        total, length = self.total[rows], self.length[guess, rows]
        all_, whole = total[:, t + 1, None, None], length[:, t + 1, None, None]
        after = total[:, t + 1, None] - total[:, ks]
        long = length[:, t + 1, None] - length[:, ks]
        ratio = after[:, :, None] * np.log(factors) - (SHAPE + all_) * (
            np.log(RATE + length[:, ks, None] + factors * long[:, :, None]) - np.log(RATE + whole)
        )
        ratio = ratio / self.spread[guess, rows, t][:, None, None] - np.log(len(factors))
        ratio[ks[None, :] <= starts[rows][:, None]] = -np.inf
        return np.asarray(np.logaddexp.reduce(ratio, axis=2))

    def change(self, row: int, since: int, factor: float) -> None:
        """Take what comes after a place as so many times the usual."""
        self.exposure[row, since:] *= factor
        self._weigh(np.array([row]))


def evidence_of_counts(
    values: Floats, pattern: Pattern, sign: int, *, sums: bool = False
) -> Floats:
    """As :func:`baken.signals.detect.online.evidence`."""
    series = Counts(values, pattern, sign, sums=sums)
    out = np.full(values.shape, -np.inf)
    starts = np.zeros(len(values), dtype=np.int64)
    for t in range(FEWEST - 1, values.shape[1]):
        out[:, t] = series.judge(t, starts)
    return out


@lru_cache(maxsize=64)
def _seasons_before(pattern: Pattern) -> list[Ints]:
    """Of every place: the places of the same season in the years before."""
    steps, seasons = np.asarray(pattern.steps), np.asarray(pattern.seasons)
    far = SAME_SEASON * pattern.year
    return [
        np.flatnonzero((seasons[:t] == seasons[t]) & (steps[:t] < steps[t] - far))
        if seasons[t] >= 0 else np.empty(0, dtype=np.int64)
        for t in range(len(steps))
    ]  # fmt: skip


def _as_orders(values: Floats) -> Floats:
    """Of sums about how many orders they are, each cut where it lies far over those before it."""
    out = np.maximum(values, 0.0) ** POWER
    for t in range(FEWEST, out.shape[1]):
        past = out[:, :t]
        mean = past.mean(axis=1)
        spread = np.maximum(past.std(axis=1), np.sqrt(mean))
        out[:, t] = np.minimum(out[:, t], mean + GIANT * spread)
    return out


def _spread(values: Floats, exposure: Floats, least: float, prior: float) -> Floats:
    """Variance over mean of all but the last three values, drawn to one; never below ``least``."""
    count, n = values.shape
    number = np.arange(1, n + 1)
    lengths = np.cumsum(exposure, axis=1)
    mean = np.cumsum(values, axis=1) / lengths
    square = np.cumsum(values**2 / exposure, axis=1) / number
    variance = np.maximum(square - mean**2 * lengths / number, 0)
    ratio = variance / np.maximum(mean, 0.1)
    drawn = (prior + ratio * number) / (prior + number)
    lagged = np.ones((count, n))
    lagged[:, LAG:] = drawn[:, :-LAG]
    return np.maximum(lagged, least)
