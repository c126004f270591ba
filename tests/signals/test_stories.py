"""Alarms that began together are one story, told by the one that says most."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from baken.signals.series import Series
from baken.signals.stories import Item, is_red, news, parts, question, stories, years
from baken.signals.watch import watch

MONTHS = tuple(f"{2023 + m // 12}-{m % 12 + 1:02d}" for m in range(36))


def series(id: str, usual: float, times: float, at: int = 31, **more: Any) -> Series:
    """Three years at a level, with little noise, that is so many times it from a month on."""
    values = tuple(
        round(usual * (1 + 0.02 * (m * 7 % 5 - 2)) * (times if m >= at else 1), 2)
        for m in range(36)
    )
    return Series(id, MONTHS, values, **{"bad": "down", "kind": "money", "name": id} | more)


def one(found: Series, **more: Any) -> Series:
    """The same with other fields."""
    return replace(found, **more)


LEAVES = (
    series("sales", 20_000, 0.6, name="Verkoop", unit="EUR"),
    series("invoices", 200, 0.6, name="Aantal facturen", kind="count"),
    series("customers", 100, 0.6, name="Actieve klanten", kind="count"),
)
"""A customer leaves: three series of a firm fall at once."""


def test_what_fell_together_is_one_story_told_by_sales() -> None:
    found = watch(LEAVES, per_firm=True, false_alarms=0.2)
    items = [i for i in news(found) if i.alarm.cleared is None]
    (story,) = stories(items)
    assert story[0].alarm.id == "sales"
    assert {i.alarm.id for i in story} == {"sales", "invoices", "customers"}


@pytest.mark.parametrize(
    ("what", "count"),
    [
        ("another firm", 2),
        ("half a year before", 2),
        ("two months before", 1),
        ("rows that are only counted", 2),
    ],
)
def test_what_is_told_apart(what: str, count: int) -> None:
    first = series("sales", 100, 0.5)
    second = series("customers", 100, 0.5, at={"half a year before": 25,
                    "two months before": 29}.get(what, 31))  # fmt: skip
    if what == "another firm":
        second = one(second, firm="b")
    if what == "rows that are only counted":
        second = one(second, frequency="position", periods=tuple(map(str, range(36))))
    found = watch([first, second])
    last = {a.id: a for a in reversed(found.alarms)}
    items = [Item(last[s.id], s) for s in (first, second)]
    assert len(stories(items)) == count


def test_red_comes_first_then_the_newest() -> None:
    found = watch([series("a", 100, 0.4, at=24), series("b", 100, 0.9, at=31)])
    items = [Item(a, j.series) for j in found.judged for a in j.alarms[:1]]
    told = stories(items)
    assert [is_red(s) for s in told] == sorted((is_red(s) for s in told), reverse=True)
    calm = [Item(replace(i.alarm, severity="amber"), i.series) for i in items]
    assert [s[0].alarm.id for s in stories(calm)] == ["b", "a"]


def test_vat_that_follows_from_turnover_is_no_news() -> None:
    vat = series("vat-on-sales", 4_000, 0.6)
    alone, beside = (news(watch(s)) for s in ([vat], [vat, series("turnover", 20_000, 0.6)]))
    assert [i.alarm.id for i in alone] == ["vat-on-sales"]
    assert [i.alarm.id for i in beside] == ["turnover"]


def test_an_alarm_in_three_parts() -> None:
    (alarm,) = watch([series("sales", 100, 0.6, name="Verkoop")]).alarms
    what, odds, why = parts(alarm, "nl")
    assert what.startswith("Verkoop zakt") and odds.startswith("Van 100") and not why
    what, odds, why = parts(watch(cash()).alarms[0], "nl")
    assert odds == "" and "in een maand uitgeeft" in what


def cash() -> list[Series]:
    """An account with less on it than goes out in a month, from a month on."""
    out = series("money-out", 10_000, 1)
    return [series("cash", 20_000, 0.45, name="Saldo"), out]


def test_the_question_of_a_story_follows_its_cause() -> None:
    (alarm,) = watch([series("sales", 100, 0.6)]).alarms
    gone = replace(alarm, cause="customer_gone")
    assert question([Item(alarm)]) != question([Item(gone)])
    assert question([Item(gone)])["nl"].startswith("Mijn grootste klant")


@pytest.mark.parametrize(
    ("period", "when"),
    [("2026-07", 2026.5), ("2026-Q3", 2026.5), ("2026", 2026.0), ("17", None), ("2026-W27", 2026.5),
     ("2026-07-01", 2026.5)],
)  # fmt: skip
def test_years(period: str, when: float | None) -> None:
    assert years(period) == (when if when is None else pytest.approx(when, abs=0.01))
