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
TREND = 0.2
"""Standard deviation of the trend a year, in errors: growth of a healthy firm is learnt."""
CALENDAR = 0.3
"""Standard deviation of the effect of one working day more, in errors."""


@dataclass(frozen=True)
class Memory:
    """One guess at a firm's character: autocorrelation of its errors, strength of its season
    (standard deviation of a month's effect, in errors) and of its trend (a year, in errors)."""

    rho: float
    season: float
    trend: float = TREND


GRID = tuple(Memory(r, s) for r in (0.0, 0.25, 0.5) for s in (0.0, 1.5))


@dataclass(frozen=True)
class Pattern:
    """Where the values of a series stand in time: steps since the first, season (its number within
    the year; -1: none), length of a year in steps, and calendar columns."""

    steps: tuple[int, ...]
    seasons: tuple[int, ...]
    year: float
    calendar: tuple[tuple[float, ...], ...] = ()


@dataclass(frozen=True)
class Filter:
    """For one pattern and one memory: the factor, and what a change would look like through it.

    ``factor`` (n, n) is lower triangular; ``logdet`` (n,) its running log determinant; ``step`` and
    ``ramp`` (n, n): column k is a step (a slide of one a year) that begins at k.
    """

    factor: Floats
    logdet: Floats
    step: Floats
    ramp: Floats
    spread: Floats
    """(n,): how uncertain the prediction is, beside the error itself."""


@lru_cache(maxsize=512)
def filter_of(pattern: Pattern, memory: Memory) -> Filter:
    """The filter of a pattern; made once."""
    t = np.asarray(pattern.steps, dtype=float)
    n = len(t)
    gap = np.abs(t[:, None] - t[None, :])
    cov = memory.rho**gap if memory.rho else np.eye(n)
    cov = cov + LEVEL**2 + np.outer(t, t) * (memory.trend / pattern.year) ** 2
    seasons = np.asarray(pattern.seasons)
    if memory.season and (seasons >= 0).any():
        cov = cov + memory.season**2 * (seasons[:, None] == seasons[None, :])
    for column in pattern.calendar:
        x = np.asarray(column)
        cov = cov + CALENDAR**2 * np.outer(x, x)
    factor = np.linalg.cholesky(cov)
    late = t[:, None] - t[None, :]
    steps = (late >= 0).astype(float)
    ramps = np.where(late >= 0, (late + 1) / pattern.year, 0.0)
    return Filter(
        factor,
        np.cumsum(np.log(np.diag(factor))),
        solve_triangular(factor, steps, lower=True),
        solve_triangular(factor, ramps, lower=True),
        np.diag(factor),
    )


def grid_of(pattern: Pattern) -> Sequence[Memory]:
    """The guesses that make sense for a pattern: without a season only those without."""
    if all(s < 0 for s in pattern.seasons):
        return tuple(m for m in GRID if not m.season)
    return GRID
