"""How much a measure gives: a figure never without for whom it is, never one that does not hold."""

from __future__ import annotations

from datetime import date

import pytest

from baken.kernel.values import Choices, Value
from baken.landscape.catalogue import load_catalogue
from baken.landscape.model import Offer
from baken.match.amount import amount_of
from baken.match.model import Amount

TODAY = date(2026, 11, 26)
SPECIAL = "opleiding over cyberveiligheid of energie"
BOTH = Choices(frozenset({"medium", "large"}))
TRAINING, DEDUCTION = "kmo-portefeuille-opleiding", "investeringsaftrek-thematisch"
BELGIAN = "kleine vennootschap volgens het Belgische recht, of eenmanszaak"
MICRO = "microvennootschap volgens het Belgische recht"
"""Small and micro companies of Belgian law are others than those of the European definition."""
RATES: list[tuple[str, Value, list[tuple[float, str]]]] = [
    (TRAINING, "micro", [(30, ""), (45, SPECIAL)]),
    (TRAINING, "medium", [(20, ""), (35, SPECIAL)]),
    (TRAINING, BOTH, [(20, ""), (35, SPECIAL)]),
    (TRAINING, "large", []),
    (TRAINING, None, [(30, "micro of klein"), (20, "middelgroot"),
                      (45, f"{SPECIAL}; micro of klein"), (35, f"{SPECIAL}; middelgroot")]),
    ("kmo-portefeuille-advies", "small", [(45, "cyberveiligheid")]),
    ("ontwikkelingsproject", "small", [(45, "")]),
    ("ontwikkelingsproject", None, [(45, "micro of klein"), (35, "middelgroot"), (25, "groot")]),
    ("onderzoeksproject", "medium", [(60, "onderzoek"), (35, "ontwikkeling")]),
    (DEDUCTION, "small", [(30, ""), (40, BELGIAN)]),
    (DEDUCTION, "medium", [(30, ""), (40, BELGIAN)]),
    ("tax-shelter-startup", "micro", [(30, ""), (45, MICRO)]),
    ("tax-shelter-startup", "medium", [(30, ""), (45, MICRO)]),
    ("tax-shelter-scaleup", "medium", [(25, "")]),
    ("young-innovative-company", "medium", [(80, "")]),
]  # fmt: skip


def found(record_id: str, size: Value) -> Amount:
    records: list[Offer] = load_catalogue().find(record_id, "instrument")
    amount = amount_of(records[0], size, TODAY, "nl")
    assert amount is not None
    return amount


@pytest.mark.parametrize(("record_id", "size", "rates"), RATES)
def test_a_rate_is_told_with_for_whom_it_is(
    record_id: str, size: Value, rates: list[tuple[float, str]]
) -> None:
    assert [(r.value, r.who) for r in found(record_id, size).rates] == rates


ONE = [
    (TRAINING, "micro", 30.0, 7_500.0),
    (TRAINING, None, None, 7_500.0),
    ("kmo-groeisubsidie", "small", None, None),
    ("be-circular", "small", None, None),
]


@pytest.mark.parametrize(("record_id", "size", "pct", "max_eur"), ONE)
def test_one_figure_is_given_only_where_it_holds_for_every_project(
    record_id: str, size: Value, pct: float | None, max_eur: float | None
) -> None:
    amount = found(record_id, size)
    assert (amount.pct, amount.max_eur) == (pct, max_eur)


@pytest.mark.parametrize(
    ("record_id", "of_costs"),
    [(TRAINING, True), (DEDUCTION, False), ("individueel-maatwerk", False)],
)
def test_a_deduction_or_a_wage_is_no_share_of_the_costs(record_id: str, of_costs: bool) -> None:
    amount = found(record_id, "small")
    assert amount.of_costs is of_costs
    assert of_costs or all(r.per for r in amount.rates)
