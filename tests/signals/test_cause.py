"""Why a figure moved: a firm for each cause, told by the ledger's series or by a plain table."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baken.signals.cause import away_cause, cause_for, cause_of, cost_cause, explained, spread_cause
from baken.signals.parts import pace, seen
from baken.signals.roles import role_of_name
from baken.signals.series import Series
from tests.signals.made import months

COUNT, AT = 36, 30
"""Months, and the one in which it began: July 2024."""
PERIODS = months(COUNT)
LATE = np.arange(COUNT) >= AT


def wobble(seed: int, share: float = 0.02) -> np.ndarray:
    return np.exp(share * np.random.default_rng(seed).standard_normal(COUNT))


def cut(share: float, where: np.ndarray = LATE) -> np.ndarray:
    return np.where(where, 1 - share, 1.0)


def firm(**moves: np.ndarray) -> dict[str, Series]:
    """Twenty customers, 40 orders of 250 euro a month; ``moves`` multiplies a series."""
    customers = 20 * moves.get("customers", 1) * wobble(1)
    invoices = 40 * moves.get("invoices", 1) * wobble(2)
    average = 250 * moves.get("average_invoice", 1) * wobble(3)
    values = {
        "sales": invoices * average,
        "invoices": invoices,
        "average_invoice": average,
        "customers": customers,
        **{k: v for k, v in moves.items() if k not in ("customers", "invoices", "average_invoice")},
    }
    return {k: Series(k, PERIODS, tuple(map(float, v))) for k, v in values.items()}


def cause(series: dict[str, Series], since: int = AT, until: int = COUNT - 1) -> str | None:
    return cause_of(PERIODS[since], PERIODS[until], series)


CASES = {
    "fewer_customers": firm(customers=cut(0.4), invoices=cut(0.4)),
    "fewer_orders": firm(customers=cut(0.1), invoices=cut(0.4)),
    "smaller_orders": firm(average_invoice=cut(0.3)),
    "price": firm(average_invoice=cut(0.3), price=cut(0.3) * wobble(4, 0.005)),
    "mix": firm(
        average_invoice=cut(0.3),
        **{"sold.price": wobble(4, 0.005), "sold.unit": 10 * cut(0.3) * wobble(5)},
    ),
    "data_gap": firm(
        customers=cut(0.9, np.arange(COUNT) >= COUNT - 2),
        invoices=cut(0.95, np.arange(COUNT) >= COUNT - 2),
    ),
    "customer_gone": firm(
        invoices=cut(0.15), average_invoice=cut(0.15), **{"sales.klant-a": 3000 * cut(1.0)}
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_each_cause_is_named(name: str) -> None:
    assert cause(CASES[name]) == name


NAMES = {
    "nl": ("Omzet (EUR)", "Aantal facturen", "Gemiddelde factuur", "Actieve klanten"),
    "en": ("sales", "orders", "average order value", "active customers"),
    "fr": ("chiffre d'affaires", "commandes", "panier moyen", "clients actifs"),
}


@pytest.mark.parametrize("lang", NAMES)
@pytest.mark.parametrize("name", ["fewer_customers", "fewer_orders", "smaller_orders", "data_gap"])
def test_causes_are_named_whatever_the_table_calls_its_series(name: str, lang: str) -> None:
    ids = dict(zip(("sales", "invoices", "average_invoice", "customers"), NAMES[lang], strict=True))
    renamed = {
        ids[k]: Series(ids[k], one.periods, one.values, name=ids[k])
        for k, one in CASES[name].items()
    }
    assert cause(renamed) == name


def test_what_the_figures_do_not_tell_has_no_cause() -> None:
    sales = firm(invoices=cut(0.4))["sales"]
    assert cause({"sales": sales}) is None
    assert cause({}) is None
    assert cause(firm()) is None, "nothing fell"
    notes = firm(sales=10_000 * cut(0.4))
    assert cause(notes) is None, "the parts did not move: credit notes or another reason"


def test_the_share_of_the_largest_tells_that_it_left_where_single_customers_are_not_given() -> None:
    left = np.where(LATE, np.arange(COUNT) - AT + 1, 0)
    share = 0.3 * (12 - left) / (12 - 0.3 * left)
    gone = firm(invoices=cut(0.1), average_invoice=cut(0.22), **{"share_largest": share})
    stays = firm(invoices=cut(0.1), average_invoice=cut(0.22), share_largest=0.3 * wobble(9, 0.01))
    assert (cause(gone), cause(stays)) == ("customer_gone", "smaller_orders")


@pytest.mark.parametrize("months_since", [2, 4, 6])
@pytest.mark.parametrize(
    ("now", "told"), [(0.16, "customer_gone"), (0.27, "smaller_orders"), (0.33, "smaller_orders")]
)
def test_a_share_of_the_month_falls_at_once_to_that_of_the_next(
    months_since: int, now: float, told: str
) -> None:
    """Shares of the month go up and down; where every order is smaller they stay where they were,
    and where others left they rise."""
    share = np.where(LATE, now, 0.27) * wobble(9, 0.3)
    table = firm(invoices=cut(0.1), average_invoice=cut(0.22), share_largest=share)
    assert cause(table, until=AT + months_since - 1) == told


def test_one_giant_month_of_last_year_is_no_fall() -> None:
    giant = np.where(np.arange(COUNT) == AT - 4, 8.0, 1.0)
    assert cause(firm(average_invoice=giant)) == "one_off"


def test_days_that_the_firm_was_not_open() -> None:
    days = 20 * cut(0.35)
    assert cause(firm(invoices=cut(0.35), customers=cut(0.3), werkdagen=days)) == "calendar"
    shut = np.arange(COUNT) == COUNT - 1
    last = firm(invoices=cut(0.5, shut), customers=cut(0.3, shut), werkdagen=20 * cut(0.5, shut))
    assert cause(last) == "calendar", "the last month alone"
    fell = firm(invoices=cut(0.35), customers=cut(0.1), werkdagen=20 * wobble(6, 0.01))
    assert cause(fell) == "fewer_orders"


def test_a_leave_that_moved_from_july_to_august() -> None:
    number = np.arange(COUNT) % 12
    leave = np.where(np.arange(COUNT) < 24, number == 6, number == 7)
    moved = firm(invoices=cut(0.5, leave), customers=cut(0.3, leave))
    august = 24 + 7
    assert cause(moved, august, august) == "calendar"
    both = firm(invoices=cut(0.5, leave | (np.arange(COUNT) >= august - 1)))
    assert cause(both, august, august) != "calendar"


def test_swings_by_one_giant_or_by_a_leave_that_moved() -> None:
    number = np.arange(COUNT)
    giant = firm(average_invoice=np.where(number == AT, 4.0, 1.0))
    assert spread(giant, AT, AT + 3) == "one_off"
    leave = np.where(number < 24, number % 12 == 6, number % 12 == 7)
    moved = firm(invoices=cut(0.6, leave), customers=cut(0.5, leave))
    assert spread(moved, AT, AT + 3) == "calendar"
    assert spread(firm(invoices=wobble(12, 0.2)), AT, AT + 3) is None, "plain swings"


def spread(series: dict[str, Series], since: int, until: int) -> str | None:
    assert explained(series["sales"], "wider") == "spread"
    return spread_cause(PERIODS[since], PERIODS[until], series["sales"], series)


def test_a_giant_order_is_told_before_the_calendar_and_is_no_customer_who_left() -> None:
    giant = np.where(np.arange(COUNT) == AT - 1, 5.0, 1.0)
    assert cause(firm(average_invoice=giant), AT, AT + 1) == "one_off"
    bought = Series("sales.klant-a", PERIODS, tuple(1000 * giant * cut(0.9)), kind="money")
    made = {**firm(), bought.id: bought}
    assert away_cause(PERIODS[AT], PERIODS[AT + 1], bought, made) == "one_off"
    assert away_cause(PERIODS[AT], PERIODS[AT + 4], bought, made) == "customer_gone"


@pytest.mark.parametrize(
    ("made", "of", "told"),
    [
        (CASES["smaller_orders"], "sales", "smaller_orders"),
        (CASES["smaller_orders"], "average_invoice", "smaller_orders"),
        (CASES["smaller_orders"], "invoices", None),
        (CASES["price"], "customers", None),
        (CASES["fewer_orders"], "average_invoice", None),
        (firm(invoices=cut(0.35), customers=cut(0.3), werkdagen=20 * cut(0.35)), "customers",
         "calendar"),
        (firm(invoices=cut(0.35), werkdagen=20 * cut(0.35)), "average_invoice", None),
    ],
)  # fmt: skip
def test_a_cause_is_possible_for_the_series_it_is_told_with(
    made: dict[str, Series], of: str, told: str | None
) -> None:
    assert cause_for(PERIODS[AT], PERIODS[-1], made[of], made) == told


@pytest.mark.parametrize(
    ("dearer", "quantity", "told"),
    [(0.25, 400.0, "price"), (0.25, 20.0, None), (0.0, 400.0, None), (0.25, None, None)],
)
def test_one_article_that_costs_more_may_make_purchases_dearer(
    dearer: float, quantity: float | None, told: str | None
) -> None:
    """Of five articles one costs a quarter more: 400 of it at 10 euro, or 20."""
    price = 10 * (1 + dearer * LATE)
    bought = Series("purchases", PERIODS, tuple(6_000 + 1_000 * LATE))
    costs = {n: tuple(price if n == "a" else np.full(COUNT, 10.0)) for n in "abcde"}
    weights = () if quantity is None else (quantity,) * COUNT
    articles = [
        Series(f"price.leverancier-{n}", PERIODS, values, weights=weights)
        for n, values in costs.items()
    ]
    made = {s.id: s for s in (bought, *articles)}
    assert cost_cause(PERIODS[AT], PERIODS[-1], bought, made) == told


def test_days_explain_a_customer_who_stays_away_only_where_all_sales_fell_with_his() -> None:
    days = 20 * cut(0.35)
    shut = firm(invoices=cut(0.35), customers=cut(0.3), werkdagen=days)
    bought = Series("sales.klant-a", PERIODS, tuple(1000 * cut(0.5)), kind="money")
    gone = replace(bought, values=tuple(1000 * cut(1.0)))
    ends = PERIODS[AT], PERIODS[-1]
    assert away_cause(*ends, bought, {**shut, bought.id: bought}) == "calendar"
    assert away_cause(*ends, gone, {**shut, gone.id: gone}) == "customer_gone"


def test_purchases_that_stay_tell_prices_from_quantities() -> None:
    """Sales per order fall by 30 %. Purchases that went with sales follow, or do not."""
    sales = firm()["sales"].values
    went = 0.4 * np.array(sales) * wobble(10, 0.005)
    assert cause(firm(average_invoice=cut(0.3), aankopen=went)) == "price"
    assert cause(firm(average_invoice=cut(0.3), aankopen=went * cut(0.3))) == "smaller_orders"
    loose = 4000 * wobble(11, 0.05)
    assert cause(firm(average_invoice=cut(0.3), aankopen=loose)) == "smaller_orders"


def test_dearer_purchases() -> None:
    dear = {
        "purchases": Series("purchases", PERIODS, tuple(4000 / cut(0.2) * wobble(7))),
        "price.a.b": Series("price.a.b", PERIODS, tuple(2 / cut(0.2) * wobble(8, 0.01))),
    }
    ends = (PERIODS[AT], PERIODS[-1], dear["purchases"])
    assert cost_cause(*ends, dear) == "price"
    assert cost_cause(*ends, {"purchases": dear["purchases"]}) is None


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("Omzet", "sales"), ("CA", "sales"), ("nombre de factures", "invoices"),
        ("gemiddelde bestelling", "average_invoice"), ("nouveaux clients", "customers_new"),
        ("aandeel grootste klant", "share_largest"), ("part des notes de crédit", "credit_share"),
        ("prix d'achat", "supply_price"), ("prix unitaire", "price"), ("klant B", "customer"),
        ("aantal stuks", "units"), ("jours ouvrés", "open_days"), ("omzet horeca", None),
        ("dagen tot betaling", None), ("klachten", None), ("sales per customer", None),
    ],
)  # fmt: skip
def test_roles(name: str, role: str | None) -> None:
    assert role_of_name(name) == role


@given(st.floats(0.01, 30))
def test_a_pace_is_found_back_from_what_is_seen_of_it(usual: float) -> None:
    assert pace(usual / seen(usual)) == pytest.approx(usual, rel=0.02, abs=0.01)


@settings(max_examples=40, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["sales", "invoices", "average_invoice", "customers", "share_largest",
                         "sales.klant-a", "units", "price", "sold.unit", "werkdagen", "purchases"]),
        st.lists(st.none() | st.floats(-1e9, 1e9), min_size=COUNT, max_size=COUNT),
    ),
    st.integers(0, COUNT - 1), st.integers(0, COUNT - 1),
)  # fmt: skip
def test_no_figures_break_it(values: dict[str, list[float | None]], one: int, other: int) -> None:
    series = {k: Series(k, PERIODS, tuple(v)) for k, v in values.items()}
    found = cause(series, min(one, other), max(one, other))
    assert found is None or found in {*CASES, "one_off", "calendar"}


@pytest.mark.parametrize(
    ("name", "average", "told"),
    [
        ("the others buy as they did", 1 - 0.7 / 0.9, "customer_gone"),
        ("they buy a little less", 1 - 0.62 / 0.9, "customer_gone"),
        ("they buy a third less: one customer is too small for the fall", 1 - 0.47 / 0.9,
         "smaller_orders"),
    ],
)  # fmt: skip
def test_a_customer_who_leaves_is_no_cause_of_what_the_others_buy_less(
    name: str, average: float, told: str
) -> None:
    """The customer was three tenths of sales."""
    left = {"sales.klant-a": 3000 * cut(1.0)}
    made = firm(invoices=cut(0.1), average_invoice=cut(average), **left)
    assert cause(made) == told, name
