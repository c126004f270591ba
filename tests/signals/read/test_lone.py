"""One row of 1900 or 2100 is set aside by name; a series of any century is judged as it is."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.signals.read.lone import FEWEST, lone
from tests.signals.made import months
from tests.signals.read.test_long_form import read

QUARTERS = [f"{2018 + q // 4}-Q{q % 4 + 1}" for q in range(32)]
WEEKS = [f"2024-W{w:02d}" for w in range(1, 40)]
DAYS = [f"2025-{m:02d}-{d:02d}" for m in (3, 4) for d in range(1, 29) if d % 7 < 5]
YEARS = [str(y) for y in range(1871, 1971)]
CASES: dict[str, tuple[Sequence[str], Sequence[str]]] = {
    "a month of 1900": ([*months(48), "1900-01"], ["1900-01"]),
    "months of 1900 and 2100": (["1900-01", *months(48), "2100-06"], ["1900-01", "2100-06"]),
    "a quarter of 2100": ([*QUARTERS, "2100-Q1"], ["2100-Q1"]),
    "a week of 1970": (["1970-W01", *WEEKS], ["1970-W01"]),
    "a day of 1900": (["1900-01-01", *DAYS], ["1900-01-01"]),
    "a year of 2100 among years of the 2010s": (
        [*(str(y) for y in range(2010, 2024)), "2100"], ["2100"],
    ),
    "a century of old": (YEARS, []),
    "one that stops and goes on": ([*YEARS, *(str(y) for y in range(1985, 2000))], []),
    "a lone year no further off than the others last": ([*YEARS, "2040"], []),
    "a census now and then, and every year later": (
        ["1700", "1750", "1800", *(str(y) for y in range(1900, 2000))], [],
    ),
    "two years of old, which are not alone": (["1900-Q1", "1901-Q1", *QUARTERS], []),
    "a hole of nine years": ([*months(24, 2005), *months(24, 2016)], []),
    "few others": (["1900-01", *months(5)], []),
    "others that are far apart too": (["1800", "1830", "1860", "1890", "1920", "1990", "2100"], []),
    "positions": (["1", "2", "3", "4", "5", "6", "7", "900000"], []),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_lone_period(name: str) -> None:
    periods, aside = CASES[name]
    found = read("period,value\n" + "".join(f"{p},{at}\n" for at, p in enumerate(periods)))
    (one,) = found.series
    told = [r for r in found.rejected if not r.note]
    assert {(r.line, r.why) for r in told} == {
        (2 + list(periods).index(p), f"'{p}' lies far from all other periods of its series")
        for p in aside
    }
    assert sorted(one.periods) == sorted(set(periods) - set(aside))
    assert all(float(one.row(at)) == v for at, v in enumerate(one.values))


def test_of_two_series_each_is_looked_at_by_itself() -> None:
    rows = [f"nu,{p},1" for p in months(24)] + [f"toen,{y},1" for y in YEARS]
    found = read("series,period,value\n" + "\n".join([*rows, "nu,1871-01,5"]))
    assert [(r.line, r.why[:9]) for r in found.rejected] == [(126, "'1871-01'")]
    assert {s.id: len(s.periods) for s in found.series} == {"nu": 24, "toen": 100}


@given(st.sets(st.integers(1500, 2200), min_size=1, max_size=60))
def test_most_of_a_series_stays(years: set[int]) -> None:
    found = lone(list(years), "year")
    assert found < years and len(years - found) >= min(len(years), FEWEST)
    assert lone([y + 300 for y in years], "year") == {y + 300 for y in found}
