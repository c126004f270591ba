"""What ``watch`` says of series: alarms, when they come and go, causes, and what could be seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from baken.signals.reach import in_words, reach
from baken.signals.series import Series
from baken.signals.watch import PER_SERIES, Watch, watch
from tests.signals.made import level, months, series


def dropped(at: int = 36, share: float = 0.3, count: int = 48) -> Series:
    """Sales that fell by a share in a month and stayed there."""
    values = level(count)
    values[at:] *= 1 - share
    return series(values)


def seen(found: Watch) -> str:
    """What could have been seen of the one series, in Dutch."""
    one = found.judged[0].series
    return in_words(one, reach([one], PER_SERIES)[0])["nl"]


def test_a_drop_is_told_with_month_size_and_chance() -> None:
    (alarm,) = watch([dropped()]).alarms
    assert (alarm.kind, alarm.since, alarm.way) == ("sales", "2025-01", "down")
    assert alarm.detected in months(48)[36:39]
    assert alarm.size == pytest.approx(-0.3, abs=0.05)
    assert alarm.says["nl"].startswith("Verkoop zakt sinds januari 2025, met ongeveer 29 %")
    assert "Van 100 gezonde zaken" in alarm.says["nl"]
    assert {"N12"} <= set(alarm.needs)


def test_every_sentence_has_one_denominator_and_three_languages() -> None:
    (alarm,) = watch([dropped()]).alarms
    for lang, words in (("nl", "Van 100"), ("en", "Out of 100"), ("fr", "Sur 100")):
        assert words in alarm.says[lang]
        assert " op " not in alarm.says[lang].split("100")[1][:12]


def test_an_alarm_clears_within_six_months_and_does_not_come_back() -> None:
    alarms = watch([dropped(at=24, count=60)]).alarms
    assert len(alarms) == 1
    seen, cleared = (months(60).index(x) for x in (alarms[0].detected, alarms[0].cleared or ""))
    assert cleared - seen <= 6


@pytest.mark.parametrize(
    ("name", "values", "bad"),
    [
        ("steady", level(48), "down"),
        ("better than ever", level(48) * np.where(np.arange(48) >= 36, 1.6, 1), "down"),
        ("one giant month", level(48) * np.where(np.arange(48) == 40, 3.0, 1), "down"),
        ("all the same", np.full(48, 100.0), "both"),
        ("nothing", np.zeros(48), "up"),
        ("five values", level(5) * np.array([1, 1, 1, 0.2, 0.2]), "down"),
    ],
)
def test_what_gives_no_alarm(name: str, values: np.ndarray, bad: str) -> None:
    assert watch([series(values, bad=bad)]).alarms == [], name


def test_a_season_is_learnt() -> None:
    """Every July at half: after two summers it is no news, but a July at a tenth is."""
    month = np.arange(48) % 12
    values = level(48, noise=0.03) * np.where(month == 6, 0.5, 1.0)
    assert not [a for a in watch([series(values)]).alarms if a.since >= "2024-01"]
    values[42:] *= 0.5
    assert [a.since for a in watch([series(values)]).alarms][-1:] == ["2025-07"]


def test_rising_complaints_and_what_is_too_rare() -> None:
    quiet = [2, 1, 3, 2, 2, 1, 2, 3, 1, 2, 2, 2] * 3
    found = watch([series([*quiet, 7, 8, 6, 9], id="complaints", bad="up", kind="count")])
    (alarm,) = found.alarms
    assert (alarm.kind, alarm.way) == ("quality", "up")
    rare = watch([series([0, 0, 1, 0, 0, 0, 0, 0] * 5, id="complaints", bad="up", kind="count")])
    assert "te zeldzaam" in seen(rare)


def test_nothing_wrong_tells_what_could_have_been_seen() -> None:
    found = watch([series(level(48))])
    assert "binnen zes maanden zien" in seen(found)
    assert "te weinig" in seen(watch([series(level(4))]))


def test_missing_months_are_no_fall() -> None:
    values: list[float | None] = list(level(48))
    for at in (30, 31, 40):
        values[at] = None
    assert watch([series(values)]).alarms == []


def test_a_customer_who_left_is_the_cause() -> None:
    count = 48
    left = np.where(np.arange(count) >= 38, 0.0, 4_000.0)
    rest = level(count, usual=6_000)
    shop = [
        series(rest + left),
        series(left, id="sales.klant-a"),
        series(rest, id="sales.klant-b"),
        series(np.full(count, 20), id="customers", kind="count"),
        series(np.full(count, 40), id="invoices", kind="count"),
        series((rest + left) / 40, id="average_invoice", kind="mean"),
    ]
    alarm = next(a for a in watch(shop, per_firm=True).alarms if a.series == "Verkoop")
    assert alarm.cause == "customer_gone"
    assert "één klant" in alarm.says["nl"]


def test_a_customer_who_is_back_to_usual_after_one_giant_order_did_not_leave() -> None:
    count = 48
    rest, usual = level(count, usual=6_000), level(count, usual=3_000, noise=0.1, seed=4)
    for after, alarms in ((usual, 0), (np.zeros(count), 1)):
        bought = np.where(np.arange(count) < 42, usual, after)
        bought[40:42] = 25_000, usual[41]
        shop = [series(rest + bought), series(bought, id="sales.klant-a", name="Verkoop aan A")]
        found = watch(shop, per_firm=True).alarms
        assert len([a for a in found if a.id == "sales.klant-a"]) == alarms


def test_what_moves_together_is_told_together() -> None:
    second = replace(dropped(), id="customers", name="Klanten")
    told = watch([dropped(), second]).alarms
    assert max(len(a.moved_with) for a in told) == 1


def test_one_customer_over_a_third_and_cash_below_a_month() -> None:
    share = series([0.28] * 20 + [0.36] * 4, id="share_largest", bad="up", kind="share")
    cash = series([9_000] * 20 + [2_000] * 4, id="cash")
    out = series([3_000] * 24, id="money-out", bad="up")
    kinds = {a.kind: a for a in watch([share, cash, out], per_firm=True).alarms}
    assert {"concentration", "cash_low"} <= set(kinds)
    assert kinds["cash_low"].since == months(24)[20]


def test_the_firms_setting_is_stricter_than_the_series() -> None:
    rng = np.random.default_rng(5)
    firm = [series(level(60, noise=0.1, seed=s), id=f"s{s}") for s in range(12)]
    firm[0] = series(level(60, noise=0.1) * np.where(np.arange(60) >= 50, 0.87, 1), id="s0")
    each = watch(firm, false_alarms=0.5).alarms
    whole = watch(firm, false_alarms=0.2, per_firm=True).alarms
    assert len(whole) <= len(each)
    assert rng is not None


def test_firms_are_judged_apart_and_facts_are_theirs() -> None:
    firms = [replace(dropped(), firm="a"), series(level(48), firm="b")]
    found = watch(firms)
    assert {a.firm for a in found.alarms} == {"a"}
    assert set(found.facts) == {"a", "b"}


def test_arrears_are_red_by_themselves() -> None:
    light = {"kind": "overdue-tax", "firm": "x", "code": "9072", "at": "2025", "amount": 5000.0,
             "before": None, "unit": "EUR"}  # fmt: skip
    found = watch([], lights=[light])
    (alarm,) = found.alarms
    assert (alarm.severity, alarm.needs) == ("red", ("N14",))
    assert found.facts["x"] == {"tax_debt_overdue": True}


def test_the_answer_has_the_shape_that_programs_expect() -> None:
    answer = watch([dropped()]).as_json()
    assert set(answer) == {"series", "alarms", "rejected", "notes", "facts"}
    (one,) = answer["series"]
    assert {"firm", "name", "unit", "bad", "n", "from", "to", "changes", "alarms"} <= set(one)
    (change,) = one["changes"]
    assert (change["index"], change["at"], change["kind"]) == (36, "2025-01", "level")
    assert 0 <= change["confidence"] <= 1
    (alarm,) = answer["alarms"]
    assert {"kind", "since", "since_interval", "detected_at", "cleared_at", "severity", "size_pct",
            "chance_rate", "says", "evidence", "check_first", "needs", "firm",
            "series"} <= set(alarm)  # fmt: skip


@pytest.mark.parametrize(
    ("was", "now", "share"),
    [(100.0, 150.0, 50.0), (100.0, 40.0, -60.0), (-100.0, -150.0, -50.0), (-60.0, 80.0, None),
     (0.0, 80.0, None), (1.0, 80.0, None), (80.0, 0.0, -100.0)],
)  # fmt: skip
def test_a_change_has_a_percentage_where_that_means_something(
    was: float, now: float, share: float | None
) -> None:
    found = watch([series(np.repeat([was, now], 24))]).judged[0].changes
    assert [(c["index"], c["size_pct"]) for c in found] == [(24, share)]


def test_the_past_is_not_rewritten() -> None:
    """What was told by a month is told the same when later months come."""
    rng = np.random.default_rng(8)
    values = (
        level(60, noise=0.08) * np.where(np.arange(60) >= 40, 0.8, 1) * rng.uniform(0.97, 1.03, 60)
    )
    whole = watch([series(values)]).alarms
    for until in range(20, 60, 4):
        early = watch([series(values[:until])]).alarms
        told = {(a.since, a.detected) for a in whole if months(60).index(a.detected) < until}
        assert {(a.since, a.detected) for a in early} == told


def test_an_article_that_grows_dearer_is_told() -> None:
    price = [1.0] * 20 + [1.0, 1.16, 1.16, 1.16]
    found = watch([series(price, id="price.leverancier-a.artikel-a", bad="up", name="Bloem")])
    (alarm,) = found.alarms
    assert (alarm.kind, alarm.since, alarm.detected) == ("costs", months(24)[21], months(24)[22])
    once = watch([series([*[1.0] * 21, 1.3, 1.0], id="price.leverancier-a.artikel-a", bad="up")])
    assert once.alarms == []


def test_a_series_that_people_named_is_never_judged_by_a_limit() -> None:
    """``sales.north`` of a program's table is tested like any other."""
    assert watch([replace(dropped(), id="sales.north")]).alarms
    assert watch([replace(dropped(), id="cash")]).alarms


