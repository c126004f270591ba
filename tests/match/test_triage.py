"""Danger, a wish to die, a firm that can't pay and a quarrel with staff are heard in words that
nobody thought of, and what only has like words is not.
"""

from __future__ import annotations

import pytest
from bench.search.triage import HEARD, LEAST, NONE, fresh, left_out, share

import baken
from baken.match import triage
from baken.match.model import Answer


def ask(need: str, lang: str = "nl", **facts: object) -> Answer:
    known = {"municipality": "Gent", "headcount": 5} | facts
    return baken.match({"need": need, "lang": lang, "as_of": "2026-11-27", "facts": known})


AT_LEAST = {"danger": 0.85, "cry, surely": 0.8, "cry, at all": 0.9, "crisis": 0.7, "staff": 0.8}


@pytest.mark.parametrize("name", AT_LEAST)
def test_most_of_what_was_written_apart_is_heard(name: str) -> None:
    kind, heard = HEARD[name]
    assert share(heard, fresh()[kind]) >= AT_LEAST[name]


AT_MOST = {"danger": 0.02, "cry, surely": 0.03, "cry, at all": 0.05, "crisis": 0.05, "staff": 0.01}


@pytest.mark.parametrize("name", AT_MOST)
def test_little_is_heard_where_nothing_of_the_kind_is_told(name: str) -> None:
    assert share(HEARD[name][1], fresh()[NONE]) <= AT_MOST[name]


def test_of_owners_needs_few_are_heard_as_one() -> None:
    usual = triage.examples().counts < 1
    scores = left_out()[usual]
    for at, least in enumerate(LEAST.values()):
        assert float((scores[:, at] >= least).mean()) < 0.015


@pytest.mark.parametrize(
    ("lang", "need"),
    [
        ("nl", "er ligt iemand onder de heftruck en hij ademt niet"),
        ("nl", "de schilder hangt aan zijn touw en geraakt niet meer los"),
        ("fr", "mon apprenti s'étouffe, il devient bleu"),
        ("en", "someone with an axe is in front of our door"),
    ],
)
def test_danger_in_other_words_reads_first_whom_to_call(lang: str, need: str) -> None:
    assert "112" in (ask(need, lang).danger or "")


@pytest.mark.parametrize(
    ("lang", "need"),
    [
        ("nl", "de ontploffing van vorig jaar maakte scheuren in ons magazijn"),
        ("fr", "explosion des prix de l'emballage"),
        ("nl", "ik zoek een cursus over brandblussers"),
    ],
)
def test_words_of_danger_alone_call_nobody(lang: str, need: str) -> None:
    assert ask(need, lang).danger is None


QUARRELS = [
    ("nl", "onze vroegere kok eist via zijn advocaat nog overuren"),
    ("fr", "une ancienne vendeuse nous assigne pour licenciement abusif"),
    ("en", "a driver we fired is taking us to the labour court"),
    ("en", "a waitress accuses my chef of harassment"),
    ("nl", "een poetsvrouw beschuldigt ons van pesterijen"),
]


@pytest.mark.parametrize(("lang", "need"), QUARRELS)
def test_a_quarrel_with_staff_goes_to_who_knows_that_law_and_seeks_nobody(
    lang: str, need: str
) -> None:
    doors = ask(need, lang).route.doors
    assert doors[0] in ("advocaat", "sociaal-secretariaat")
    assert "vdab" not in doors


@pytest.mark.parametrize(
    "need",
    [
        "ze leggen beslag op mijn bestelwagen",
        "ik moet naar de kamer voor ondernemingen in moeilijkheden",
        "the tax office froze my account",
        "le fisc a bloqué mon compte",
        "ik betaal mijn leveranciers al vier maanden niet",
    ],
)
def test_a_firm_that_is_pressed_goes_to_who_helps_in_trouble(need: str) -> None:
    assert ask(need).route.id == "R1"


@pytest.mark.parametrize(
    "need",
    [
        "er ligt beslag op het loon van mijn chauffeur, wat moet ik doen",
        "oproeping van de arbeidsrechtbank voor een vroegere bediende",
    ],
)
def test_what_is_of_staff_is_no_trouble_of_the_firm(need: str) -> None:
    assert ask(need).route.id != "R1"
