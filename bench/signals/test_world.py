"""Invented firms for the test, made otherwise than those on which the detectors were developed.

Nothing here is shared with ``world.py`` or ``calibrate.py``: seasons are harmonics, a closing month
and a pattern of working days rather than twelve free numbers; errors have tails of three kinds;
orders are drawn one by one; growth bends; months go missing. ``healthy`` gives series in which
nothing happens, ``changed`` the same with one step or slide in the bad direction.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from baken.signals.series import Bad, Kind, Series

Floats = NDArray[np.float64]
FAMILIES = ("steady", "seasonal", "growing", "lumpy", "rare orders", "complaints", "heads", "share")
HISTORIES = (18, 24, 36, 48, 60)
"""Months before a change."""
AFTER = 24
"""Months after it."""
LENGTHS = (24, 36, 48, 60, 72, 84)
"""Months of a healthy series."""
MONEY = ("steady", "seasonal", "growing", "lumpy", "rare orders")
YEAR = 2017


@dataclass(frozen=True)
class Made:
    """A series, what it is made of, and the row from which it changes (None: it does not)."""

    series: Series
    family: str
    rho: float
    change: int | None = None
    shape: str = "none"
    size: float = 0.0

    @property
    def values(self) -> Floats:
        """As numbers, nan where missing."""
        return np.array([np.nan if v is None else v for v in self.series.values])


def months(count: int, first: int = 0) -> tuple[str, ...]:
    """Periods from the start of the world on."""
    return tuple(f"{YEAR + m // 12}-{m % 12 + 1:02d}" for m in range(first, first + count))


def working_days(count: int) -> Floats:
    """Days from Monday to Friday in each month, as a share of the mean."""
    found = []
    for m in range(count):
        year, month = YEAR + m // 12, m % 12 + 1
        days = calendar.monthrange(year, month)[1]
        found.append(sum(calendar.weekday(year, month, d) < 5 for d in range(1, days + 1)))
    return np.array(found) / 21.75


def remembering(rng: np.random.Generator, count: int, rho: float) -> Floats:
    """Errors of spread one that remember the one before, with one of three tails."""
    tail = rng.integers(3)
    if tail == 0:
        drawn = rng.standard_normal(count + 40)
    elif tail == 1:
        drawn = rng.laplace(0, 1 / np.sqrt(2), count + 40)
    else:
        drawn = np.where(
            rng.random(count + 40) < 0.05, rng.normal(0, 2.5, count + 40),
            rng.normal(0, 0.85, count + 40),
        )  # fmt: skip
    out = np.zeros(count + 40)
    for t in range(1, count + 40):
        out[t] = rho * out[t - 1] + np.sqrt(1 - rho**2) * drawn[t]
    return out[40:]


def season(rng: np.random.Generator, count: int, strength: float) -> Floats:
    """The log of a season: two harmonics and, in one firm of three, a month of rest."""
    month = np.arange(count) % 12
    out = np.zeros(count)
    for harmonic, share in ((1, 1.0), (2, 0.5)):
        phase, size = rng.uniform(0, 2 * np.pi), strength * share * rng.uniform(0.4, 1)
        out += size * np.cos(2 * np.pi * harmonic * month / 12 + phase)
    if rng.random() < 1 / 3:
        out[month == rng.choice([6, 7])] -= rng.uniform(1, 3) * strength
    return out


def profile(rng: np.random.Generator, count: int, change: int, shape: str, size: float) -> Floats:
    """How much is left of the usual, month by month: 1 before the change."""
    late = np.arange(count) - change
    if shape == "step":
        return np.where(late >= 0, 1 + size, 1.0)
    length = rng.integers(8, 19)
    return 1 + size * np.clip((late + 1) / length, 0, 1)


def draw(
    rng: np.random.Generator, family: str, count: int, change: int | None = None
) -> Made:  # fmt: skip
    """One series of a family; with ``change`` it moves the bad way from that row on."""
    rho = float(rng.choice([0.0, 0.1, 0.2, 0.3, 0.4, 0.5]))
    up = family in ("complaints", "share")
    shape = "none" if change is None else str(rng.choice(["step", "slide"]))
    size = 0.0 if change is None else (_rise if up else _fall)(rng, family)
    path = np.ones(count) if change is None else profile(rng, count, change, shape, size)
    values = _values(rng, family, count, rho, path)
    kind: Kind = {"share": "share", "complaints": "count", "heads": "count"}.get(family, "money")  # type: ignore[assignment]
    bad: Bad = "up" if up else "down"
    shown: list[float | None] = [float(v) for v in values]
    if rng.random() < 0.15:
        for row in rng.choice(np.arange(3, count), 2, replace=False):
            if change is None or not 0 <= row - change <= 2:
                shown[row] = None
    name = f"{family}-{rng.integers(10**9)}"
    made = Series(name, months(count), tuple(shown), bad, kind, "month", name)
    return Made(made, family, rho, change, shape, size)


def _fall(rng: np.random.Generator, family: str) -> float:
    return -float(rng.uniform(0.3, 0.7) if "orders" in family or family == "lumpy"
                  else rng.uniform(0.12, 0.45))  # fmt: skip


def _rise(rng: np.random.Generator, family: str) -> float:
    return float(rng.uniform(0.4, 1.2) if family == "share" else rng.uniform(0.7, 2.5))


def _values(
    rng: np.random.Generator, family: str, count: int, rho: float, path: Floats
) -> Floats:  # fmt: skip
    years = np.arange(count) / 12
    if family in ("steady", "seasonal", "growing"):
        strength = {"steady": 0.06, "seasonal": 0.35, "growing": 0.12}[family]
        growth = {"growing": rng.uniform(0.05, 0.2)}.get(family, rng.uniform(-0.02, 0.04))
        noise = rng.uniform(0.03, 0.12)
        log = season(rng, count, strength) + growth * years + noise * remembering(rng, count, rho)
        days = working_days(count) ** rng.choice([0.0, 1.0])
        values = 10 ** rng.uniform(3.6, 6.2) * np.exp(log) * days * path
        if rng.random() < 0.2:
            at = rng.integers(2, count)
            if path[at] == 1:
                values[at] *= rng.choice([0.3, 2.5])
        return np.round(values, 2)
    if family in ("lumpy", "rare orders"):
        often = rng.uniform(4, 25) if family == "lumpy" else rng.uniform(0.8, 3)
        shape = rng.uniform(0.8, 4)
        wave = np.exp(rng.choice([0.0, 0.2]) * season(rng, count, 1.0))
        orders = rng.poisson(often * wave * path)
        price = rng.uniform(400, 9000)
        return np.array([rng.gamma(shape, price / shape, k).sum() for k in orders]).round(2)
    if family == "complaints":
        rate = np.exp(rng.uniform(np.log(0.4), np.log(12)))
        wild = rng.gamma(6, 1 / 6, count) if rng.random() < 0.25 else np.ones(count)
        wave = np.exp(rng.choice([0.0, 0.0, 0.2]) * season(rng, count, 1.0))
        return rng.poisson(rate * wild * wave * path).astype(float)
    if family == "heads":
        mean = np.exp(rng.uniform(np.log(12), np.log(150)))
        wave = season(rng, count, 0.1) + rng.uniform(0, 0.04) * years
        wave = wave + rng.uniform(0.02, 0.08) * remembering(rng, count, rho)
        return rng.poisson(mean * np.exp(wave) * path).astype(float)
    middle, spread = rng.uniform(0.02, 0.3), rng.uniform(0.08, 0.3)
    wave = season(rng, count, 0.05) + spread * remembering(rng, count, rho)
    return np.clip(middle * np.exp(wave) * path, 0, 1).round(4)


def healthy(rng: np.random.Generator, each: int) -> Iterator[Made]:
    """``each`` series of every family and length."""
    for family in FAMILIES:
        for length in LENGTHS:
            for _ in range(each):
                yield draw(rng, family, length)


def changed(rng: np.random.Generator, each: int) -> Iterator[Made]:
    """``each`` series of every family and history."""
    for family in FAMILIES:
        for history in HISTORIES:
            for _ in range(each):
                yield draw(rng, family, history + AFTER, history)
