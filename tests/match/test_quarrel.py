"""Who quarrels finds first who settles that, in each language."""

from __future__ import annotations

import pytest

import baken
from baken.match.quarrel import settled_by

INSURER, LANDLORD = "ombudsman-van-de-verzekeringen", "vredegerecht"
QUARRELS = [
    ("nl", "mijn verzekeraar wil niet betalen", INSURER),
    ("nl", "onze verzekering betaalt de schade niet", INSURER),
    ("fr", "mon assureur refuse de payer", INSURER),
    ("fr", "mon assurance ne rembourse pas les dégâts", INSURER),
    ("en", "my insurer refuses to pay", INSURER),
    ("nl", "ruzie met mijn verhuurder", LANDLORD),
    ("fr", "conflit avec mon propriétaire", LANDLORD),
    ("en", "conflict with my landlord", LANDLORD),
]


@pytest.mark.parametrize(("lang", "need", "door"), QUARRELS)
def test_who_settles_it_is_the_first_door(lang: str, need: str, door: str) -> None:
    answer = baken.match({"need": need, "lang": lang, "as_of": "2026-11-27"})
    assert not answer.no_need
    assert answer.route.doors[0] == door


NONE = [
    "ik zoek een verzekering die niet duur is",
    "ik kan mijn verzekering niet betalen",
    "ruzie met de huisbaas van mijn appartement",
    "I can't pay my insurance",
    "mijn klant betaalt niet",
    "ik wil mijn personeel verzekeren",
    "mijn verhuurder is vriendelijk",
]


@pytest.mark.parametrize("need", NONE)
def test_where_nobody_quarrels_nobody_settles(need: str) -> None:
    assert settled_by(need) == frozenset()


@pytest.mark.parametrize(
    "need", ["na de brand wil mijn verzekeraar de schade niet vergoeden, ik kan niets meer betalen"]
)
def test_in_trouble_who_helps_goes_before_who_judges(need: str) -> None:
    route = baken.match({"need": need, "as_of": "2026-11-27"}).route
    assert (route.id, route.doors[0]) == ("R1", "dyzo")
