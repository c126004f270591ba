"""What a measure gives for costs that are below its least or above its highest."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.landscape.most import Project, share_of
from baken.law.size.model import SIZES
from tests.landscape.test_purposes import COSTS, giving, record
from tests.landscape.test_together import RATE, TODAY, condition, figure, measure

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
    share = share_of(one, Project(costs and Decimal(costs)), TODAY)
    assert (share.amount, share.over_most) == (most, over)


OF_RECORDS = [
    # a traject costs at most 35,000: the highest price, not so much of a dearer one
    ("cybersecurity-verbetertrajecten", "small", 35_000, 17_500),
    ("cybersecurity-verbetertrajecten", "small", 60_000, 0),
    ("cybersecurity-verbetertrajecten", "small", 8_499, 0),
    ("tetra", "small", 480_001, 0),
]


@pytest.mark.parametrize(("name", "size", "costs", "most"), OF_RECORDS)
def test_what_a_record_gives_for_costs(name: str, size: str, costs: int, most: int) -> None:
    share = share_of(record(name), Project(Decimal(costs), sizes=(size,)), DAY)
    assert share.amount == most


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
