"""Evidence for a change, month after month, with only the past.

For every month k that a change can have begun in, the likelihood ratio of "a step (or slide) in the
bad direction began at k, of unknown size" against "nothing changed" is summed: the rule of Shiryaev
and Roberts with a mixture over sizes. What is not known (level, season, trend, memory, spread) is
learnt inside the loop, so a short history gives weak evidence by itself. Thresholds are in
:mod:`baken.signals.detect.thresholds`: from simulation of this same loop.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import erfcx, log_ndtr

from baken.signals.detect.covariance import Pattern, filter_of

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
WINDOW = 24
"""A change can have begun at most this many steps ago."""
LAG = 2
"""The character of a firm is judged by what lies this many steps back or more."""
CLIP = 2.5
"""An error counts for at most this many spreads: a one-off giant is no new level."""
SOFT = 2.0
"""The spread is learnt from errors cut at this many spreads."""
SOFT_MEAN = 0.7737
"""Mean of the square of a standard normal that is cut at two: so that the spread stays right."""
SIZES = (0.7, 2.5)
"""Sizes of a change that are looked for, in spreads (standard deviation of its prior): with the
small one alone the fall of all was not told where few false alarms are accepted."""
LARGE = 2.5
"""Where a change began is sought as if it were so large: a small prior dates it too early."""
NEWEST = 6
"""So many errors are not cut when the change that is told is dated."""
NEAR = 2.0
"""A beginning is as good as the best when its log likelihood is at most this far below."""
FEWEST = 6
"""From this many values on a claim is made."""
LEVEL_KNOWN = 10.0
"""Above this the first value is still being learnt from: its error tells nothing."""
HALF = 0.5
"""So many of the guesses must find a value far off for it to be the season's."""
FARTHEST = 25.0
"""Scores are cut here, so that their ratios stay numbers."""
FAINT = -7.0
"""A guess at a firm's character with less than this log weight is left out."""


@dataclass(frozen=True)
class Likeliest:
    """The likeliest change of each of some series: where it begins, whether it is a slide, its size
    in the units of the series after the transform (of a slide: a year), and between which places
    its beginning lies (where the likelihood is at least a seventh of the best)."""

    start: Ints
    slide: NDArray[np.bool_]
    size: Floats
    first: Ints
    last: Ints


