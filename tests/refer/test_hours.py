"""Which half hours come of offered hours: no weekends, holidays, absences, nor what is taken."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from baken.kernel.errors import BakenError
from baken.refer.hours import free, parse
from baken.refer.model import BRUSSELS, Absence

ANY = "mon 09:00-10:00 | tue 09:00-10:00 | wed 09:00-10:00 | thu 09:00-10:00 | fri 09:00-10:00"
FREE = [
    # hours, from, until (included), half hours as day and time
    ("mon 09:00-10:00", "2026-03-02", "2026-03-06", ["02 09:00", "02 09:30"]),
    ("mon 9:00-9:45", "2026-03-02", "2026-03-09", ["02 09:00", "09 09:00"]),
    ("2026-03-04 14.00-14.30", "2026-03-02", "2026-03-20", ["04 14:00"]),
    ("tue 9:00-10:00|2026-03-03 9:30-10:00", "2026-03-02", "2026-03-03", ["03 09:00", "03 09:30"]),
    ("2026-03-07 10:00-11:00", "2026-03-02", "2026-03-20", []),
    (ANY, "2026-12-24", "2026-12-28", ["24 09:00", "24 09:30", "28 09:00", "28 09:30"]),
    (ANY, "2026-04-06", "2026-04-06", []),
    ("", "2026-03-02", "2026-03-20", []),
]  # fmt: skip


@pytest.mark.parametrize(("hours", "first", "last", "expected"), FREE, ids=range(len(FREE)))
def test_half_hours_of_working_days(hours: str, first: str, last: str, expected: list[str]) -> None:
    found = free(parse(hours), date.fromisoformat(first), date.fromisoformat(last))
    assert [f"{at:%d %H:%M}" for at in found] == expected
    assert all(at.tzinfo is BRUSSELS for at in found)


def test_absences_and_what_is_taken_are_left_out() -> None:
    monday, friday = date(2026, 3, 2), date(2026, 3, 6)
    away = [Absence(date(2026, 3, 3), date(2026, 3, 5))]
    taken = [datetime(2026, 3, 2, 9, 0, tzinfo=BRUSSELS)]
    found = free(parse(ANY), monday, friday, away, taken)
    assert [f"{at:%d %H:%M}" for at in found] == ["02 09:30", "06 09:00", "06 09:30"]


def test_what_overlaps_with_a_taken_half_hour_is_not_free() -> None:
    """Hours that were changed after somebody chose: nobody gets two calls at once."""
    taken = [datetime(2026, 3, 2, 9, 15, tzinfo=BRUSSELS)]
    found = free(parse("mon 09:00-10:30"), date(2026, 3, 2), date(2026, 3, 2), (), taken)
    assert [f"{at:%H:%M}" for at in found] == ["10:00"]


def test_the_hour_of_the_clock_is_belgian_in_summer_and_winter() -> None:
    hours = parse("fri 09:00-09:30")
    winter, summer = (free(hours, day, day)[0] for day in (date(2026, 3, 27), date(2026, 4, 3)))
    assert winter.utcoffset() != summer.utcoffset()
    assert winter.hour == summer.hour == 9


WRONG = [
    "monday 09:00-10:00",
    "mon",
    "mon 09:00",
    "mon 10:00-09:00",
    "mon 09:00-09:20",
    "mon 05:00-07:00",
    "mon 21:30-23:00",
    "mon 25:00-26:00",
    "2026-02-30 09:00-10:00",
    "sat 09:00-10:00",
    "mon 09:00-10:00 ; tue 09:00-10:00",
]


@pytest.mark.parametrize("typed", WRONG)
def test_hours_that_are_none_are_told(typed: str) -> None:
    with pytest.raises(BakenError) as told:
        parse(typed)
    assert told.value.path == "hours"
