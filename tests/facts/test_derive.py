"""Facts that follow from others: ages, legal personality, places (size: tests/law/test_known)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from baken.facts.derive import agrees, derive_all
from baken.facts.state import Facts, Origin
from baken.kernel.values import Choices, Interval, SetOf

DAY = date(2026, 11, 24)


def derived(**given_):
    facts = Facts()
    for name, value in given_.items():
        facts.set(name, value, Origin("given"))
    return derive_all(facts, DAY)


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


@pytest.mark.parametrize(
    ("where", "in_wallonia"),
    [
        ({"region": "waals-gewest"}, True),
        ({"region": "vlaams-gewest"}, False),
        ({"region": Choices(frozenset({"vlaams-gewest", "waals-gewest"}))}, None),
        ({"establishment_regions": SetOf.of("waals-gewest", "waals-gewest")}, True),
        ({"establishment_regions": SetOf.of("vlaams-gewest", "waals-gewest")}, None),
        ({"establishment_regions": SetOf.of("vlaams-gewest"), "region": "waals-gewest"}, True),
        ({}, None),
    ],
)
def test_where_the_main_establishment_is_follows_from_the_place(where, in_wallonia):
    assert derived(**where).get("main_establishment_in_wallonia") is in_wallonia


def test_a_joint_committee_may_not_be_the_only_one():
    assert derived(joint_committee="124").get("joint_committees") == SetOf.of("124", more=True)


def test_a_given_value_holds_and_a_contradiction_is_a_notice():
    facts = derived(founded_on=date(2020, 1, 1), age_years=20)
    assert facts.get("age_years") == 20
    (notice,) = facts.notices
    assert notice.code == "contradiction.age_years"
    assert "age_years" not in "".join(notice.text.values()), "an owner knows no ids"
    assert derived(founded_on=date(2020, 1, 1), age_years=6).notices == []


@pytest.mark.parametrize(
    ("given_", "computed", "agree"),
    [
        (5, Interval(1, 9), True),
        (5, Decimal("5.0"), True),
        (5, Decimal("5.5"), False),
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
