"""That the quality of looking back doesn't fall: generated series, scored as the field does.

The scores are those of van den Burg and Williams (2020), the first row counted as a change.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from baken.signals.detect.segments import changes

Floats = NDArray[np.float64]
SEEDS = range(6)
MARGIN = 5


def f1(truth: Sequence[int], found: Sequence[int]) -> float:
    """With one reader: a found row hits a true one within the margin, each once."""
    left, hits = {0, *truth}, 0
    for row in sorted({0, *found}):
        near = [t for t in left if abs(t - row) <= MARGIN]
        if near:
            hits += 1
            left.discard(min(near, key=lambda t: abs(t - row)))
    return 2 * hits / (len({0, *truth}) + len({0, *found}))


def covering(truth: Sequence[int], found: Sequence[int], n: int) -> float:
    """The share of each true segment that the best found one covers, by length."""

    def parts(rows: Sequence[int]) -> list[set[int]]:
        ends = sorted({0, *rows, n})
        return [set(range(a, b)) for a, b in pairwise(ends)]

    mine = parts(found)
    return sum(len(a) * max(len(a & b) / len(a | b) for b in mine) for a in parts(truth)) / n


def wandering(rng: np.random.Generator, n: int, memory: float) -> Floats:
    out = rng.normal(0, 1, n)
    for i in range(1, n):
        out[i] += memory * out[i - 1]
    return out


Drawn = tuple[Floats, list[int], int]


def plateaus(rng: np.random.Generator) -> Drawn:
    rows = [30, 75, 120]
    y = wandering(rng, 160, 0.3)
    for row in rows:
        y[row:] += rng.choice([-1, 1]) * rng.uniform(5, 9)
    return y, rows, 0


def seasonal(rng: np.random.Generator) -> Drawn:
    t = np.arange(96)
    y = rng.normal(0, 4, 12)[t % 12] + 0.05 * t + wandering(rng, 96, 0.3)
    y[50:] += 9
    return y, [50], 12


def growing(rng: np.random.Generator) -> Drawn:
    return np.exp(np.arange(80) / 30 + 0.03 * wandering(rng, 80, 0.7)), [], 0


def levelling(rng: np.random.Generator) -> Drawn:
    return 30 / (1 + np.exp(-(np.arange(90) - 45) / 9)) + 0.5 * rng.normal(0, 1, 90), [], 0


def drifting(rng: np.random.Generator) -> Drawn:
    return np.cumsum(rng.normal(0.2, 1, 200)), [], 0


def crisis(rng: np.random.Generator) -> Drawn:
    y = np.arange(60) / 10 + 0.5 * wandering(rng, 60, 0.5)
    y[25:33] -= 9
    return y, [25, 33], 0


def yearly(rng: np.random.Generator) -> Drawn:
    y = rng.normal(20, 1, 24)
    y[14:] *= 1.6
    return y, [14], 0


def turning(rng: np.random.Generator) -> Drawn:
    t = np.arange(100)
    return np.where(t < 60, t, 120 - t) + 2 * wandering(rng, 100, 0.3), [60], 0


def wilder(rng: np.random.Generator) -> Drawn:
    return rng.normal(0, 1, 150) * np.where(np.arange(150) < 80, 1, 4), [80], 0


def complaints(rng: np.random.Generator) -> Drawn:
    return rng.poisson(np.where(np.arange(72) < 40, 2, 9)).astype(float), [40], 12


@pytest.mark.parametrize(
    ("draw", "at_least"),
    [
        (plateaus, 0.95), (seasonal, 0.95), (growing, 0.9), (levelling, 0.85), (drifting, 0.75),
        (crisis, 0.95), (yearly, 0.95), (turning, 0.85), (wilder, 0.8), (complaints, 0.88),
    ],
)  # fmt: skip
def test_the_quality_does_not_fall(draw: Callable[..., Drawn], at_least: float) -> None:
    both = []
    for seed in SEEDS:
        values, truth, season = draw(np.random.default_rng([seed, 6]))
        found = [c.at for c in changes(values, season)]
        both.append((f1(truth, found), covering(truth, found, len(values))))
    assert min(np.mean(both, axis=0)) >= at_least, np.round(both, 2)
