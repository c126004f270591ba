"""How the figures of a healthy firm hang together over time: level, season, calendar, memory.

A series is Gaussian (after a transform) with a level that is not known, a season that is learnt, a
slow trend, a calendar of working days and Easter, and errors that remember the month before:

    y = level + trend + season[month] + calendar + error,    error = AR(1)

All of it is one covariance matrix, in units of the variance of the errors. Its Cholesky factor
gives one-step-ahead errors that only use the past: the factor of a longer history begins with that
of the shorter one, so one factor serves every month of a replay.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import solve_triangular

Floats = NDArray[np.float64]
LEVEL = 50.0
"""Standard deviation of the level before anything is seen: as good as not known."""
CALENDAR = 0.3
"""Standard deviation of the effect of one working day more, in errors."""


@dataclass(frozen=True)
class Memory:
    """One guess at a firm's character: autocorrelation of its errors, strength of its season
    (standard deviation of a month's effect, in errors) and of its trend (a year, in errors), and
    whether the season is a wave, of which each month tells something about the next."""

    rho: float
    season: float
    trend: float
    wave: bool = False


SEASONS = ((0.0, False), (2.5, False), (2.5, True))
GRID = tuple(Memory(r, s, t, w) for r in (0.1, 0.5) for s, w in SEASONS for t in (0.1, 1.5))
"""A firm that grows fast or lives by its season is a guess of its own: with one middling guess for
all, falls of growing and of seasonal firms went unseen (``bench/signals/earlier.py``)."""
ROUND = {4: 4, 12: 12, 52: 13, 365: 7}
"""Seasons that make a round, by steps in a year: quarters, months, four weeks, days of the week."""
HALVES = 0.2
"""Of a wave: so much of its variance swings twice a year."""


@dataclass(frozen=True)
class Pattern:
    """Where the values of a series stand in time: steps since the first, season (its number within
    the year; -1: none), length of a year in steps, and calendar columns."""

    steps: tuple[int, ...]
    seasons: tuple[int, ...]
    year: float
    calendar: tuple[tuple[float, ...], ...] = ()

    def part(self, first: int, last: int) -> Pattern:
        """Of the places from ``first`` up to ``last``."""
        begin = self.steps[first]
        return Pattern(
            tuple(s - begin for s in self.steps[first:last]), self.seasons[first:last], self.year,
            tuple(c[first:last] for c in self.calendar),
        )  # fmt: skip


@dataclass(frozen=True)
class Filter:
    """For one pattern and all guesses (M): the factor, and what a change looks like through it.

    ``factor`` (M, n, n) is lower triangular; ``logdet`` (M, n) its running log determinant;
    ``step`` and ``ramp`` (M, n, n): column k is a step (a slide of one a year) that begins at k;
    ``told_step`` and ``told_ramp`` (M, n, n): what is known of it by each row (its information);
    ``spread`` (M, n): how uncertain the prediction is, beside the error itself.
    """

    factor: Floats
    logdet: Floats
    step: Floats
    ramp: Floats
    told_step: Floats
    told_ramp: Floats
    spread: Floats


@lru_cache(maxsize=16)
def filter_of(pattern: Pattern) -> Filter:
    """The filter of a pattern; made once."""
    t = np.asarray(pattern.steps, dtype=float)
    late = t[:, None] - t[None, :]
    steps = (late >= 0).astype(float)
    ramps = np.where(late >= 0, (late + 1) / pattern.year, 0.0)
    factors = np.stack([np.linalg.cholesky(_covariance(pattern, m)) for m in grid_of(pattern)])
    seen = [solve_triangular(f, np.hstack([steps, ramps]), lower=True) for f in factors]
    step, ramp = (np.stack([x[:, p] for x in seen]) for p in (slice(len(t)), slice(len(t), None)))
    spread = np.diagonal(factors, axis1=1, axis2=2)
    return Filter(
        factors,
        np.cumsum(np.log(spread), axis=1),
        step,
        ramp,
        np.cumsum(step**2, axis=1),
        np.cumsum(ramp**2, axis=1),
        spread,
    )


def _covariance(pattern: Pattern, memory: Memory) -> Floats:
    t = np.asarray(pattern.steps, dtype=float)
    gap = np.abs(t[:, None] - t[None, :])
    cov = memory.rho**gap if memory.rho else np.eye(len(t))
    cov = cov + LEVEL**2 + np.outer(t, t) * (memory.trend / pattern.year) ** 2
    seasons = np.asarray(pattern.seasons)
    if memory.season and (seasons >= 0).any():
        apart = 2 * np.pi * (seasons[:, None] - seasons[None, :]) / ROUND[round(pattern.year)]
        wave = (1 - HALVES) * np.cos(apart) + HALVES * np.cos(2 * apart)
        cov = cov + memory.season**2 * (wave if memory.wave else apart == 0)
    for column in pattern.calendar:
        x = np.asarray(column)
        cov = cov + CALENDAR**2 * np.outer(x, x)
    return np.asarray(cov)


def grid_of(pattern: Pattern) -> Sequence[Memory]:
    """The guesses that make sense for a pattern: without a season only those without."""
    if all(s < 0 for s in pattern.seasons):
        return tuple(m for m in GRID if not m.season)
    return GRID