def test_series_of_the_ledger_are_named_in_each_language() -> None:
    found = watch(
        [replace(dropped(), name="Verkoop"), replace(dropped(), firm="x", name="Mijn omzet")]
    )
    says = {a.firm: a.says for a in found.alarms}
    assert says[""]["en"].startswith("Sales have been down")
    assert says[""]["fr"].startswith("Ventes")
    assert says["x"]["en"].startswith("Mijn omzet")


def test_a_fall_of_a_series_without_a_bad_way_is_told_as_a_fall() -> None:
    both = replace(dropped(), bad="both")
    assert [a.way for a in watch([both]).alarms] == ["down"]


def test_negative_equity_rings_the_bell() -> None:
    equity = Series(
        "equity",
        ("2024", "2025"),
        (-5_000.0, -20_000.0),
        "down",
        "money",
        "year",
        name="Eigen vermogen",
    )
    (alarm,) = watch([equity]).alarms
    assert (alarm.kind, alarm.severity, alarm.since) == ("bell", "red", "2025")


def test_weeks_give_no_more_false_alarms_a_year_than_months() -> None:
    rng = np.random.default_rng(1)
    weeks = tuple(f"{2021 + i // 52}-W{i % 52 + 1:02d}" for i in range(156))
    firm = [
        Series(
            f"s{k}",
            weeks,
            tuple(1_000 * np.exp(0.1 * rng.standard_normal(156))),
            "down",
            "money",
            "week",
        )
        for k in range(20)
    ]
    assert len(watch(firm, look_back=False).alarms) <= 10


