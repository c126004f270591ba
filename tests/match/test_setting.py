"""Where a firm works and in what trade, and which records work there."""

from __future__ import annotations

import pytest

import baken
from baken.landscape.catalogue import load_catalogue
from baken.match.setting import (
    HOME,
    Setting,
    firm_of,
    made_for_others,
    settings,
    within_reach,
)

LIMBURG = load_catalogue().by_key[("instrument", "klimop-lening")]
BUILDERS = load_catalogue().by_key[("organisation", "bouwunie")]


@pytest.mark.parametrize(
    ("facts", "region", "province"),
    [
        ({"municipality": "Genk"}, HOME, "Limburg"),
        ({"municipality": "Elsene"}, "brussels-hoofdstedelijk-gewest", "none"),
        ({"region": "waals-gewest"}, "waals-gewest", None),
        ({"municipality": "Nergenshuizen"}, None, None),
        ({}, None, None),
    ],
)
def test_the_place_is_read_as_far_as_it_is_known(
    facts: dict[str, str], region: str | None, province: str | None
) -> None:
    found = Setting.of(firm_of(facts, "ik zoek geld"))
    assert (found.region, found.province) == (region, province)
    assert found.home == (region or HOME)


@pytest.mark.parametrize(
    ("setting", "reached"),
    [
        (Setting(region=HOME, province="Limburg"), True),
        (Setting(region=HOME, province="Antwerpen"), False),
        (Setting(region=HOME), True),
        (Setting(), True),
        (Setting(region="waals-gewest"), False),
    ],
)
def test_a_measure_of_limburg_reaches_firms_in_limburg(setting: Setting, reached: bool) -> None:
    assert setting.reached_by(LIMBURG) is reached


@pytest.mark.parametrize(
    ("themes", "meant"),
    [
        ({"construction"}, True),
        ({"agrofood", "construction"}, True),
        ({"agrofood"}, False),
        (set(), True),
    ],
)
def test_the_builders_federation_is_meant_for_builders(themes: set[str], meant: bool) -> None:
    assert Setting(themes=frozenset(themes)).meant_by(BUILDERS) is meant


def test_many_firms_are_read_in_one_go() -> None:
    told = [({"municipality": "Genk"}, "a"), ({"sector": "aannemer"}, "b")]
    assert settings(told) == [Setting.of(firm_of(*one)) for one in told]
    assert settings([]) == []


FLEMISH, WALLOON, BRUSSELS, COUNTRY = (
    "vlaio-bedrijfsadviseur", "cheques-entreprises", "consultancypremie-brussel", "sirris",
)  # fmt: skip
ALL = [FLEMISH, WALLOON, BRUSSELS, COUNTRY]


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({"municipality": "Aalst"}, [FLEMISH, COUNTRY]),
        ({"postal_code": "5000"}, [WALLOON, COUNTRY]),
        ({"region": "brussels-hoofdstedelijk-gewest"}, [BRUSSELS, COUNTRY]),
        ({}, ALL),
        ({"employees": 4}, ALL),
        ({"municipality": "Nergens"}, ALL),
    ],
)
def test_records_that_work_where_the_firm_is(facts, found):
    assert within_reach(ALL, facts) == found


CARE, BAKER, BUILDER = {"sector": "woonzorgcentrum"}, {"sector": "bakker"}, {"nace": "41.00"}
COURSES = [
    # the course, the firm, whether it is for others
    ("lassen-en-metaalbewerking", CARE, True),
    ("bijleren-in-de-textielverzorging", CARE, True),
    ("elektriciens-opleiden", CARE, True),
    ("leiderschap-in-de-zorg", CARE, False),
    ("mentoropleiding", CARE, False),
    ("kantooropleidingen-voor-bedienden", CARE, False),
    ("brood-en-banketbakker", BAKER, False),
    ("leiderschap-in-de-zorg", BAKER, True),
    ("elektriciens-opleiden", BUILDER, False),
    ("elektriciens-opleiden", {}, False),
    ("opleidingen-voor-voedingsbedrijven", CARE | {"joint_committees": ["118"]}, False),
    ("opleidingen-voor-voedingsbedrijven", BAKER | {"joint_committees": ["201"]}, True),
]


@pytest.mark.parametrize(("course", "firm", "others"), COURSES)
def test_a_course_of_a_sector_is_not_for_a_firm_of_another(
    course: str, firm: dict[str, object], others: bool
) -> None:
    assert ("training", course) in load_catalogue().by_key
    assert made_for_others("training", course, firm, "mijn mensen moeten bijleren") is others


def test_no_firm_is_offered_a_course_of_another_sector_but_one_that_it_names() -> None:
    need = "Ik vind geen personeel, of mijn mensen moeten bijleren"
    query = {"need": need, "facts": CARE, "limit": 40, "as_of": "2026-11-26"}
    offered = [o.id for o in baken.match(query).offers if o.type == "training"]
    assert offered
    assert not [o for o in offered if made_for_others("training", o, CARE, need)]
    welding = load_catalogue().by_key[("training", "lassen-en-metaalbewerking")]
    named = baken.match(query | {"need": f"ik zoek {welding.names.nl}"})
    assert welding.id in {o.id for o in named.offers}


COURSES = [
    ("een-cafe-uitbaten", "café", False),
    ("een-cafe-uitbaten", "kapper", True),
    ("bijleren-in-de-textielverzorging", "wasserij", False),
    ("bijleren-in-de-textielverzorging", "horeca", True),
    ("winkel-uitbaten", "kapper", True),
    ("winkel-uitbaten", "bakkerij", False),
    ("slager-spekslager", "bakkerij", True),
    ("elektriciens-opleiden", "elektricien", False),
]


@pytest.mark.parametrize(("course", "trade", "others"), COURSES)
def test_a_course_for_one_trade_is_not_for_another_of_the_same_broad_sector(
    course: str, trade: str, others: bool
) -> None:
    assert made_for_others("training", course, {"sector": trade}, "ik zoek hulp") is others
