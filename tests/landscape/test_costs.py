"""What a measure gives for costs that are below its least or above its highest."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.landscape.catalogue import load_catalogue
from baken.landscape.costs import GIVEN, shuts
from baken.landscape.figures import OTHER_THAN_COSTS, counting
from baken.landscape.model import Instrument
from baken.landscape.most import Project, share_of
from baken.landscape.together import WORDS, together
from baken.law.size.model import SIZES
from tests.landscape.test_purposes import COSTS, giving, record
from tests.landscape.test_together import NO_OTHER, RATE, TODAY, condition, figure, found, measure

DAY = date(2026, 11, 29)
PRICE = condition("project_size", rule="project_cost <= 10000")
NO_MORE = figure("max_project_cost", 10_000)
HIGHEST = [
    # what the costs are, whether a rule bounds them, what it gives, whether they are too high
    ("a ceiling on the costs that count", [], 25_000, 4_000, False),
    ("a highest price, and costs below it", [PRICE], 9_000, 3_600, False),
    ("a highest price, and costs at it", [PRICE], 10_000, 4_000, False),
    ("a highest price, and costs above it", [PRICE], 10_001, 0, True),
    ("a highest price, the costs not known", [PRICE], None, 4_000, False),
    ("a rule that was in force before", [{**PRICE, "valid_to": "2025"}], 25_000, 4_000, False),
    ("a rule with another way in",
     [{**PRICE, "rule": "project_cost <= 10000 or has(project_themes, 'training')"}],
     25_000, 4_000, False),
]  # fmt: skip


@pytest.mark.parametrize(
    ("what", "rules", "costs", "most", "over"), HIGHEST, ids=[h[0] for h in HIGHEST]
)
def test_a_highest_price_shuts_out_and_a_ceiling_only_caps(
    what: str, rules: list[dict[str, Any]], costs: int | None, most: int, over: bool
) -> None:
    one = measure(parameters=[RATE, NO_MORE], conditions=rules)
    share = share_of(one, Project(None if costs is None else Decimal(costs)), TODAY)
    assert (share.amount, share.over_most) == (Decimal(most), over)


OF_RECORDS = [
    # a traject costs at most 35,000: the highest price, not so much of a dearer one
    ("cybersecurity-verbetertrajecten", "small", 35_000, 17_500),
    ("cybersecurity-verbetertrajecten", "small", 60_000, 0),
    ("cybersecurity-verbetertrajecten", "small", 8_499, 0),
    ("tetra", "small", 480_001, 0),
    # 1,000,000 for an investment, 100,000 for a training
    ("strategische-transformatiesteun", "medium", 99_999, 0),
    ("strategische-transformatiesteun", "medium", 100_000, 20_000),
    ("strategische-transformatiesteun", "medium", 300_000, 60_000),
    ("strategische-transformatiesteun", "medium", 1_000_000, 200_000),
]


@pytest.mark.parametrize(("name", "size", "costs", "most"), OF_RECORDS)
def test_what_a_record_gives_for_costs(name: str, size: str, costs: int, most: int) -> None:
    share = share_of(record(name), Project(Decimal(costs), sizes=(size,)), DAY)
    assert share.amount == most


A, B = {"nl": "advies"}, {"nl": "opleiding"}
LEAST = [
    # costs; for advice and for training what it gives, and whether the costs are below its least
    (999, [("advies", 0, True), ("opleiding", 0, True)]),
    (1_000, [("advies", 0, True), ("opleiding", 300, False)]),
    (5_000, [("advies", 2_000, False), ("opleiding", 1_500, False)]),
]


@pytest.mark.parametrize(("costs", "told"), LEAST)
def test_each_purpose_has_its_own_least_costs(
    costs: int, told: list[tuple[str, int, bool]]
) -> None:
    figures = [
        figure("rate_pct", 40, for_whom=A), figure("min_project_cost", 5_000, for_whom=A),
        figure("rate_pct", 30, for_whom=B), figure("min_project_cost", 1_000, for_whom=B),
    ]  # fmt: skip
    share = share_of(measure(parameters=figures), Project(Decimal(costs)), TODAY)
    rows = [(p.for_whom.nl, p.amount, p.under_least) for p in share.purposes if p.for_whom]
    assert sorted(rows) == told
    assert share.under_least == all(under for *_, under in told)


# -- whatever the record, the costs and the size -------------------------------------------------
@given(costs=COSTS.filter(bool), sizes=st.sampled_from([(s,) for s in SIZES]))
def test_nothing_is_told_only_where_the_record_shuts_the_costs_out(
    costs: Decimal, sizes: tuple[str, ...]
) -> None:
    for one in giving():
        share = share_of(one, Project(costs, sizes=sizes), DAY)
        out = share.over_most or share.under_least or share.under_aid
        assert share.amount is None or bool(share.amount) != out, one.id
        if share.price and share.amount:
            assert share.most_costs is not None and costs <= share.most_costs
        under = [p.under_least for p in share.purposes]
        assert not under or share.under_least == all(under), one.id


def test_a_least_that_a_rule_lets_go_in_some_case_has_a_purpose() -> None:
    """Else what the record allows would be told to give nothing."""
    for one in giving():
        bounded = any("project_cost" in (c.rule or "") for c in one.conditions)
        for row in counting(one, DAY):
            if bounded and row.name == "min_project_cost" and row.for_whom is None:
                assert shuts(one, row.value - 1, DAY), one.id


# -- which measures count -----------------------------------------------------------------------
OF_WAGE = {"per": {"nl": "van het loon"}}
COUNTS = [
    ("a grant, without any figure", "grant", [], True),
    ("a premium for a training", "training", [RATE], True),
    ("advice of which a part is paid", "advice", [RATE], True),
    ("relief with a rate of costs", "relief", [RATE], True),
    ("advice for nothing", "advice", [], False),
    ("a training for nothing", "training", [], False),
    ("a rate of a wage", "training", [figure("rate_pct", 40, **OF_WAGE)], False),
    ("a rate for another than the firm", "network", [figure("rate_pct", 40, for_firm=False)],
     False),
    ("a deduction from the profit", "tax", [RATE], False),
    ("a part of a wage", "hiring", [RATE], False),
    ("a part of what is invested that is lent", "loan", [RATE], False),
    ("a part of a loan that is warranted", "guarantee", [RATE], False),
    ("a part in the capital", "equity", [RATE], False),
]  # fmt: skip


@pytest.mark.parametrize(
    ("what", "kind", "figures", "counts"), COUNTS, ids=[row[0] for row in COUNTS]
)
def test_a_rate_of_costs_counts_whatever_the_kind(
    what: str, kind: str, figures: list[dict[str, Any]], counts: bool
) -> None:
    told = found(measure(kind=kind, parameters=figures), costs=Decimal(1_000))
    assert [s.id for s in told.shares] == (["a"] if counts else [])
    assert told.uncounted == (() if counts or kind in WORDS else ("a",))


def test_of_all_records_these_count_by_their_rate_alone() -> None:
    """Each is aid of which the record tells a part of the costs; no other kind has one."""
    told = {r.id: r.kind for r in giving() if r.kind not in GIVEN}
    assert told == {
        "managementadvies-sociale-economie": "advice",
        "specifieke-managementondersteuning": "advice",
        "opleidingspremie-brussel": "training",
        "werfvergoeding-brussel": "relief",
    }


def test_no_record_with_a_rate_of_costs_is_told_to_be_no_share_of_them() -> None:
    every = [r for r in load_catalogue() if isinstance(r, Instrument)]
    for one in every:
        of_costs = any(p.name == "rate_pct" and p.for_firm and p.per is None
                       for p in one.parameters)  # fmt: skip
        told = together([one], Project(Decimal(10_000)), DAY)
        assert not (of_costs and told.uncounted), one.id
        if one.kind in OTHER_THAN_COSTS:
            assert told.uncounted == (one.id,) and not told.shares, one.id


BRUSSELS = [
    # 40 % of a training, at most 5,000 (more by criteria that no source names); half of an advice,
    # at most 10,000
    ("opleidingspremie-brussel", 5_000, 2_000, 40),
    ("opleidingspremie-brussel", 10_000, 4_000, 40),
    ("managementadvies-sociale-economie", 10_000, 5_000, 50),
    ("managementadvies-sociale-economie", 30_000, 10_000, 50),
]


@pytest.mark.parametrize(("name", "costs", "most", "usual"), BRUSSELS)
def test_what_counts_by_its_rate_has_its_amount(
    name: str, costs: int, most: int, usual: int
) -> None:
    told = together([record(name)], Project(Decimal(costs), sizes=("micro",)), DAY)
    (share,) = told.shares
    assert (told.most, share.amount, share.usual_pct) == (
        Decimal(most), Decimal(most), Decimal(usual)
    )  # fmt: skip


def test_advice_of_which_a_part_is_paid_does_not_stand_beside_any_aid() -> None:
    paid = measure("a", kind="advice", parameters=[RATE])
    grant = measure("b", parameters=[RATE], conditions=[NO_OTHER])
    (pair,) = found(paid, grant, same_costs=True).pairs
    assert (pair.go, pair.why) == (False, "same_costs")
    (free,) = found(measure("a", kind="advice"), grant, same_costs=True).pairs
    assert (free.go, free.why) == (True, "no_money")


def test_what_is_small_aid_for_a_large_firm_alone_is_none_for_a_small_one() -> None:
    advice = record("managementadvies-sociale-economie")
    got = Decimal(300_000)
    small = together([advice], Project(Decimal(10_000), got, sizes=("small",)), DAY)
    assert (small.small, small.most) == (None, Decimal(5_000))
    large = together([advice], Project(Decimal(10_000), got, sizes=("large",)), DAY)
    assert large.small is not None and large.most == 0


@pytest.mark.parametrize(("size", "counts"), [("micro", True), ("small", False)])
def test_a_rate_that_a_firm_of_its_size_can_not_have_does_not_count(
    size: str, counts: bool
) -> None:
    """€ 2,000 to 2,700 for works in the street; a part of a new front for a micro firm alone."""
    told = together([record("werfvergoeding-brussel")], Project(Decimal(9_000), sizes=(size,)), DAY)
    assert (bool(told.shares), bool(told.uncounted)) == (counts, not counts)


OF_ELSE = ["call-recyclagehub", "green-investeringssteun", "kaaimuurprogramma"]


@pytest.mark.parametrize("name", OF_ELSE)
def test_a_share_of_the_extra_cost_is_no_share_of_what_a_project_costs(name: str) -> None:
    """Of costs of two million nobody knows how much more that is than a usual machine."""
    share = share_of(record(name), Project(Decimal(2_000_000), sizes=("small",)), DAY)
    assert share.amount is None
    assert share.base is not None and share.base.nl.startswith("van de ")
    assert all(a.why != "per" or "meerkost" not in (a.says.nl if a.says else "")
               for a in share.assumed)  # fmt: skip


def test_a_share_of_the_costs_that_count_is_one_of_the_costs() -> None:
    share = share_of(record("kleine-logies-met-groeiplan"), Project(Decimal(8_000)), DAY)
    assert (share.base, share.amount) == (None, 6_000)
