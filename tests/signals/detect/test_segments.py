"""What looking back calls a change: what people who see the chart would mark, and little else."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from baken.signals.detect.segments import Change, changes
from baken.signals.detect.swings import swings

Floats = NDArray[np.float64]


def noise(n: int, seed: int = 0, memory: float = 0.0) -> Floats:
    out = np.random.default_rng(seed).normal(0, 1, n)
    for i in range(1, n):
        out[i] = memory * out[i - 1] + np.sqrt(1 - memory**2) * out[i]
    return out


def rows(found: list[Change]) -> list[int]:
    return [c.at for c in found]


T = np.arange(120.0)
WAVE = 6 * np.sin(T / 12 * 2 * np.pi)


@pytest.mark.parametrize(
    ("name", "values", "season"),
    [
        ("noise", noise(120), 0),
        ("noise with memory", noise(120, memory=0.7), 0),
        ("a line", 0.2 * T + noise(120), 0),
        ("growth", np.exp(T / 40) * (1 + 0.02 * noise(120)), 0),
        ("growth that levels off", 100 / (1 + np.exp(-(T - 60) / 14)) + noise(120), 0),
        ("a walk with drift", np.cumsum(noise(120, 3) + 0.3), 0),
        ("a season of months", WAVE + noise(120), 12),
        ("a season of rows that are only counted", WAVE + noise(120), None),
        ("a season on a line", WAVE + 0.1 * T + noise(120), 12),
        ("single giants", noise(120) + 25 * np.isin(T, [20, 77]), 0),
        ("too few", np.array([1.0, 1, 1, 9, 9, 9]), 0),
        ("constant", np.full(60, 3.0), 0),
        ("constant but for one", np.where(T == 50, 9.0, 3.0), 0),
    ],
)
def test_no_change(name: str, values: Floats, season: int | None) -> None:
    assert changes(values, season) == []


STEP = np.where(T >= 70, 8.0, 0.0)
BUMP = np.where((T >= 50) & (T < 62), 9.0, 0.0)


@pytest.mark.parametrize(
    ("name", "values", "season", "expected"),
    [
        ("a step", STEP + noise(120), 0, [(70, "level")]),
        ("in noise with memory", 1.5 * STEP + noise(120, memory=0.6), 0, [(70, "level")]),
        ("beside a season", 2 * STEP + WAVE + noise(120), 12, [(70, "level")]),
        ("on a line", 3 * STEP - 0.1 * T + noise(120), 0, [(70, "level")]),
        ("and a giant", STEP + noise(120) + 30 * (T == 20), 0, [(70, "level")]),
        ("without noise", STEP, 0, [(70, "level")]),
        ("there and back", BUMP + noise(120), 0, [(50, "level"), (62, "level")]),
        ("a collapse in a walk", np.cumsum(noise(120, 3)) + 5 * STEP, 0, [(70, "level")]),
        ("of 15 years", np.where(T >= 9, 30.0, 10)[:15] + noise(15), 0, [(9, "level")]),
        ("a peak", np.minimum(T, 140 - T) + noise(120), 0, [(70, "slope")]),
        ("swings", noise(120, 1) * np.where(T >= 70, 5, 1), 0, [(70, "spread")]),
        ("of 1,000", noise(1000) + 6 * (np.arange(1000) >= 413), 0, [(413, "level")]),
    ],
)  # fmt: skip
def test_a_change_that_everybody_sees(
    name: str, values: Floats, season: int, expected: list[tuple[int, str]]
) -> None:
    found = changes(values, season)
    assert [c.kind for c in found] == [kind for _, kind in expected]
    assert all(abs(c.at - at) <= 4 for c, (at, _) in zip(found, expected, strict=True))


def test_every_step_of_a_price_list_is_told() -> None:
    prices = np.repeat([5.0, 5.5, 6.5, 6.0, 9.0], 12)
    assert rows(changes(prices)) == [12, 24, 36, 48]


def test_a_plain_change_is_surer_than_a_doubtful_one() -> None:
    (plain,) = changes(3 * STEP + noise(120))
    (doubtful,) = changes(0.3 * STEP + noise(120))
    assert plain.sure > 0.8 > doubtful.sure > 0


def test_missing_months_do_not_shift_the_season() -> None:
    known = np.flatnonzero(~np.isin(T, [17, 18, 19, 20, 21, 60, 61, 88]))
    values = (2 * STEP + 2 * WAVE + noise(120))[known]
    assert [int(known[c.at]) for c in changes(values, 12, known.tolist())] == [70]


def test_neither_unit_nor_sign_matters() -> None:
    values = STEP + noise(120)
    for factor in (1e-12, 1e12, -1.0):
        assert rows(changes(values * factor)) == rows(changes(values))


def test_what_is_left_of_a_walk_has_swings_of_its_own() -> None:
    calm = noise(200)
    assert swings(calm) == []
    assert [round(s[1], 1) for s in swings(calm * np.where(np.arange(200) >= 90, 4, 1))] == [1.4]
    assert swings(np.cumsum(calm) * np.where(np.arange(200) >= 90, 4, 1)) == []


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(-1e15, 1e15), max_size=70), st.sampled_from([0, 4, 12, None]))
def test_any_values_give_an_answer(values: list[float], season: int | None) -> None:
    found = changes(np.array(values), season)
    assert rows(found) == sorted(set(rows(found)))
    assert all(0 < c.at < len(values) and 0 <= c.sure <= 1 for c in found)


def test_thousands_of_values_take_a_moment() -> None:
    began = time.process_time()
    changes(np.cumsum(noise(3000)), None)
    assert time.process_time() - began < 2
