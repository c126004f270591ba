"""What is over and what only stopped being news; how far figures go."""

from __future__ import annotations

from datetime import date

import pytest

from baken.signals.alarms import Alarm
from baken.signals.lasting import lasts
from baken.signals.series import Frequency, Series
from baken.web.signalen.fresh import end, is_late
from tests.web.signalen.conftest import MONTHS


def alarm(since: int, cleared: int | None, size: float | None, way: str = "down") -> Alarm:
    at = MONTHS[since]
    return Alarm(
        "", "x", "sales", at, (at, at), at, None if cleared is None else MONTHS[cleared],
        "amber", size, 0.1, {}, {}, (), way=way,
    )  # fmt: skip


def level(before: float, after: float, at: int = 24) -> Series:
    season = [m % 12 for m in range(36)]
    values = tuple((after if m >= at else before) + 5 * season[m] for m in range(36))
    return Series("omzet", tuple(MONTHS), values)


@pytest.mark.parametrize(
    ("series", "given", "stays"),
    [
        (level(1000, 600), alarm(24, 30, -0.4), True),
        (level(1000, 1000), alarm(24, 30, -0.4), False),
        (level(1000, 900), alarm(24, 30, -0.4), False),
        (level(1000, 600), alarm(24, None, -0.4), False),
        (level(1000, 600, at=8), alarm(8, 14, -0.4), True),
        (level(1000, 600, at=0), alarm(0, 14, -0.4), False),
        (level(1000, 600), alarm(24, 30, None), True),
        (level(1000, 600), alarm(24, 30, 0.5, "wider"), False),
    ],
)
def test_a_level(series: Series, given: Alarm, stays: bool) -> None:
    assert lasts(given, series, {series.id: series}) is stays


@pytest.mark.parametrize(
    ("last", "stays"), [(0.46, True), (0.34, True), (0.33, False), (0.1, False), (None, True)]
)
def test_a_share_over_its_limit(last: float | None, stays: bool) -> None:
    """A value that is missing leaves the one before it."""
    series = Series("share_largest", tuple(MONTHS), (*[0.5] * 35, last), kind="share")
    assert lasts(alarm(0, 6, None, "up"), series, {series.id: series}) is stays


@pytest.mark.parametrize(("last", "stays"), [(900.0, True), (1100.0, False)])
def test_cash_below_a_month_of_spending(last: float, stays: bool) -> None:
    cash = Series("cash", tuple(MONTHS), (*[500.0] * 35, last), kind="money")
    out = Series("money-out", tuple(MONTHS), tuple([1000.0] * 36), kind="money")
    assert lasts(alarm(2, 8, None), cash, {"cash": cash, "money-out": out}) is stays


@pytest.mark.parametrize(
    ("periods", "frequency", "ends", "late_from"),
    [
        (["2025-11", "2025-12"], "month", "2025-12-31", "2026-02-21"),
        (["2025-Q3", "2025-Q4"], "quarter", "2025-12-31", "2026-05-13"),
        (["2026-W01", "2026-W02"], "week", "2026-01-11", "2026-01-29"),
        (["2024", "2025"], "year", "2025-12-31", "2027-08-30"),
        (["1", "2"], "position", None, None),
    ],
)
def test_when_figures_are_late(
    periods: list[str], frequency: Frequency, ends: str | None, late_from: str | None
) -> None:
    series = Series("x", tuple(periods), (1.0, 2.0), frequency=frequency)
    assert end(series) == (date.fromisoformat(ends) if ends else None)
    if late_from is None:
        assert not is_late(series, date(2099, 1, 1))
    else:
        day = date.fromisoformat(late_from)
        assert is_late(series, day) and not is_late(series, date.fromordinal(day.toordinal() - 1))
