"""Conditions that every firm meets, or none, are found when they are loaded."""

from __future__ import annotations

import pytest

from baken.rules.parse import parse
from baken.rules.tautology import check_tautology

from .vocabulary import VOCABULARY

ALL_SIZES = "size in ('micro', 'small', 'medium', 'large')"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (ALL_SIZES, "always true"),
        ("size = 'micro' or size <> 'micro'", "always true"),
        (f"headcount < 50 and {ALL_SIZES}", "'size in"),
        (f"headcount < 50 or not ({ALL_SIZES})", "never true"),
        ("exporter or not exporter", "always true"),
        ("exporter and not exporter", "never true"),
        ("size = 'micro' and size = 'small'", "never true"),
        ("headcount > 50 and headcount < 10", "never true"),
        ("headcount < 50 or headcount >= 50", "always true"),
        ("nace like '10%' and nace like '11%'", "never true"),
        ("founded_on > date '2020-01-01' and founded_on < date '2019-01-01'", "never true"),
        ("size is null or size is not null", "always true"),
    ],
)
def test_no_condition(text: str, problem: str) -> None:
    error = check_tautology(parse(text, VOCABULARY), VOCABULARY, "kmo.yaml")
    assert error is not None
    assert (error.path, problem in error.problem) == ("kmo.yaml", True)


@pytest.mark.parametrize(
    "text",
    [
        "size in ('micro', 'small', 'medium')",
        "size is null",
        "headcount >= 0",
        "headcount > 10.5 and headcount < 12",
        "own_share_pct > 10 and own_share_pct < 10.2",
        "exporter and size = 'micro'",
        "nace like '10%' and nace <> '1071'",
        "has(nace_2025, '10%') or has(nace_2025, '11%')",
        "founded_on + interval '4' year >= as_of",
        "founded_on >= date '2020-01-01' and founded_on < date '2020-01-02'",
        "turnover > balance_total",
        "has(nace_2025, '10%') or nace_2025 is null",
    ],
)
def test_a_condition(text: str) -> None:
    assert check_tautology(parse(text, VOCABULARY), VOCABULARY) is None
