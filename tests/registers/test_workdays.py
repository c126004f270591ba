"""Working days in Belgium."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.registers.workdays import (
    add_working_days,
    is_working_day,
    last_working_day,
    next_working_day,
    working_day_before,
    working_days_since,
)

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


HOLIDAYS = """
2026-01-01 2026-04-06 2026-05-01 2026-05-14 2026-05-25 2026-07-21 2026-08-15 2026-11-01
2026-11-11 2026-12-25
"""


@pytest.mark.parametrize("day", [*HOLIDAYS.split(), "2026-03-07", "2026-03-08"])
def test_public_holidays_and_weekends_are_no_working_days(day: str) -> None:
    assert not is_working_day(date.fromisoformat(day))


@pytest.mark.parametrize("day", ["2026-07-11", "2026-11-02", "2026-12-26"])
def test_regional_and_bank_holidays_are_no_public_holidays(day: str) -> None:
    found = date.fromisoformat(day)
    assert is_working_day(found) == (found.weekday() < 5)


@pytest.mark.parametrize(
    ("start", "number", "expected"),
    [
        ("2026-03-02", 5, "2026-03-09"),
        ("2026-04-02", 1, "2026-04-03"),
        ("2026-04-03", 1, "2026-04-07"),
        ("2026-12-24", 1, "2026-12-28"),
        ("2026-03-07", 0, "2026-03-09"),
        ("2026-03-07", 1, "2026-03-09"),
    ],
)
def test_days_are_added(start: str, number: int, expected: str) -> None:
    assert add_working_days(date.fromisoformat(start), number) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("day", "last"),
    [("2026-04-06", "2026-04-03"), ("2026-04-03", "2026-04-03"), ("2026-12-26", "2026-12-24")],
)
def test_the_last_working_day(day: str, last: str) -> None:
    assert last_working_day(date.fromisoformat(day)) == date.fromisoformat(last)


@given(DAYS, st.integers(1, 40))
def test_adding_and_counting_agree(start: date, number: int) -> None:
    end = add_working_days(start, number)
    assert is_working_day(end)
    assert working_days_since(start, end) == number
    assert working_days_since(start, end - timedelta(days=1)) == number - 1


@given(DAYS, st.integers(1, 40))
def test_counting_back_leads_to_where_counting_on_began(end: date, number: int) -> None:
    end = next_working_day(end)
    start = working_day_before(end, number)
    assert is_working_day(start)
    assert add_working_days(start, number) == end


@given(DAYS)
def test_the_next_working_day_is_at_most_five_days_away(day: date) -> None:
    assert 0 <= (next_working_day(day) - day).days <= 5


def test_days_are_not_counted_backwards() -> None:
    with pytest.raises(ValueError, match="forwards"):
        add_working_days(date(2026, 1, 5), -1)
    assert working_days_since(date(2026, 1, 9), date(2026, 1, 5)) == 0
