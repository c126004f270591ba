"""What the largest customer bought, where a table tells only what share of sales that is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baken.signals.alarms import Alarm
from baken.signals.intake import take
from baken.signals.largest import KNOWN, bought, with_largest
from baken.signals.series import Series
from baken.signals.watch import Watch, watch
from baken.signals.watched import watched
from tests.signals.made import months, series

N, AT = 42, 32
LATE = np.arange(N) >= AT
NAMES = ("omzet", "aandeel grootste klant")


def firm(seed: int, gone: bool = False, all_: float = 1.0) -> np.ndarray:
    """(n, 30) What each customer buys in each month, a few orders; the first buys a quarter."""
    rng = np.random.default_rng(seed)
    pace = np.array([8.0, *np.full(29, 3.0)])
    orders = rng.poisson(np.where(LATE, all_, 1.0)[:, None] * pace)
    worth = np.array([350.0, *np.linspace(60, 140, 29)])
    money = rng.gamma(np.maximum(6 * orders, 1e-9)) / 6 * worth
    money[:, 0] *= ~LATE if gone else 1
    return np.asarray(money)


def of_month(money: np.ndarray) -> np.ndarray:
    return np.asarray(money.max(axis=1) / money.sum(axis=1))


def of_year(money: np.ndarray) -> np.ndarray:
    sums = np.array([money[max(0, i - 11) : i + 1].sum(axis=0) for i in range(len(money))])
    return np.asarray(sums.max(axis=1) / sums.sum(axis=1))


def table(money: np.ndarray, shares: np.ndarray) -> list[Series]:
    return with_largest([
        series(money.sum(axis=1), NAMES[0], name=NAMES[0], kind="money"),
        series(shares, NAMES[1], "up", name=NAMES[1]),
    ])  # fmt: skip


def told(answer: Watch, id: str = "sales.largest") -> list[Alarm]:
    return [a for a in answer.alarms if a.id == id]


@pytest.mark.parametrize("scale", [1, 100])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_share_of_the_year_gives_back_what_was_bought_in_each_month(
    seed: int, scale: int
) -> None:
    money = firm(seed)
    found = bought(money.sum(axis=1).tolist(), (scale * of_year(money)).tolist(), 12)
    assert found == pytest.approx(money[:, 0].tolist(), abs=1e-6)


def test_of_the_months_before_the_first_share_only_the_sum_is_known() -> None:
    money = firm(1)
    shares: list[float | None] = [*[None] * 11, *of_year(money)[11:]]
    found = bought(money.sum(axis=1).tolist(), shares, 12)
    assert found is not None
    assert found[:11] == [None] * 11
    whole = sum(v or 0.0 for v in found[20:])
    assert whole == pytest.approx(money[20:, 0].sum(), rel=0.1)


def test_a_share_of_the_month_times_sales_is_what_was_bought() -> None:
    money = firm(2)
    found = bought(money.sum(axis=1).tolist(), of_month(money).tolist(), 12)
    assert found == pytest.approx(money.max(axis=1).tolist())


NOTHING: dict[str, tuple[list[float], list[float | None]]] = {
    "too few": ([100.0] * 17, [0.3] * 17),
    "no share": ([100.0] * 30, [None] * 30),
    "below nought": ([100.0] * 30, [-0.1, *[0.3] * 29]),
    "over a hundred": ([100.0] * 30, [130.0, *[30.0] * 29]),
}


@pytest.mark.parametrize("name", NOTHING)
def test_what_can_be_no_share_tells_nothing(name: str) -> None:
    assert bought(*NOTHING[name], 12) is None


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.booleans(), st.integers(KNOWN, N))
def test_what_was_told_of_a_month_does_not_change_when_more_is_known(
    seed: int, yearly: bool, end: int
) -> None:
    money = firm(seed, gone=True)
    shares = of_year(money) if yearly else of_month(money)
    sales = money.sum(axis=1).tolist()
    whole = bought(sales, shares.tolist(), 12)
    cut = bought(sales[:end], shares[:end].tolist(), 12)
    assert whole is not None
    assert cut is not None
    assert cut[KNOWN:] == whole[KNOWN:end]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.none() | st.floats(-1e6, 1e6), min_size=30, max_size=30),
    st.lists(st.none() | st.floats(-5, 105), min_size=30, max_size=30),
)
def test_it_is_never_below_nought_nor_above_all_sales(
    sales: list[float | None], shares: list[float | None]
) -> None:
    for value, whole in zip(bought(sales, shares, 12) or [], sales, strict=False):
        assert value is None or (whole is not None and 0 <= value <= max(whole, 0))


@pytest.mark.parametrize(("of", "within"), [(of_year, 1), (of_month, 6)])
@pytest.mark.parametrize("per_firm", [False, True])
def test_that_he_left_is_told_soon(of, within: int, per_firm: bool) -> None:  # type: ignore[no-untyped-def]
    money = firm(3, gone=True)
    (found,) = told(watch(table(money, of(money)), per_firm=per_firm))
    row = months(N).index
    assert found.cause == "customer_gone"
    assert row(found.detected) - AT <= within
    assert abs(row(found.since) - AT) <= 2
    assert found.says["nl"].startswith("Verkoop aan de grootste klant zakt sinds")


@pytest.mark.parametrize("of", [of_year, of_month])
def test_where_all_buy_less_or_nothing_happened_nobody_left(of) -> None:  # type: ignore[no-untyped-def]
    for all_ in (1.0, 0.5):
        moneys = [firm(seed, all_=all_) for seed in range(8)]
        wrong = [m for m in moneys if told(watch(table(m, of(m)), per_firm=True))]
        assert len(wrong) <= (0 if all_ == 1 else 1)


def test_a_share_of_the_year_is_told_of_over_a_third_and_not_by_how_it_wanders() -> None:
    for seed in range(6):
        money = firm(seed)
        assert not told(watch(table(money, of_year(money))), NAMES[1])
    money = firm(0)
    money[24:, 0] *= 4
    (found,) = told(watch(table(money, 100 * of_year(money))), NAMES[1])
    assert "Dat is meer dan een derde" in found.says["nl"]
    assert (found.kind, found.since > months(N)[24]) == ("concentration", True)


def test_a_quiet_share_is_among_what_was_watched_by_its_limit() -> None:
    money = firm(0)
    judged = watch(table(money, of_year(money)), per_firm=True).judged
    (share,) = (w for w in watched(judged, (), 0.2, per_firm=True) if w.series.name == NAMES[1])
    assert share.by == "limit"
    assert share.says["nl"] == f"{NAMES[1]}: meer dan een derde zouden we meteen zien."


def test_it_is_made_only_where_single_customers_are_not_given() -> None:
    money = firm(0)
    sales, share, largest = table(money, of_year(money))
    assert (largest.id, largest.unit, largest.periods) == ("sales.largest", sales.unit, months(N))
    one = replace(sales, id="klant a", name="klant A")
    other = replace(share, firm="0123")
    assert with_largest([sales, share, one]) == [sales, share, one]
    assert with_largest([sales, other]) == [sales, other]


def test_a_file_gives_it(tmp_path: Path) -> None:
    money = firm(0)
    rows = [
        f"{p};{s:.2f};{100 * h:.1f}".replace(".", ",")
        for p, s, h in zip(months(N), money.sum(axis=1), of_year(money), strict=True)
    ]
    text = "\n".join([f"maand;{NAMES[0]};{NAMES[1]}", *rows])
    (tmp_path / "cijfers.csv").write_text(text, encoding="utf-8")
    made = take([tmp_path], date(2026, 6, 30)).files.series
    assert [s.id for s in made] == ["omzet", "aandeel-grootste-klant", "sales.largest"]
    assert sum(v or 0.0 for v in made[2].values) == pytest.approx(money[:, 0].sum(), rel=0.03)


@pytest.mark.parametrize("rows", [{15}, {20, 26}, {24, 25}])
def test_a_month_that_is_missing_does_not_throw_it_off(rows: set[int]) -> None:
    money = firm(1)
    kept = [i for i in range(N) if i not in rows]
    made = [
        replace(s, periods=tuple(s.periods[i] for i in kept),
                values=tuple(s.values[i] for i in kept))
        for s in table(money, of_year(money))[:2]
    ]  # fmt: skip
    largest = with_largest(made)[2]
    assert largest.periods == made[0].periods
    near = [v for i, v in zip(kept, largest.values, strict=True) if i - 12 not in rows]
    true = [money[i, 0] for i in kept if i - 12 not in rows]
    assert np.corrcoef([v or 0.0 for v in near], true)[0, 1] > 0.9
