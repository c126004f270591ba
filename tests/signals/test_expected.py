"""What was to be expected, what else moved, and what could have been seen."""

from __future__ import annotations

import numpy as np
import pytest

from baken.signals.detect.prepare import prepare
from baken.signals.expected import expected
from baken.signals.moved import moved
from baken.signals.reach import reach
from baken.signals.series import Kind, Series

MONTHS = tuple(f"{2020 + m // 12}-{m % 12 + 1:02d}" for m in range(60))


def series(values: list[float | None], kind: Kind = "money", **named: str) -> Series:
    many = len(values)
    return Series(
        named.get("id", "sales"), MONTHS[:many], tuple(values), "down", kind,
        name=named.get("id", "sales"),
    )  # fmt: skip


def healthy(seed: int, many: int = 60, season: float = 0.2, noise: float = 0.06) -> list[float]:
    rng = np.random.default_rng(seed)
    months = np.arange(many)
    wave = 1 + season * np.sin(2 * np.pi * months / 12)
    return [float(v) for v in 10_000 * wave * np.exp(noise * rng.standard_normal(many))]


def test_ninety_of_a_hundred_months_fall_within_the_band() -> None:
    inside = total = 0
    for seed in range(40):
        for p in expected(series(healthy(seed)))[24:]:
            assert p.value is not None and p.low is not None and p.high is not None
            inside += p.low <= p.value <= p.high
            total += 1
    assert 0.84 <= inside / total <= 0.97


def test_the_season_is_in_the_band_and_the_change_is_not() -> None:
    values = healthy(1)
    fallen = [v * (0.6 if m >= 50 else 1) for m, v in enumerate(values)]
    points = expected(series(list(fallen)), MONTHS[50])
    middle = [p.middle for p in points]
    assert all(m is not None for m in middle[12:])
    for at in range(50, 60):
        assert middle[at] == pytest.approx(values[at], rel=0.25)
        assert points[at].value < points[at].low  # type: ignore[operator]
    assert max(middle[51:57]) > 1.15 * min(middle[51:60])  # type: ignore[type-var]


def test_an_earlier_change_that_became_normal_is_taken_in() -> None:
    values = [v * (0.5 if m >= 24 else 1) for m, v in enumerate(healthy(2))]
    plain = expected(series(list(values)), MONTHS[55])[55].middle
    settled = expected(series(list(values)), MONTHS[55], [MONTHS[24]])[55].middle
    assert plain is not None and settled is not None
    assert settled == pytest.approx(healthy(2)[55] * 0.5, rel=0.2)


@pytest.mark.parametrize("values", [[], [None, None], [1.0, 2.0, 3.0], [0.0] * 12])
def test_short_and_empty_series(values: list[float | None]) -> None:
    points = expected(series(values))
    assert [p.value for p in points] == values


def test_counts_and_shares_never_go_below_nought() -> None:
    rng = np.random.default_rng(3)
    counts = [float(v) for v in rng.poisson(1.0, 40)]
    shares = [max(0.0, float(v)) for v in 0.01 + 0.02 * rng.standard_normal(40)]
    for values, kind in ((counts, "count"), (shares, "share")):
        for p in expected(series(list(values), kind)):  # type: ignore[arg-type]
            assert p.low is None or p.low >= 0


def test_missing_months_have_no_band_and_break_nothing() -> None:
    values: list[float | None] = list(healthy(4))
    values[30] = None
    points = expected(series(values), MONTHS[50])
    assert points[30].middle is None and points[31].middle is not None


def test_moved_against_the_year_before() -> None:
    one = series([100.0] * 24 + [50.0] * 3)
    two = series([10.0 + (m % 12) for m in range(27)], id="customers")
    found = {m.series.id: m for m in moved("2022-01", [one, two], "month")}
    assert (found["sales"].was, found["sales"].now, found["sales"].share) == (100.0, 50.0, -0.5)
    assert found["customers"].share == pytest.approx(0.0)
    assert moved("1999-01", [one], "month") == []
    assert moved("2022-01", [one], "week") == []


def test_what_could_have_been_seen() -> None:
    calm, wild = series(healthy(5, noise=0.03)), series(healthy(5, noise=0.3), id="x")
    few, rare = series([5.0] * 4), series([0.0] * 50 + [1.0] * 2, "count")
    seen = reach([calm, wild, few, rare], 0.02)
    assert seen[0].size is not None and seen[0].size <= 0.2
    assert seen[1].size is None or seen[1].size >= 2 * seen[0].size
    assert seen[2].few and not seen[3].few
    assert seen[3].size is None
    assert prepare(calm) is not None
