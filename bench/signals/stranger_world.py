"""Invented series as somebody would write them who never saw the others: as plain as can be.

A level times a season times white noise; counts that are Poisson; orders of which the sizes are
gamma; shares of so many cases. From 36 to 72 months; a step or slide in the bad direction after two
years or more, or none. Its series share nothing with those of ``test_world.py`` and
``calibrate.py``. ``number`` is what a program's table says of most.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from test_world import Made, months

from baken.signals.series import Bad, Kind, Series

Floats = NDArray[np.float64]
FAMILIES = (
    "flat", "wave", "trend", "memory", "few events", "events with a season", "many orders",
    "lumps", "now and then", "part of cases",
)  # fmt: skip
FIRST, LAST = 24, 10
"""A change comes after the first so many months, and before the last so many."""
RISES = ("few events", "events with a season", "part of cases")


def healthy(rng: np.random.Generator, each: int) -> Iterator[Made]:
    """``each`` times six series of every family without a change."""
    for family in FAMILIES:
        for _ in range(6 * each):
            yield draw(rng, family, changes=False)


def changed(rng: np.random.Generator, each: int) -> Iterator[Made]:
    """``each`` times five series of every family with one."""
    for family in FAMILIES:
        for _ in range(5 * each):
            yield draw(rng, family, changes=True)


def draw(rng: np.random.Generator, family: str, *, changes: bool) -> Made:
    """One series."""
    count = int(rng.integers(36, 73))
    at = int(rng.integers(FIRST, count - LAST + 1)) if changes else None
    shape = str(rng.choice(["step", "slide"])) if changes else "none"
    size = 0.0
    if changes:
        size = rng.uniform(0.6, 1.5) if family in RISES else -rng.uniform(0.1, 0.4)
        size = -rng.uniform(0.3, 0.6) if family in ("lumps", "now and then") else size
    path = np.ones(count)
    if at is not None:
        late = np.arange(count) - at + 1
        length = 1 if shape == "step" else rng.integers(6, 13)
        path = 1 + size * np.clip(late / length, 0, 1)
    values, kind = _values(rng, family, count, path)
    bad: Bad = "up" if family in RISES else "down"
    name = f"{family}-{rng.integers(10**9)}"
    series = Series(name, months(count), tuple(map(float, values)), bad, kind, "month", name)
    return Made(series, family, 0.0, at, shape, size)


def _values(rng: np.random.Generator, family: str, count: int, path: Floats) -> tuple[Floats, Kind]:
    month = np.arange(count)
    wave = 1 + rng.uniform(0.1, 0.5) * np.sin(2 * np.pi * month / 12 + rng.uniform(0, 6.28))
    noise = np.exp(rng.uniform(0.05, 0.15) * rng.standard_normal(count))
    level = rng.uniform(5_000, 100_000)
    if family == "flat":
        return level * noise * path, "number"
    if family == "wave":
        return level * wave * noise * path, "money"
    if family == "trend":
        return level * (1 + rng.uniform(-0.03, 0.1)) ** (month / 12) * noise * path, "money"
    if family == "memory":
        rho, error = rng.uniform(0.3, 0.6), np.zeros(count)
        for t in range(1, count):
            error[t] = rho * error[t - 1] + 0.08 * rng.standard_normal()
        return level * wave * np.exp(error) * path, "number"
    if family == "few events":
        return rng.poisson(rng.uniform(0.5, 8) * path), "number"
    if family == "events with a season":
        return rng.poisson(rng.uniform(2, 12) * wave * path), "count"
    if family == "many orders":
        return rng.poisson(rng.uniform(15, 80) * wave * path), "count"
    if family == "part of cases":
        cases = rng.integers(40, 300)
        return rng.binomial(cases, np.minimum(rng.uniform(0.03, 0.2) * path, 1), count) / cases, (
            "share" if rng.random() < 0.5 else "number"
        )
    often = rng.uniform(3, 12) if family == "lumps" else rng.uniform(0.7, 2.5)
    shape, worth = rng.uniform(1, 4), rng.uniform(500, 5_000)
    orders = rng.poisson(often * path)
    return np.array([rng.gamma(shape, worth / shape, k).sum() for k in orders]), "money"