class Levels:
    """Gaussian series (S, n) that share a pattern, followed step by step."""

    def __init__(self, values: Floats, pattern: Pattern, sign: Ints | int) -> None:
        count, n = values.shape
        self.sign = np.broadcast_to(np.asarray(sign, dtype=np.int64), (count,)).copy()
        self.filter = filter_of(pattern)
        guesses = len(self.filter.factor)
        self.values = values - np.median(values[:, :FEWEST], axis=1, keepdims=True)
        self.errors = np.zeros((guesses, count, n))
        self.loglik = np.zeros((guesses, count, n))
        self.running = np.zeros((guesses, count, n + 1))
        self.total = np.zeros((guesses, count, n + 1))
        self.weight = np.full((guesses, n + 1), 2.0)
        known = self.filter.spread < LEVEL_KNOWN
        self.weight[:, 1:] += np.cumsum(known, axis=1)
        first = self.values[:, : min(n, FEWEST)]
        guess = np.abs(np.diff(first, axis=1)).mean(axis=1) / 1.128 if n > 1 else np.ones(count)
        self.total[:, :, 0] = np.where(guess > 0, guess, 1e-9) ** 2 * 2.0
        self.far = np.zeros((guesses, count, n), dtype=np.int8)
        year = round(pattern.year)
        places = {step: at for at, step in enumerate(pattern.steps)}
        self.year_before = [places.get(step - year, -1) for step in pattern.steps]
        self.free = np.zeros((count, n), dtype=bool)
        self.cut = True
        self._log: Floats = np.empty(0)

    def learn(self, t: int, rows: Ints | slice = slice(None), clip: float = CLIP) -> None:
        """One step on: its error, cut, and what it tells about spread and character."""
        filt = self.filter
        spread = np.sqrt(self.total[:, rows, t] / self.weight[:, None, t])
        told = (self.errors[:, rows, :t] @ filt.factor[:, t, :t, None])[:, :, 0]
        raw = (self.values[rows, t] - told) / filt.factor[:, None, t, t]
        limit = clip * spread if t >= 3 else np.full_like(raw, np.inf)
        self.far[:, rows, t] = np.sign(raw) * (np.abs(raw) > limit)
        limit = np.where(self.free[rows, t], np.inf, limit)
        cut = np.clip(raw, -limit, limit)
        self.errors[:, rows, t] = cut
        known = (filt.spread[:, t] < LEVEL_KNOWN)[:, None]
        soft = np.clip(cut, -SOFT * spread, SOFT * spread)
        total = self.total[:, rows, t] + np.where(known, soft**2 / SOFT_MEAN, 0.0)
        self.total[:, rows, t + 1] = total
        gain = 0.5 * np.log(total / self.weight[:, None, t + 1]) + 0.5 * np.minimum(
            (cut / spread) ** 2, CLIP**2
        )
        running = self.running[:, rows, t] - np.where(known, gain, 0.0)
        self.running[:, rows, t + 1] = running
        self.loglik[:, rows, t] = running - filt.logdet[:, None, t]

    def learn_season(self, t: int) -> None:
        """What is far off the same way as a year before is no giant but the season (a month of
        leave): both are learnt anew, uncut."""
        before = self.year_before[t]
        if before < 0:
            return
        again = (self.far[:, :, t] * self.far[:, :, before] > 0) & ~self.free[:, before]
        for row in np.flatnonzero(again.mean(axis=0) >= HALF):
            self.free[row, [before, t]] = True
            for at in range(before, t + 1):
                self.learn(at, np.array([row]))

    def error(self, t: int, rows: Ints | None = None) -> Floats:
        """(S,): the one-step-ahead error at a step, in spreads, by the likeliest guess so far."""
        rows = np.arange(self.values.shape[0]) if rows is None else rows
        guess = np.argmax(self.loglik[:, rows, t - LAG], axis=0) if t >= LAG else 0 * rows
        spread = np.sqrt(self.total[guess, rows, t] / self.weight[guess, t])
        return np.asarray(self.errors[guess, rows, t] / spread)

    def judge(self, t: int, starts: Ints) -> Floats:
        """(S,): the log of the summed evidence at a step; in row s no change begins at or before
        ``starts[s]``."""
        weight = self.loglik[:, :, t - LAG] if t >= LAG else np.zeros(self.errors.shape[:2])
        weight = weight - weight.max(axis=0)
        weight = weight - np.log(np.exp(weight).sum(axis=0))
        guess, row = np.nonzero(weight > FAINT)
        score, info = self._scores(t, guess, row)
        ratio = _ratio(score, info, self.sign[row])
        ratio[_beginnings(t)[0][None, :] <= starts[row][:, None]] = 0.0
        self._log = np.full(weight.shape, -np.inf)
        with np.errstate(divide="ignore"):
            self._log[guess, row] = np.log(ratio.sum(axis=1)) + weight[guess, row]
            top = self._log.max(axis=0)
            safe = np.where(np.isfinite(top), top, 0.0)
            return np.asarray(safe + np.log(np.exp(self._log - safe).sum(axis=0)))

    def likeliest(self, t: int, rows: Ints, starts: Ints) -> Likeliest:
        """The likeliest changes of some rows at the step that was judged last."""
        guess = np.argmax(self._log[:, rows], axis=0)
        score, info = self._scores(t, guess, rows)
        ks, ramp = _beginnings(t)
        ratio = _log_ratio(score, info, self.sign[rows])
        ratio[ks[None, :] <= starts[rows][:, None]] = -np.inf
        each, best = np.arange(len(rows)), np.argmax(ratio, axis=1)
        spread = np.sqrt(self.total[guess, rows, t] / self.weight[guess, t])
        size = score[each, best] / np.maximum(info[each, best], 1e-12) * spread
        near = (ratio >= ratio.max(axis=1)[:, None] - NEAR) & (ramp == ramp[best][:, None])
        n = self.values.shape[1]
        return Likeliest(
            ks[best], ramp[best], size,
            np.where(near, ks, n).min(axis=1), np.where(near, ks, -1).max(axis=1),
        )  # fmt: skip

    def _scores(self, t: int, guess: Ints, row: Ints) -> tuple[Floats, Floats]:
        """Of pairs of a guess and a row: score and information by beginning and form of the
        change."""
        ks, _ = _beginnings(t)
        first = int(ks[0])
        within, steps, ramps = (
            slice(first, t + 1),
            slice(first, t + 1),
            slice(first, max(first, t - 1)),
        )
        filt = self.filter
        most = CLIP if self.cut else np.inf
        if len(row) > 1:
            spread = np.sqrt(self.total[:, :, t] / self.weight[:, None, t])
            u = np.clip(self.errors[:, :, within] / spread[:, :, None], -most, most)
            both = [u @ filt.step[:, within, steps], u @ filt.ramp[:, within, ramps]]
            score = np.concatenate([b[guess, row] for b in both], axis=1)
        else:
            spread = np.sqrt(self.total[guess, row, t] / self.weight[guess, t])
            u = np.clip(self.errors[guess[0], row[0], within] / spread, -most, most)
            own = [f[guess[0], within] for f in (filt.step, filt.ramp)]
            score = np.concatenate([u @ own[0][:, steps], u @ own[1][:, ramps]])[None, :]
        info = np.concatenate([filt.told_step[:, t, steps], filt.told_ramp[:, t, ramps]], axis=1)
        return score, info[guess]

    def change(self, row: int, first: int, values: Floats, t: int) -> None:
        """Put other values into a row, and learn them from a place up to a step."""
        self.values[row] += values
        for at in range(first, t + 1):
            self.learn(at, np.array([row]))

    def measured(self, row: int, first: int, t: int, start: int, sign: int) -> Likeliest:
        """The likeliest change of a row after ``start``, by errors that are not cut from ``first``
        on: for cut errors make a large change too small."""
        one = np.array([row])
        for at in range(first, t + 1):
            self.learn(at, one, np.inf)
        starts = np.zeros(len(self.values), dtype=np.int64)
        starts[row] = start
        before, self.sign[row], self.cut = int(self.sign[row]), sign, False
        found = self.likeliest(t, one, starts)
        self.sign[row], self.cut = before, True
        return found

    def dated(self, row: int, t: int, start: int) -> Likeliest:
        """The likeliest change of a row at the step that was judged last, its newest errors not
        cut: else a large fall is dated back to any small one before it."""
        first = max(0, t - NEWEST + 1)
        found = self.measured(row, first, t, start, int(self.sign[row]))
        for at in range(first, t + 1):
            self.learn(at, np.array([row]))
        return found

    def size_of(self, row: int, start: int, slide: bool, t: int) -> float:
        """The size of a change that began at ``start``, by errors that are not cut."""
        one = np.array([row])
        for at in range(start, t + 1):
            self.learn(at, one, np.inf)
        guess = np.argmax(self._log[:, one], axis=0)
        self.cut = False
        score, info = self._scores(t, guess, one)
        self.cut = True
        ks, ramp = _beginnings(t)
        place = int(np.flatnonzero((ks == start) & (ramp == slide))[0])
        spread = np.sqrt(self.total[guess[0], row, t] / self.weight[guess[0], t])
        for at in range(start, t + 1):
            self.learn(at, one)
        return float(score[0, place] / max(info[0, place], 1e-12) * spread)


