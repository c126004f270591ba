"""A typed name means one record, or it is asked which; on the whole catalogue."""

from __future__ import annotations

import pytest

from baken.landscape.catalogue import load_catalogue
from baken.match.meant import MOST, Called

RECORDS = list(load_catalogue())


@pytest.fixture(scope="module")
def called() -> Called:
    return Called(RECORDS, "nl")


SURE = [
    ("VLAIO", "vlaio"),
    ("Strategische transformatiesteun", "strategische-transformatiesteun"),
    ("STS", "strategische-transformatiesteun"),
    ("strategische transformatie-steun", "strategische-transformatiesteun"),
    ("Fluvius-premies", "energiepremies-ondernemingen"),
    ("fluviuspremies", "energiepremies-ondernemingen"),
    ("energiepremie", "energiepremies-ondernemingen"),
    ("écologiepremie+", "ecologiepremie-plus"),
    ("unizoo", "unizo"),
    ("kmo-groeisubsdie", "kmo-groeisubsidie"),
]


@pytest.mark.parametrize(("typed", "meant"), SURE)
def test_just_its_name_another_name_an_abbreviation_or_one_plain_error(
    called: Called, typed: str, meant: str
) -> None:
    found = called.find(typed)
    assert found.sure is not None
    assert RECORDS[found.sure].id == meant


NEAR = [
    ("kmo-portefeuille", "kmo-portefeuille-opleiding"),
    ("kmoportefuille", "kmo-portefeuille-opleiding"),
    ("investeringsaftrek", "investeringsaftrek-basis"),
    ("groeisubsidie", "kmo-groeisubsidie"),
    ("thematische steun", "investeringsaftrek-thematisch"),
    ("bakeland", "baekeland-mandaat"),
    ("starterslening", "startlening"),
    ("Fluvius", "energiepremies-ondernemingen"),
    ("premie", "investeringspremie-brussel"),
]


@pytest.mark.parametrize(("typed", "among"), NEAR)
def test_what_is_only_near_is_a_short_choice(called: Called, typed: str, among: str) -> None:
    found = called.find(typed)
    assert found.sure is None
    assert among in {RECORDS[at].id for at in found.near}
    assert len(found.near) <= MOST


def test_whose_own_name_it_is_goes_before_who_is_called_so_besides(called: Called) -> None:
    assert RECORDS[called.find("baekeland").near[0]].id == "baekeland-mandaat"


NOTHING = [
    "innovatiepremie", "groeipremie", "iets dat niet bestaat", "subsidie oven", "hallo", "",
    "???", "een nieuwe oven kopen", "wat voor dingen zijn er", "brugkrediet",
]  # fmt: skip


@pytest.mark.parametrize("typed", NOTHING)
def test_a_name_that_nothing_bears_means_nothing(called: Called, typed: str) -> None:
    found = called.find(typed)
    assert (found.sure, found.near) == (None, ())


def test_every_name_of_every_record_finds_it(called: Called) -> None:
    for at, record in enumerate(RECORDS):
        for name in filter(None, record.names.model_dump().values()):
            found = called.find(name)
            assert at in (found.sure, *found.near), (record.id, name)
