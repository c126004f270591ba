"""Facts that follow from others: sizes, ages, legal personality, places."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.facts.derive import SIZES, agrees, derive_all
from baken.facts.state import Facts, Origin
from baken.kernel.values import Choices, Interval, SetOf

DAY = date(2026, 11, 24)


def derived(**given_):
    facts = Facts()
    for name, value in given_.items():
        facts.set(name, value, Origin("given"))
    return derive_all(facts, DAY)


def sizes(*names):
    return names[0] if len(names) == 1 else Choices(frozenset(names))


@pytest.mark.parametrize(
    ("given_", "size"),
    [
        pytest.param({"headcount": 5}, sizes("micro", "small", "medium"), id="5 heads"),
        pytest.param({"headcount": 12}, sizes("small", "medium"), id="12 heads: not micro"),
        pytest.param({"headcount": 49}, sizes("small", "medium"), id="49 heads"),
        pytest.param({"headcount": 50}, "medium", id="50 heads: not small any more"),
        pytest.param({"headcount": 249}, "medium", id="249 heads"),
        pytest.param({"headcount": 250}, "large", id="250 heads: large whatever the turnover"),
        pytest.param(
            {"headcount": 5, "turnover": 2_000_000}, "micro", id="2 M does not exceed 2 M"
        ),
        pytest.param(
            {"headcount": 5, "turnover": 2_000_001, "balance_total": 2_000_001},
            "small",
            id="both over: small",
        ),
        pytest.param(
            {"headcount": 5, "turnover": 60_000_000, "balance_total": 1},
            "micro",
            id="better counts",
        ),
        pytest.param(
            {"headcount": 5, "turnover": 60_000_000, "balance_total": 44_000_000},
            "large",
            id="both over the highest: large",
        ),
        pytest.param({"headcount": Interval(10, 49)}, sizes("small", "medium"), id="10 to 49"),
        pytest.param({"headcount": Interval(250, None)}, "large", id="250 or more"),
        pytest.param({"turnover": 100}, None, id="money alone settles nothing"),
        pytest.param({}, None, id="nothing known"),
    ],
)
def test_size_by_this_years_figures(given_, size):
    """Recommendation 2003/361/EC, annex, article 2."""
    assert derived(**given_).get("size") == size


@given(st.integers(0, 400), st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_a_narrowed_size_holds_the_size_of_every_firm_within(heads, spread, turnover, balance):
    money = {"turnover": turnover * 1_000_000, "balance_total": balance * 1_000_000}
    narrowed = derived(headcount=Interval(heads, heads + spread), **money).get("size")
    exact = derived(headcount=heads + spread // 2, **money).get("size")
    options = narrowed.options if isinstance(narrowed, Choices) else {narrowed or exact}
    assert exact in SIZES
    assert exact in options


@pytest.mark.parametrize(
    ("founded", "age"),
    [
        (date(2021, 11, 24), 5),
        (date(2021, 11, 25), 4),
        (date(2026, 11, 24), 0),
        (Interval(date(2021, 11, 25), date(2024, 11, 24)), Interval(2, 4)),
        (Interval(None, date(2016, 11, 24)), Interval(10, None)),
        (Interval(date(2026, 1, 1), None), 0),
    ],
)
def test_age_is_in_full_years(founded, age):
    assert derived(founded_on=founded).get("age_years") == age


@pytest.mark.parametrize(
    ("form", "has_it"),
    [
        ("bv", True),
        ("sole_trader", False),
        ("maatschap", False),
        ("other", None),
        (Choices(frozenset({"bv", "nv"})), True),
        (Choices(frozenset({"bv", "sole_trader"})), None),
    ],
)
def test_legal_personality_follows_from_the_legal_form(form, has_it):
    assert derived(legal_form=form).get("legal_personality") is has_it


def test_the_one_place_holds_for_seat_establishment_and_project():
    facts = derived(region="vlaams-gewest", province=Choices(frozenset({"Limburg", "Antwerpen"})))
    assert facts.get("establishment_regions") == SetOf.of("vlaams-gewest")
    assert facts.get("seat_region") == facts.get("project_region") == "vlaams-gewest"
    assert facts.get("establishment_provinces") == SetOf.one_of(["Limburg", "Antwerpen"])
    assert facts.get("joint_committees") is None


def test_a_joint_committee_may_not_be_the_only_one():
    assert derived(joint_committee="124").get("joint_committees") == SetOf.of("124", more=True)


def test_a_given_value_holds_and_a_contradiction_is_a_notice():
    facts = derived(headcount=10, size="large")
    assert facts.get("size") == "large"
    assert [n.code for n in facts.notices] == ["contradiction.size"]
    assert derived(headcount=12, size="small").notices == []


@pytest.mark.parametrize(
    ("given_", "computed", "agree"),
    [
        (5, Interval(1, 9), True),
        (10, Interval(1, 9), False),
        (Decimal("0.5"), Interval(1, None), False),
        (True, False, False),
        (True, True, True),
        (SetOf.of("a"), SetOf.of("b"), True),
        (Choices(frozenset({"a", "b"})), Choices(frozenset({"c", "d"})), True),
    ],
)
def test_whether_a_given_value_can_be_what_was_computed(given_, computed, agree):
    assert agrees(given_, computed) is agree
