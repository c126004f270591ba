"""What is promised is kept: healthy series drawn anew give no more false alarms than was asked."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from baken.signals.detect.thresholds import PER_SERIES
from baken.signals.series import Bad, Kind, Series
from baken.signals.watch import watch
from tests.signals.made import months

COUNT, YEARS = 60, 5
MONTH = np.arange(COUNT)

Draw = Callable[[np.random.Generator], np.ndarray]


def noise(rng: np.random.Generator, memory: float) -> np.ndarray:
    """Errors of a tenth that remember the month before."""
    errors = np.zeros(COUNT)
    for t in range(COUNT):
        before = errors[t - 1] if t else 0.0
        errors[t] = memory * before + 0.1 * np.sqrt(1 - memory**2) * rng.standard_normal()
    return errors


def sales(rng: np.random.Generator) -> np.ndarray:
    return 20_000 * np.exp(noise(rng, rng.uniform(0, 0.5)))


def seasonal(rng: np.random.Generator) -> np.ndarray:
    wave = rng.uniform(0.1, 0.4) * np.cos(2 * np.pi * (MONTH / 12 + rng.random()))
    return 20_000 * np.exp(wave + noise(rng, rng.uniform(0, 0.4)))


def complaints(rng: np.random.Generator) -> np.ndarray:
    return rng.poisson(rng.uniform(0.5, 8), COUNT)


def wild(rng: np.random.Generator) -> np.ndarray:
    return rng.poisson(rng.uniform(2, 8) * rng.gamma(5, 0.2, COUNT))


def invoices(rng: np.random.Generator) -> np.ndarray:
    return rng.poisson(rng.uniform(15, 80), COUNT)


def orders(rng: np.random.Generator) -> np.ndarray:
    often = rng.uniform(2, 8)
    return np.array([rng.gamma(2, 500, n).sum() for n in rng.poisson(often, COUNT)])


DRAWN: dict[str, tuple[Draw, Bad, Kind]] = {
    "sales": (sales, "down", "money"),
    "seasonal sales": (seasonal, "down", "money"),
    "complaints": (complaints, "up", "count"),
    "sick days": (wild, "up", "count"),
    "invoices": (invoices, "down", "count"),
    "sums of orders": (orders, "down", "money"),
}
EACH = 50


def quiet(name: str) -> list[Series]:
    draw, bad, kind = DRAWN[name]
    rng = np.random.default_rng(11)
    return [
        Series(name, months(COUNT), tuple(map(float, draw(rng))), bad, kind, "month", f"{name} {i}")
        for i in range(EACH)
    ]


def rate(series: list[Series], asked: float) -> float:
    """False alarms a series and year."""
    found = watch(series, false_alarms=asked, look_back=False).alarms
    return len(found) / (len(series) * YEARS)


def test_healthy_series_give_no_more_false_alarms_than_asked() -> None:
    every = [one for name in DRAWN for one in quiet(name)]
    assert 0.03 < rate(every, PER_SERIES) <= PER_SERIES
    assert 0.004 < rate(every, 0.02) <= 0.025


@pytest.mark.parametrize("name", DRAWN)
def test_no_kind_of_series_cries_wolf(name: str) -> None:
    """A series of 250 years gives 25 at the rate asked; more than 40 would be no chance."""
    assert rate(quiet(name), PER_SERIES) <= 0.16
