"""Dates of the precision that sources give; availability and staleness at a date."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.landscape.availability import availability, deadline
from baken.landscape.dates import (
    first_day,
    in_force,
    is_stale,
    last_day,
    months_between,
    months_old,
    newest_source,
)
from tests.landscape.records import instrument, organisation


@pytest.mark.parametrize(
    ("partial", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28)),
        ("2024-06-05", date(2024, 6, 5), date(2024, 6, 5)),
    ],
)
def test_a_partial_date_is_a_span_of_days(partial, first, last):
    assert (first_day(partial), last_day(partial)) == (first, last)


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_a_full_date_is_one_day_and_a_month_holds_it(day):
    assert first_day(day.isoformat()) == last_day(day.isoformat()) == day
    assert first_day(f"{day:%Y-%m}") <= day <= last_day(f"{day:%Y-%m}")


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "as_of", "holds"),
    [
        (None, None, "2019-01-01", True),
        ("2026-02-01", None, "2026-01-31", False),
        ("2026-02-01", None, "2026-02-01", True),
        (None, "2026-01-31", "2026-01-31", True),
        (None, "2026-01-31", "2026-02-01", False),
        ("2023", "2025", "2025-12-31", True),
    ],
)
def test_what_is_dated_holds_from_its_first_to_its_last_day(valid_from, valid_to, as_of, holds):
    assert in_force(valid_from, valid_to, date.fromisoformat(as_of)) is holds


@pytest.mark.parametrize(
    ("earlier", "later", "months"),
    [
        ("2026-01-31", "2026-02-28", 0),
        ("2026-01-15", "2026-02-15", 1),
        ("2024-11-24", "2026-11-24", 24),
        ("2026-11-24", "2026-01-01", 0),
    ],
)
def test_months_are_full_months(earlier, later, months):
    assert months_between(date.fromisoformat(earlier), date.fromisoformat(later)) == months


@pytest.mark.parametrize(
    ("make", "status", "newest", "stale"),
    [
        pytest.param(instrument, "open", "2025-11-25", False, id="instrument within 12 months"),
        pytest.param(instrument, "open", "2025-11-24", True, id="instrument of 12 months ago"),
        pytest.param(instrument, "call", "2026-08-25", False, id="call within 3 months"),
        pytest.param(instrument, "call", "2026-08-24", True, id="call of 3 months ago"),
        pytest.param(organisation, "open", "2024-11-25", False, id="organisation within 24 months"),
        pytest.param(organisation, "open", "2024-11-24", True, id="organisation of 24 months ago"),
        pytest.param(instrument, "open", None, True, id="no dated source: nobody knows"),
    ],
)
def test_how_old_a_source_may_be_depends_on_the_kind(make, status, newest, stale):
    record = make(status={"value": status}, date=newest)
    assert is_stale(record, date(2026, 11, 24)) is stale


def test_the_date_of_the_status_is_that_of_no_source():
    record = instrument(status={"value": "open", "as_of": "2026-05"}, date="2022-03-01")
    assert newest_source(record) == "2022-03-01"
    assert months_old(record, date(2026, 11, 24)) == 56


@pytest.mark.parametrize(
    ("status", "calls", "as_of", "expected"),
    [
        pytest.param(("open", "2024"), [], "2026-11-24", "open", id="open"),
        pytest.param(("unknown", None), [], "2026-11-24", "unknown", id="unknown stays unknown"),
        pytest.param(("closed", "2024"), [], "2026-11-24", "closed", id="closed"),
        pytest.param(("abolished", "2020-12-31"), [], "2026-11-24", "closed", id="abolished"),
        pytest.param(
            ("abolished", "2020-12-31"), [], "2019-06-01", "unknown", id="before it ended"
        ),
        pytest.param(("open", "2024"), [], "2019-06-01", "unknown", id="before the source speaks"),
        pytest.param(("call", "2026"), [], "2026-11-24", "call", id="by calls, none dated"),
        pytest.param(
            ("call", "2026"), [("2026-11-01", "2026-12-15")], "2026-11-24", "open", id="call runs"
        ),
        pytest.param(
            ("closed", "2026"), [("2027-01-05", "2027-02-01")], "2026-11-24", "closed", id="ended"
        ),
        pytest.param(
            ("unknown", None), [("2027-01-05", "2027-02-01")], "2026-11-24", "call", id="call comes"
        ),
        pytest.param(
            ("unknown", None), [("2025-01-05", "2025-02-01")], "2026-11-24", "unknown", id="was"
        ),
    ],
)
def test_availability_is_the_state_at_a_date(status, calls, as_of, expected):
    record = instrument(
        status={"value": status[0], "as_of": status[1]},
        calls=[{"opens": o, "closes": c, "source": 1} for o, c in calls],
    )
    assert availability(record, date.fromisoformat(as_of)) == expected


def test_the_deadline_is_the_next_last_day_that_is_known_to_the_day():
    record = instrument(
        calls=[
            {"opens": "2025-01", "closes": "2025-02-01", "source": 1},
            {"opens": "2026-11-01", "closes": "2026-12-15", "source": 1},
            {"opens": "2026-11-01", "closes": "2026-11", "source": 1},
        ]
    )
    assert deadline(record, date(2026, 11, 24)) == date(2026, 12, 15)
    assert deadline(record, date(2026, 12, 16)) is None