@pytest.mark.parametrize(
    ("name", "nl", "en"),
    [
        ("Omzet", "Omzet zakt", "Omzet has"),
        ("aantal klanten", "klanten zakt", "klanten has"),
        ("Kosten", "Kosten zakken", "Kosten have"),
        ("Aandeel van de klanten", "klanten zakt", "klanten has"),
        ("Klanten met korting", "korting zakken", "korting have"),
        ("active_customers", "customers zakken", "customers have"),
        ("eigen vermogen", "vermogen zakt", "vermogen has"),
    ],
)
def test_the_verb_goes_with_the_name(name: str, nl: str, en: str) -> None:
    (alarm,) = watch([replace(dropped(), id="x", name=name)]).alarms
    assert nl in alarm.says["nl"] and en in alarm.says["en"]


def test_figures_that_stopped_long_ago_are_told_of_in_the_past() -> None:
    """Those of `dropped` end in December 2025."""
    now, then = (watch([dropped()], as_of=date(2026, m, 28)).alarms[0].says for m in (2, 8))
    assert now["nl"].startswith("Verkoop zakt sinds")
    assert then["nl"].startswith("Laatste cijfer: december 2025. Dit was toen zo. Verkoop zakte")
    assert "Sales had been down" in then["en"]


def test_arrears_of_two_years_are_told_once_by_the_newest() -> None:
    light = {"kind": "overdue-tax", "firm": "x", "code": "9072", "at": "2024", "amount": 5000.0,
             "before": None, "unit": "EUR"}  # fmt: skip
    found = watch([], lights=[light, {**light, "at": "2025", "amount": 7000.0}])
    (alarm,) = found.alarms
    assert alarm.since == "2025" and "7.000 euro" in alarm.says["nl"]
    assert len(watch([], lights=[light, {**light, "kind": "overdue-social-security"}]).alarms) == 2


def test_a_rise_to_many_times_as_much_has_no_percentage_in_words() -> None:
    values = [1.0, 0.0, 1.0, 1.0, 0.0, 1.0] * 6 + [30.0, 28.0, 33.0]
    complaints = Series("klachten", months(39), tuple(values), "up", "count")
    told = [a.says["nl"] for a in watch([complaints]).alarms]
    assert told
    assert not any("%" in says.split(". ")[0] for says in told)
