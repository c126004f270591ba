"""What a series may do by itself, between two changes: errors with memory, in twelve kinds.

An error may be forgotten at once, fade away (an autoregression of first order), stay (a random walk
seen through noise), or go on growing for a while (a smooth curve: a random walk of slopes). Under
each kind, steps and bends at every place are made comparable by whitening, once for every length.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
SHORTEST = 3
"""Values in a segment at least."""
FADES = (0.0, 0.4, 0.7, 0.9)
"""Memory from one error to the next."""
STAYS = (0.03, 0.3, 1000.0)
"""Variance of a random walk's steps, in variances of the noise through which it is seen."""
CURVES = (0.001, 0.1)
"""The same of a random walk of slopes."""
PERSISTS = (0.4, 0.6, 0.85)
"""Memory from one step of a random walk to the next."""


@dataclass(frozen=True)
class Shapes:
    """For series of ``n`` values: the ``columns`` (n, m), of which the first is the level, the
    second a trend, then a step and then a bend at each of ``places`` (p,); ``at`` (m,) is the
    place of each, 0 of the first two. ``weigh`` (k, m, n) and ``inverse`` (k, n, n) take a series
    to its products with them and with itself under each of k kinds of error; ``gram`` (k, m, m)
    holds the columns' own, ``own`` (k, m) their squares; ``spread`` (k,) is the logarithm of the
    determinant and ``memory`` (k,) the number of figures that the kind itself takes."""

    n: int
    places: Ints
    at: Ints
    columns: Floats
    weigh: Floats
    inverse: Floats
    gram: Floats
    own: Floats
    spread: Floats
    memory: Floats


@lru_cache(maxsize=6)
def shapes(n: int) -> Shapes:
    """The shapes for series of this length."""
    t = np.arange(n, dtype=float)
    places = np.arange(SHORTEST, n - SHORTEST + 1)
    columns = np.concatenate(
        [
            np.ones((n, 1)),
            (t[:, None] - t.mean()) / n,
            t[:, None] >= places,
            np.maximum(t[:, None] - places + 1, 0) / n,
        ],
        axis=1,
    )
    kinds = [(0.0 if fade == 0 else 1.0, r) for fade, r in zip(FADES, _fades(n), strict=True)]
    kinds += [(1.0, r) for r in [*_stays(n), *_curves(n), *_persists(n)]]
    inverse = np.stack([np.linalg.inv(r) for _, r in kinds])
    weigh = columns.T @ inverse
    gram = weigh @ columns
    spread = np.array([np.linalg.slogdet(r)[1] for _, r in kinds]) + np.log(gram[:, 0, 0])
    memory = np.array([m for m, _ in kinds])
    at = np.concatenate([[0, 0], places, places])
    own = np.einsum("kmm->km", gram).copy()
    return Shapes(n, places, at, columns, weigh, inverse, gram, own, spread, memory)


def _fades(n: int) -> list[Floats]:
    apart = np.abs(np.subtract.outer(np.arange(n), np.arange(n)))
    return [np.asarray(rho**apart if rho else np.eye(n)) for rho in FADES]


def _stays(n: int) -> list[Floats]:
    both = np.minimum.outer(np.arange(n), np.arange(n))
    return [ratio * both + np.eye(n) for ratio in STAYS]


def _curves(n: int) -> list[Floats]:
    t = np.arange(n, dtype=float)
    low, high = np.minimum.outer(t, t), np.maximum.outer(t, t)
    return [ratio * low * (low + 1) * (3 * high - low + 1) / 6 + np.eye(n) for ratio in CURVES]


def _persists(n: int) -> list[Floats]:
    apart = np.subtract.outer(np.arange(n), np.arange(n))
    out = []
    for rho in PERSISTS:
        moves = np.where(apart >= 0, rho ** np.maximum(apart, 0), 0.0)
        walk = np.cumsum(moves, axis=0)
        walk[:, 0] = 0.0
        out.append(walk @ walk.T + 1e-3 * np.eye(n))
    return out
