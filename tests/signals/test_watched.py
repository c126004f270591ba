"""What was watched, and what could have been seen in it."""

from __future__ import annotations

import pytest

from baken.signals.series import Series
from baken.signals.watch import watch
from baken.signals.watched import Watched, watched
from tests.signals.made import level, months, series


def of(*given: Series, per_firm: bool = False) -> dict[str, Watched]:
    found = watch(given, look_back=False)
    return {w.series.id: w for w in watched(found.judged, set(), 0.1, per_firm)}


SALES = series(level(36))
YEARS = Series("omzet", ("2019", "2020", "2021", "2022", "2023", "2024", "2025"),
               (5.0, 5.2, 4.9, 5.1, 5.0, 5.3, 5.1), "down", frequency="year")  # fmt: skip


@pytest.mark.parametrize(
    ("one", "by", "state", "starts"),
    [
        (SALES, "change", "quiet", "Sales: a change of"),
        (series(level(36) * ([1.0] * 33 + [0.4] * 3)), "change", "alarm", "Sales: 36 values"),
        (series([3.0] * 4, "klachten", "up"), "change", "quiet", "klachten: too few to tell"),
        (series([0.2] * 36, "share_largest", "up", kind="share"), "limit", "quiet",
         "Share of the largest customer: more than a third would show at once."),
        (YEARS, "change", "quiet", "omzet: "),
    ],
)  # fmt: skip
def test_each_series_tells_what_would_show(one: Series, by: str, state: str, starts: str) -> None:
    (found,) = of(one).values()
    assert (found.by, found.state) == (by, state)
    assert found.says["en"].startswith(starts)


@pytest.mark.parametrize(("one", "within"), [(SALES, "binnen zes maanden"), (YEARS, "een jaar")])
def test_within_what_time_depends_on_the_periods(one: Series, within: str) -> None:
    assert within in of(one)[one.id].says["nl"]


def test_what_only_explains_is_not_called_watched() -> None:
    five = series([0.5] * 36, "share_five", "up", kind="share")
    price = series([1.0] * 36, "sold.price")
    customer = series(level(36, 500), "sales.klant-a")
    turnover, vat = series(level(36), "turnover"), series(level(36), "vat-on-sales")
    assert list(of(turnover, vat)) == ["turnover"]
    assert list(of(customer, five, price, SALES)) == ["sales", "sales.klant-a"]
    assert list(of(customer, five, price, SALES, per_firm=True)) == ["sales"]


def test_of_many_series_what_would_show_is_worked_out_as_far_as_time_allows() -> None:
    many = [Series(f"s{i}", months(8), tuple(level(8, seed=i)), "down") for i in range(45)]
    found = of(*many)
    assert [w.reach is not None for w in found.values()] == [True] * 40 + [False] * 5
    assert found["s44"].says["nl"] == "s44: 8 waarden bekeken."
