"""Cash beside what goes out: a month of spending is a warning, a week can't wait."""

from __future__ import annotations

from dataclasses import replace

import pytest

from baken.signals.detect.limits import crossings
from baken.signals.kinds import kind_of
from baken.signals.series import Series
from baken.signals.watch import watch
from tests.signals.made import months
from tests.signals.test_stories import MONTHS

OUT = 10_000.0


def account(cash: list[float]) -> dict[str, Series]:
    """An account from which 10,000 goes out every month."""
    periods = MONTHS[: len(cash)]
    kinds = {"cash": ("Saldo", tuple(cash)), "money-out": ("Geld buiten", (OUT,) * len(cash))}
    return {
        id: Series(id, periods, values, kind="money", name=name, unit="EUR")
        for id, (name, values) in kinds.items()
    }


@pytest.mark.parametrize(
    ("cash", "found"),
    [
        ([30_000.0] * 8, []),
        ([30_000.0] * 4 + [9_000.0] * 3, [(4, None, False)]),
        ([30_000.0] * 4 + [9_000.0, 16_000.0], [(4, 5, False)]),
        ([30_000.0] * 4 + [9_000.0] * 8, [(4, 10, False)]),
        ([30_000.0] * 4 + [2_000.0] * 3, [(4, None, True)]),
        ([30_000.0] * 4 + [9_000.0] * 2 + [2_000.0], [(4, 6, False), (6, None, True)]),
        ([30_000.0] * 4 + [2_000.0, 11_000.0], [(4, 5, True)]),
        ([30_000.0] * 4 + [-500.0] * 8, [(4, 10, True)]),
        ([2_000.0] * 2 + [30_000.0] * 3, []),
    ],
)
def test_cash(cash: list[float], found: list[tuple[int, int | None, bool]]) -> None:
    firm = account(cash)
    told = [(c.since, c.cleared, c.urgent) for c in crossings(firm["cash"], firm)]
    assert told == found


def test_cash_of_a_first_month_that_was_not_whole_is_held_beside_what_goes_out_later() -> None:
    firm = account([30_000.0] * 4 + [9_000.0] * 3)
    out = firm["money-out"]
    firm["money-out"] = replace(out, periods=out.periods[1:], values=out.values[1:])
    assert [(c.since, c.urgent) for c in crossings(firm["cash"], firm)] == [(4, False)]


@pytest.mark.parametrize(
    ("name", "values", "told"),
    [
        ("kassaldo", [900.0] * 8 + [-5.0, -8.0], ["2024-09"]),
        ("kassaldo", [900.0] * 10, []),
        ("kassaldo", [-5.0, 9.0] * 5, []),
        ("cashflow", [900.0] * 8 + [-5.0, -8.0], []),
        ("winst", [900.0] * 8 + [-5.0, -8.0], []),
    ],
)
def test_a_balance_in_a_table_below_nought(name: str, values: list[float], told: list[str]) -> None:
    one = Series(name, months(10, 2024), tuple(values), name=name, bad="down", unit="EUR")
    found = [a for a in watch([one]).alarms if a.severity == "red"]
    assert [a.since for a in found] == told
    assert all("onder nul" in a.says["nl"] for a in found)


@pytest.mark.parametrize(
    ("last", "severity", "says"),
    [
        (9_000.0, "amber", "Dat is minder dan je in een maand uitgeeft."),
        (2_000.0, "red", "Dat is minder dan je in een week uitgeeft."),
        (-500.0, "red", "Dat is onder nul."),
    ],
)
def test_how_it_is_told(last: float, severity: str, says: str) -> None:
    found = watch(account([30_000.0] * 6 + [last]).values(), per_firm=True)
    (alarm,) = found.alarms
    assert alarm.severity == severity and alarm.says["nl"].endswith(says)
    assert found.facts[""].get("financial_trouble", False) is (severity == "red")


def test_days_below_nought_are_about_cash() -> None:
    days = Series("days-below-zero", MONTHS, (0.0,) * 36, bad="up", name="Dagen onder nul")
    assert kind_of(days, "up").id == "cash_low"
