"""Whose animals or crops do not thrive finds who advises farmers first, in each language."""

from __future__ import annotations

import pytest

import baken
from baken.landscape.catalogue import load_catalogue

CASES = [
    ("nl", "Gent", "mijn kippen leggen niet meer"),
    ("nl", "Hasselt", "mijn kippen leggen niet meer"),
    ("nl", "Gent", "onze zeugen eten niet"),
    ("nl", "Gent", "mijn oogst is mislukt"),
    ("fr", "Namur", "mes poules ne pondent plus"),
    ("fr", "Namur", "ma récolte est perdue"),
    ("en", "Gent", "my hens stopped laying"),
    ("en", "Gent", "our harvest failed"),
]


@pytest.mark.parametrize(("lang", "place", "need"), CASES)
def test_the_first_door_is_one_of_farming(lang: str, place: str, need: str) -> None:
    facts = {"municipality": place}
    query = {"need": need, "lang": lang, "as_of": "2026-11-27", "facts": facts}
    door = baken.match(query).route.doors[0]
    (record,) = (r for r in load_catalogue().records if (r.type, r.id) == ("organisation", door))
    assert "agriculture" in record.themes


def test_a_farm_that_cannot_pay_finds_its_safety_net_first() -> None:
    need = "mijn kippen leggen niet meer en ik kan de bank niet meer betalen"
    query = {"need": need, "as_of": "2026-11-27", "facts": {"municipality": "Gent"}}
    assert baken.match(query).route.doors[0] == "boeren-op-een-kruispunt"


@pytest.mark.parametrize(
    "need",
    [
        "mijn melkveehouderij verliest geld",
        "mijn varkenshouderij verliest geld",
        "het melkveebedrijf van mijn vader verliest geld",
        "mijn vaders boerderij maakt verlies",
        "I help on dad's farm, it loses money",
    ],
)
def test_a_farm_told_by_its_sort_or_as_the_family_s_finds_the_same_net(need: str) -> None:
    query = {"need": need, "as_of": "2026-11-27", "facts": {"municipality": "Gent"}}
    assert baken.match(query).route.doors[0] == "boeren-op-een-kruispunt"