@lru_cache(maxsize=4096)
def _beginnings(t: int) -> tuple[Ints, NDArray[np.bool_]]:
    """Where a change seen at a step can have begun, and whether it is a slide."""
    first = max(1, t - WINDOW + 1)
    steps, slides = np.arange(first, t + 1), np.arange(first, max(first, t - 1))
    return np.concatenate([steps, slides]), np.arange(len(steps) + len(slides)) >= len(steps)


def evidence(values: Floats, pattern: Pattern, sign: int) -> Floats:
    """(S, n): the log of the evidence at every step for a change in the way of ``sign`` (1 up,
    -1 down, 0 both), none before there are enough values."""
    return followed(values, pattern, sign)[0]


def followed(values: Floats, pattern: Pattern, sign: int) -> tuple[Floats, Floats]:
    """As :func:`evidence`, and the errors of :meth:`Levels.error` (S, n)."""
    series = Levels(values, pattern, sign)
    out, errors = np.full(values.shape, -np.inf), np.zeros(values.shape)
    starts = np.zeros(len(values), dtype=np.int64)
    for t in range(values.shape[1]):
        series.learn(t)
        series.learn_season(t)
        errors[:, t] = series.error(t)
        if t >= FEWEST - 1:
            out[:, t] = series.judge(t, starts)
    return out, errors


def _ratio(score: Floats, info: Floats, sign: Ints) -> Floats:
    """Likelihood ratio (P, K) of a change of unknown size in the way of ``sign`` (P,), mixed over
    :data:`SIZES`."""
    total = np.zeros_like(score)
    both = np.flatnonzero(sign == 0)
    signed = score * np.where(sign == 0, 1, sign)[:, None]
    for size in SIZES:
        x = np.minimum(signed / np.sqrt(2 * (info + 1 / size**2)), FARTHEST)
        one = erfcx(-x)
        if len(both):
            one[both] = np.exp(np.minimum(x[both] ** 2, FARTHEST**2))
        total += one / np.sqrt(1 + size**2 * info)
    return total / len(SIZES)


def _log_ratio(score: Floats, info: Floats, sign: Ints, prior: float = LARGE) -> Floats:
    """As the log of :func:`_ratio`, for scores of any size and one size of change."""
    way = np.where(sign == 0, 1, sign)[:, None]
    precision = info + 1 / prior**2
    two = 0.5 * score**2 / precision
    one = two + np.log(2) + log_ndtr(way * score / np.sqrt(precision))
    log = np.where((sign == 0)[:, None], two, one)
    return np.asarray(log - 0.5 * np.log1p(prior**2 * info))
