"""Which story the same months tell better: the level moved, or swings grew.

Both leave large errors behind. A level that moves, for good or for a while, leaves them in the
shape of a step, a slide or a pulse, as they look through the filter of
:mod:`baken.signals.detect.covariance`; wider swings leave them in no shape. Each story is weighed
by how likely it makes the errors of the last year, against nothing new.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp

from baken.signals.detect.covariance import Filter
from baken.signals.detect.online import CLIP, LAG, Levels
from baken.signals.detect.spread import WIDER

Floats = NDArray[np.float64]
WINDOW = 12
"""Steps that are looked at."""
SMALL = 0.5
"""An error of less than so many spreads lies to neither side."""
ODDS = 4.0
"""By how much (a logarithm) swings must tell it better: levels move far more often than swings
grow, and a fall that is told late costs more than swings that are told as one."""
SIZES = (1.0, 2.5)
"""Sizes of a move that are thought of, in spreads."""
SHORTEST = 3
"""Swings show in so many values at least."""


def swings(series: Levels, t: int, row: int, errors: Floats) -> bool:
    """Whether wider swings tell the last errors of a row better than a level that moved;
    ``errors`` (up to t) are in spreads."""
    guess = int(np.argmax(series.loglik[:, row, t - LAG]))
    last = np.clip(errors[-WINDOW:], -CLIP, CLIP)
    return wider(last) > moved(last, series.filter, guess, t) + ODDS


def unmoved(errors: Floats) -> Floats:
    """Without the errors at the end that lie to one side: they may be a level that moves."""
    way = np.sign(errors[-1])
    left = np.flatnonzero(errors * way <= SMALL)
    return errors[: left[-1] + 1] if len(left) else errors[:1]


def wider(errors: Floats) -> float:
    """How much likelier (w,) errors are, in logarithm, when the last of them are two or three times
    as wide."""
    count = np.arange(SHORTEST, len(errors) + 1)
    square = np.cumsum(errors[::-1] ** 2)[SHORTEST - 1 :]
    ratios = [0.5 * square * (1 - 1 / f**2) - count * np.log(f) for f in WIDER]
    return _mean(np.concatenate(ratios))


def moved(errors: Floats, filter_: Filter, guess: int, t: int) -> float:
    """How much likelier (w,) errors that end at ``t`` are, in logarithm, after a step, a slide or a
    pulse of unknown size and way."""
    first = t + 1 - len(errors)
    part = (guess, slice(first, t + 1), slice(first, t + 1))
    step, ramp = filter_.step[part], filter_.ramp[part][:, :-2]
    starts, ends = _pulses(len(errors))
    both = [
        _ratio(errors, np.concatenate([step, ramp], axis=1)),
        _ratio(errors, step[:, starts] - step[:, ends]),
    ]
    return _mean(np.array(both))


def _ratio(errors: Floats, shapes: Floats) -> float:
    """The mean over shapes (w, k), each of unknown size."""
    score, told = errors @ shapes, (shapes**2).sum(axis=0)
    sizes = [0.5 * score**2 / (told + 1 / s**2) - 0.5 * np.log1p(s**2 * told) for s in SIZES]
    return _mean(np.concatenate(sizes))


def _mean(logs: Floats) -> float:
    """The logarithm of the mean, of logarithms."""
    return float(logsumexp(logs) - np.log(len(logs)))


@lru_cache(maxsize=16)
def _pulses(count: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where pulses can begin, and have ended."""
    begins, ends = np.triu_indices(count, 1)
    return begins.astype(np.int64), ends.astype(np.int64)
