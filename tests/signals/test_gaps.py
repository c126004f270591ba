"""A month without invoices is a hole in the files, not customers who leave."""

from __future__ import annotations

from typing import Any

import pytest

from baken.signals.gaps import Hole, holes
from baken.signals.series import Series
from baken.signals.watch import watch
from tests.signals.made import months

N = 30
FULL = [40.0, 44.0, 38.0, 42.0, 41.0, 39.0] * 5


def invoices(values: list[float | None], name: str = "invoices") -> Series:
    return Series(name, months(N), tuple(values), "down", "count")


def gaps(*series: Series, **more: Any) -> list[str]:
    return [a.since for a in watch(series, **more).alarms if a.kind == "data_gap"]


def at(row: int, value: float | None, values: list[float] = FULL) -> list[float | None]:
    return [*values[:row], value, *values[row + 1 :]]


HOLES: dict[str, tuple[list[float | None], list[int]]] = {
    "a month without any": (at(20, 0.0), [20]),
    "a month with a few": (at(20, 4.0), [20]),
    "the last month": (at(N - 1, 0.0), [N - 1]),
    "a month with a quarter is a fall": (at(20, 10.0), []),
    "a month that is not known": (at(20, None), []),
    "the first months: nothing is usual yet": (at(3, 0.0), []),
    "few invoices prove nothing": ([4.0] * 20 + [0.0] + [4.0] * 9, []),
    "the leave of last year again": (at(24, 0.0, [*FULL[:12], 0.0, *FULL[13:]]), [12]),
}


@pytest.mark.parametrize("name", HOLES)
def test_a_month_that_is_empty_amid_full_ones_is_told(name: str) -> None:
    values, rows = HOLES[name]
    assert gaps(invoices(values)) == [months(N)[r] for r in rows]


@pytest.mark.parametrize("per_firm", [False, True])
def test_it_is_told_however_few_false_alarms_are_accepted(per_firm: bool) -> None:
    assert gaps(invoices(at(20, 0.0)), false_alarms=0.01, per_firm=per_firm) == [months(N)[20]]


def test_it_goes_with_the_next_month_and_says_how_many_there_are() -> None:
    (found,) = (a for a in watch([invoices(at(20, 2.0))]).alarms if a.kind == "data_gap")
    assert (found.cleared, found.cause) == (months(N)[21], "data_gap")
    assert found.says["nl"].startswith("In september 2023 zijn er 2 facturen, waar er anders")


def test_two_months_in_a_row_are_one_hole_that_ends_when_invoices_come_again() -> None:
    values = [*FULL[:20], 0.0, 1.0, *FULL[22:]]
    assert holes(values) == [Hole(20, 22, 40.5)]
    assert holes(values[:22]) == [Hole(20, None, 40.5)], "told when it began, and it stands"


def test_a_customer_who_seems_to_leave_then_is_told_of_with_the_same_cause() -> None:
    euro = [100.0 * v for v in FULL]
    customer = Series("sales.klant-a", months(N), (*euro[: N - 2], 0.0, 0.0), "down", "money")
    answer = watch([invoices([*FULL[: N - 2], 0.0, 0.0]), customer])
    assert "sales.klant-a" in {a.id for a in answer.alarms}
    assert {a.cause for a in answer.alarms} == {"data_gap"}


def test_what_was_told_of_a_hole_is_never_taken_back() -> None:
    values = [*FULL[:14], 0.0, 2.0, *FULL[16:25], 1.0, *FULL[26:]]
    whole = [(h.first, h.usual) for h in holes(values)]
    for end in range(len(values) + 1):
        assert [(h.first, h.usual) for h in holes(values[:end])] == [
            (first, usual) for first, usual in whole if first < end
        ]
