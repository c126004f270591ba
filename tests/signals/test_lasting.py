"""What stands though it is no news: told as long as it is so, and never called well."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from baken.cli.app import app
from baken.signals.largest import with_largest
from baken.signals.lasting import lasting
from baken.signals.read.words import bad_of
from baken.signals.series import Series
from baken.signals.watch import watch
from tests.signals.made import level, months, series

N = 60
WELL = {
    "nl": "We zien niets dat afwijkt", "en": "We see nothing out of the ordinary",
    "fr": "Nous ne voyons rien d'anormal",
}  # fmt: skip


def fell(at: int = 20, to: float = 0.6, back: int = N) -> Series:
    """Sales of five years that fell in a month, and came back in another."""
    factor = [1.0 if m < at or m >= back else to for m in range(N)]
    return series(level(N) * factor)


def told(one: Series, *beside: Series, as_of: date | None = None) -> list[Any]:
    found = watch([one, *beside])
    return lasting([(j.series, j.alarms) for j in found.judged], as_of)


@pytest.mark.parametrize(
    ("what", "one", "id", "since", "size", "says"),
    [
        ("a fall of three years ago", fell(), "sales", "2023-09", -0.4,
         "Verkoop ligt sinds september 2023 ongeveer 41 % lager dan vroeger, en dat bleef zo."),
        ("one that recovered", fell(back=40), None, None, None, None),
        ("healthy sales", fell(to=1.0), None, None, None, None),
        ("a large customer from the first month on",
         series([0.46] * N, "share_largest", "up", kind="share", name="Aandeel"),
         "share_largest", "2022-01", None,
         "Je grootste klant is goed voor 46 % van je verkoop."
         " Dat is al sinds januari 2022 meer dan een derde."),
        ("the same, as a program calls it, in per cent",
         series([46 + m % 2 for m in range(N)], "largest customer share", "both"),
         "largest customer share", "2022-01", None,
         "Je grootste klant is goed voor 47 % van je verkoop."
         " Dat is al sinds januari 2022 meer dan een derde."),
        ("one of a few months, that wanders about a third",
         series([30, 40, 50] * 20, "largest customer share", "both"), None, None, None, None),
        ("a customer of a third no more",
         series([0.46] * 50 + [0.2] * 10, "share_largest", "up", kind="share"),
         None, None, None, None),
        ("cash below nought for two years, without what was spent",
         series([900.0 + m for m in range(36)] + [-1200.0 - m for m in range(24)], "saldo", "both",
                kind="money", unit="EUR", name="saldo"),
         "saldo", "2025-01", None, "saldo is al sinds januari 2025 onder nul, nu -1.223 euro."),
        ("cash below nought from the start",
         series([-5000.0 - m % 3 for m in range(N)], "cash", "down", kind="money", name="kas"),
         "cash", "2022-01", None, "kas is al sinds januari 2022 onder nul, nu -5.002 euro."),
        ("below nought in the last two months only",
         series([100.0] * (N - 2) + [-1.0, -1.0], "winst", "down"), None, None, None, None),
        ("what may be below nought",
         series([-3.0 + m % 2 for m in range(N)], "temperatuur", "both"), None, None, None, None),
    ],
)  # fmt: skip
def test_what_stands(
    what: str, one: Series, id: str | None, since: str | None, size: float | None, says: str | None
) -> None:
    found = told(one)
    if id is None:
        assert found == [], what
        return
    (only,) = [f.as_json() for f in found]
    assert (only["id"], only["since"], only["says"]["nl"]) == (id, since, says)
    if size is None:
        assert only["size_pct"] is None
    else:
        assert only["size_pct"] == pytest.approx(100 * size, abs=3)
    assert only["value"] == one.values[-1]


def test_a_share_by_the_month_is_looked_at_over_a_year() -> None:
    """Of six customers each takes a month: a half of that, a twelfth of the year."""
    sales = series(level(N))
    turns = series([0.2 if m % 6 else 0.9 for m in range(N)], "largest customer share", "both")
    always = series([0.5] * N, "largest customer share", "both")
    assert [f.series.id for f in told(*with_largest([turns, sales]))] == []
    (only,) = told(*with_largest([always, sales]))
    assert only.says["en"].startswith("Your largest customer makes up 50 % of your sales")


@pytest.mark.parametrize(
    ("name", "to", "stays"),
    [("kosten", 1.6, True), ("kosten", 0.6, False), ("saldo", 1.6, False), ("saldo", 0.6, True),
     ("iets", 1.6, False), ("iets", 0.6, True)],
)  # fmt: skip
def test_more_of_what_nobody_called_bad_is_no_burden(name: str, to: float, stays: bool) -> None:
    one = replace(fell(to=to), id=name, name=name, bad=bad_of(name))
    assert bool(told(one)) is stays


def test_an_alarm_that_stands_is_not_told_twice() -> None:
    assert told(fell(at=57, to=0.5)) == []


def test_cash_under_a_month_of_spending_for_years() -> None:
    cash = series([5000.0 + m % 7 for m in range(N)], "cash", "down", kind="money", name="kas")
    out = series([9000.0 + m % 5 for m in range(N)], "money-out", "up", kind="money", unit="EUR")
    (only,) = told(cash, out)
    assert only.says["nl"] == (
        "kas is 5.003 euro. Dat is nog altijd minder dan je in een maand uitgeeft."
    )
    assert only.says["en"] == "kas: 5,003 euros. That is still less than you spend in a month."


def test_vat_follows_from_turnover() -> None:
    one = fell()
    turnover = Series("turnover", one.periods, one.values, "down", "money", name="Omzet")
    vat = Series("vat-on-sales", one.periods, one.values, "down", "money", name="Btw")
    assert [f.series.id for f in told(turnover, vat)] == ["turnover"]


@pytest.mark.parametrize(("years", "stays"), [(9, True), (12, False)])
def test_a_fall_of_more_than_ten_years_ago_is_history(years: int, stays: bool) -> None:
    n = 4 * (3 + years)
    periods = tuple(f"{2010 + at // 4}-Q{at % 4 + 1}" for at in range(n))
    values = level(n) * [1.0 if at < 12 else 0.6 for at in range(n)]
    one = Series("sales", periods, tuple(values), "down", "money", "quarter")
    assert watch([one], look_back=False).judged[0].alarms
    assert bool(told(one)) is stays


def test_figures_that_stopped_are_told_as_of_then() -> None:
    (only,) = told(fell(), as_of=date(2028, 1, 31))
    assert only.says["en"].startswith(
        "Last figure: December 2026. That is how it was then. Sales have been"
    )


@pytest.mark.parametrize("lang", ["nl", "en", "fr"])
def test_the_command_never_says_that_all_is_well_while_something_stands(
    tmp_path: Path, lang: str
) -> None:
    path = tmp_path / "firm.csv"
    rows = [f"omzet,{p},{v}" for p, v in zip(months(N), fell().values, strict=True)]
    rows += [f"klachten,{p},{3 + m % 3}" for m, p in enumerate(months(N))]
    path.write_text("\n".join(["series,period,value", *rows]), encoding="utf-8")
    ask = ["watch", str(path), "--as-of", "2026-12-31", "--no-doors", "--lang", lang]
    shown = CliRunner().invoke(app, ask).output
    answer = json.loads(CliRunner().invoke(app, [*ask, "--json"]).output)
    (only,) = answer["lasting"]
    assert WELL[lang] not in shown
    assert f" ~ {only['says'][lang]}\n   -> {only['check_first'][lang]}" in shown
    states = {w["id"]: w["state"] for w in answer["watched"]}
    assert states == {"omzet": "lasting", "klachten": "quiet"}
    path.write_text("\n".join(["series,period,value", *rows[N:]]), encoding="utf-8")
    assert WELL[lang] in CliRunner().invoke(app, ask).output
