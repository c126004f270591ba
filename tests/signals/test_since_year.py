"""Yearly figures too few to judge are held beside the year before, and no chance is told."""

from __future__ import annotations

from datetime import date

import pytest

from baken.signals.answer import answer, rest
from baken.signals.many import Setting
from baken.signals.series import Bad, Series
from baken.signals.watch import watch

YEARS = tuple(str(year) for year in range(2019, 2025))


def yearly(id: str, values: list[float | None], bad: Bad = "down") -> Series:
    """A series of the last years up to 2024."""
    periods = YEARS[-len(values) :]
    return Series(id, periods, tuple(values), bad=bad, kind="money", frequency="year", unit="EUR")


@pytest.mark.parametrize(
    ("one", "says"),
    [
        (yearly("cash-at-year-end", [20_000, 2_000]),
         "Liquide middelen: 2.000 euro in 2024, 90 % lager dan in 2023 (20.000 euro)."),
        (yearly("debts", [90_000, 130_000], "up"),
         "Schulden: 130.000 euro in 2024, 44 % hoger dan in 2023 (90.000 euro)."),
        (yearly("ledger-turnover", [200_000, 160_000]),
         "Omzet (70): 160.000 euro in 2024, 20 % lager dan in 2023 (200.000 euro)."),
        (yearly("debts", [130_000, 90_000], "up"), None),
        (yearly("gross-margin", [100_000, 81_000]), None),
        (yearly("ledger-purchases", [100_000, 20_000], "both"), None),
        (yearly("gross-margin", [100_000, None, 50_000]), None),
        (yearly("gross-margin", [-10_000, -90_000]), None),
        (yearly("gross-margin", [50_000]), None),
        (yearly("gross-margin", [100_000, 90_000, 99_000, 100_000, 98_000, 60_000]), None),
    ],
)  # fmt: skip
def test_a_fifth_or_more_the_bad_way_is_told(one: Series, says: str | None) -> None:
    beside = rest(watch([one]), date(2025, 1, 1), Setting())
    told = [x for x in beside.lasting if x.since_year]
    assert [x.says["nl"] for x in told] == ([says] if says else [])
    assert [w.state for w in beside.watched] == ["lasting" if beside.lasting else "quiet"]
    for x in (each.as_json() for each in told):
        assert (x["severity"], x["since_year"]) == ("amber", True)
        assert "100" not in x["says"]["nl"].replace(".000", "")


def test_arrears_are_an_alarm_of_their_series_and_bear_its_name() -> None:
    light = {"kind": "overdue-tax", "firm": "", "at": "2024", "amount": 4_500.0, "before": 0.0}
    found = watch([yearly("overdue-tax", [0, 4_500], "up")], lights=[light])
    beside = rest(found, date(2025, 1, 1), Setting())
    said = answer(found, [{}], beside, lang="fr")
    (one,) = said["series"]
    assert [a["series"] for a in said["alarms"]] == [one["name"]] == ["Dettes fiscales échues"]
    assert [a["id"] for a in one["alarms"]] == ["overdue-tax"]
    assert [(w["state"]) for w in said["watched"]] == ["alarm"]
    assert said["lasting"] == []
