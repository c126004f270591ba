"""Evidence for a change, month after month, with only the past.

For every month k that a change can have begun in, the likelihood ratio of "a step (or slide) in the
bad direction began at k, of unknown size" against "nothing changed" is summed: the rule of Shiryaev
and Roberts with a mixture over sizes. What is not known (level, season, trend, memory, spread) is
learnt inside the loop, so a short history gives weak evidence by itself. Thresholds are in
:mod:`baken.signals.detect.thresholds`: from simulation of this same loop.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_ndtr, logsumexp

from baken.signals.detect.covariance import Filter, Pattern, filter_of, grid_of

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
WINDOW = 24
"""A change can have begun at most this many steps ago."""
LAG = 3
"""The character of a firm is judged by what lies this many steps back or more."""
CLIP = 3.5
"""An error counts for at most this many spreads: a one-off giant is no new level."""
SOFT = 2.0
"""The spread is learnt from errors cut at this many spreads."""
SOFT_MEAN = 0.7737
"""Mean of the square of a standard normal that is cut at two: so that the spread stays right."""
SIZES = (1.0, 2.5)
"""Sizes of a change that are looked for, in spreads (standard deviation of its prior)."""
NEAR = 2.0
"""A beginning is as good as the best when its log likelihood is at most this far below."""
FEWEST = 6
"""From this many values on a claim is made."""


@dataclass(frozen=True)
class Evidence:
    """``log`` (S, n): the summed evidence at each step; ``start`` (S, n): where the likeliest
    change begins; ``slide`` (S, n): whether it is a slide; ``size`` (S, n): its size, in
    the series' units after the transform (of a slide: a year); ``first`` and ``last`` (S, n):
    between which its beginning lies (where the likelihood is at least a seventh of the best)."""

    log: Floats
    start: NDArray[np.int64]
    slide: NDArray[np.bool_]
    size: Floats
    first: Ints
    last: Ints
    errors: Floats
    """(S, n): one-step-ahead errors in spreads, of the likeliest character so far."""


def filtered(values: Floats, filt: Filter) -> tuple[Floats, Floats, Floats]:
    """One-step-ahead errors (S, n), cut; the spread known before each (S, n); the log likelihood so
    far (S, n)."""
    count, n = values.shape
    errors = np.zeros((count, n))
    spreads = np.ones((count, n))
    first = values[:, : min(n, FEWEST)]
    guess = np.abs(np.diff(first, axis=1)).mean(axis=1) / 1.128 if n > 1 else np.ones(count)
    guess = np.where(guess > 0, guess, 1e-9)
    total = guess**2 * 2.0
    weight = np.full(count, 2.0)
    loglik = np.zeros((count, n))
    running = np.zeros(count)
    for t in range(n):
        spread = np.sqrt(total / weight)
        raw = (values[:, t] - errors[:, :t] @ filt.factor[t, :t]) / filt.factor[t, t]
        cut = np.clip(raw, -CLIP * spread, CLIP * spread) if t >= 3 else raw
        errors[:, t] = cut
        spreads[:, t] = spread
        if filt.spread[t] < LEVEL_KNOWN:
            soft = np.clip(cut, -SOFT * spread, SOFT * spread)
            total = total + soft**2 / SOFT_MEAN
            weight = weight + 1.0
            scale = np.sqrt(total / weight)
            running = running - np.log(scale) - 0.5 * np.minimum((cut / spread) ** 2, CLIP**2)
        loglik[:, t] = running - filt.logdet[t]
    return errors, spreads, loglik


LEVEL_KNOWN = 10.0
"""Above this the first value is still being learnt from: its error tells nothing."""


def evidence(values: Floats, pattern: Pattern, sign: int, starts: Ints | None = None) -> Evidence:
    """The evidence at every step for a change in the direction of ``sign`` (1 up, -1 down, 0 both).

    ``values`` is (S, n): series that share a pattern. In row s no change begins at or before
    ``starts[s]``; nothing is judged up to the least of them.
    """
    count, n = values.shape
    values = values - np.median(values[:, :FEWEST], axis=1, keepdims=True)
    begin = np.zeros(count, dtype=np.int64) if starts is None else starts
    grid = grid_of(pattern)
    total = np.full((count, n), -np.inf)
    top = np.full((count, n), -np.inf)
    start, first, last = (np.zeros((count, n), dtype=np.int64) for _ in range(3))
    slide, size = (np.zeros((count, n), dtype=t) for t in (bool, float))
    runs = [(memory, *filtered(values, filter_of(pattern, memory))) for memory in grid]
    weight = np.stack([_lagged(loglik) for _, _, _, loglik in runs])
    weight = weight - logsumexp(weight, axis=0)
    for (memory, errors, spreads, _), own in zip(runs, weight, strict=True):
        part = _summed(errors, spreads, filter_of(pattern, memory), sign, begin)
        log = part.log + own
        total = np.logaddexp(total, log)
        better = log > top
        top = np.where(better, log, top)
        start = np.where(better, part.start, start)
        slide = np.where(better, part.slide, slide)
        size = np.where(better, part.size, size)
        first = np.where(better, part.first, first)
        last = np.where(better, part.last, last)
    likely = np.argmax(weight, axis=0)
    all_errors = np.stack([errors / spreads for _, errors, spreads, _ in runs])
    own_errors = np.take_along_axis(all_errors, likely[None], axis=0)[0]
    return Evidence(total, start, slide, size, first, last, own_errors)


def _lagged(loglik: Floats) -> Floats:
    out = np.zeros_like(loglik)
    out[:, LAG:] = loglik[:, :-LAG]
    return out


def _summed(errors: Floats, spreads: Floats, filt: Filter, sign: int, starts: Ints) -> Evidence:
    """For one memory: the log of the summed likelihood ratios, and the likeliest change."""
    count, n = errors.shape
    log = np.full((count, n), -np.inf)
    start, early, late = (np.zeros((count, n), dtype=np.int64) for _ in range(3))
    slide = np.zeros((count, n), dtype=bool)
    size = np.zeros((count, n))
    each = np.arange(count)
    for t in range(max(FEWEST - 1, int(starts.min()) + 1), n):
        first = max(1, t - WINDOW + 1)
        rows = slice(first, t + 1)
        u = errors[:, rows] / spreads[:, t, None]
        ks = np.concatenate([np.arange(first, t + 1), np.arange(first, max(first, t - 1))])
        w = np.concatenate(
            [filt.step[rows, first : t + 1], filt.ramp[rows, first : max(first, t - 1)]], 1
        )
        info = np.einsum("ij,ij->j", w, w)
        score = u @ w
        ratio = _log_ratio(score, info, sign)
        ratio[ks[None, :] <= starts[:, None]] = -np.inf
        most = ratio.max(axis=1)
        sure = np.isfinite(most)
        log[sure, t] = most[sure] + np.log(np.exp(ratio[sure] - most[sure, None]).sum(axis=1))
        best = np.argmax(ratio, axis=1)
        start[:, t] = ks[best]
        slide[:, t] = best > t - first
        size[:, t] = score[each, best] / np.maximum(info[best], 1e-12) * spreads[:, t]
        near = (ratio >= most[:, None] - NEAR) & (
            slide[:, t, None] == (np.arange(len(ks)) > t - first)
        )
        early[:, t] = np.where(near, ks, n).min(axis=1)
        late[:, t] = np.where(near, ks, -1).max(axis=1)
    return Evidence(log, start, slide, size, early, late, errors)


def _log_ratio(score: Floats, info: Floats, sign: int) -> Floats:
    """Log likelihood ratio of a change of unknown size, mixed over :data:`SIZES`."""
    total: Floats | None = None
    for size in SIZES:
        precision = info + 1 / size**2
        log = -0.5 * np.log1p(size**2 * info) + 0.5 * score**2 / precision
        if sign:
            log = log + np.log(2) + log_ndtr(sign * score / np.sqrt(precision))
        total = log if total is None else np.logaddexp(total, log)
    assert total is not None
    return np.asarray(total - np.log(len(SIZES)), dtype=float)
