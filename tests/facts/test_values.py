"""From what was typed or sent to a value of a fact."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from baken.facts.questions import choices_for
from baken.facts.values import find_fact, parse_value
from baken.facts.vocabulary import build, dump, load_vocabulary, vocabulary_raw
from baken.kernel.errors import BakenError
from baken.kernel.values import Choices, Interval, SetOf

FACTS = load_vocabulary()
DAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("fact", "raw", "value"),
    [
        ("headcount", 12, 12),
        ("headcount", "12", 12),
        ("headcount", "12,5", Decimal("12.5")),
        ("turnover", "1.234,56", Decimal("1234.56")),
        ("turnover", "1.234.567", 1234567),
        ("turnover", "€ 2000", 2000),
        ("equity", -500, -500),
        ("headcount", "10..49", Interval(10, 49)),
        ("headcount", "250..", Interval(250, None)),
        ("headcount", {"lo": 10}, Interval(10, None)),
        ("headcount", [5, 5], 5),
        ("headcount", "weet ik niet", None),
        ("headcount", None, None),
        ("listed", "ja", True),
        ("listed", "NON", False),
        ("listed", True, True),
        ("founded_on", "2021-03-01", date(2021, 3, 1)),
        ("founded_on", "1/3/2021", date(2021, 3, 1)),
        ("founded_on", "2021-01-01..", Interval(date(2021, 1, 1), None)),
        ("legal_form", "BV", "bv"),
        ("size", "small|medium", Choices(frozenset({"small", "medium"}))),
        ("size", ["small"], "small"),
        ("event", "fire, road_works", SetOf.of("fire", "road_works")),
        ("event", ["fire"], SetOf.of("fire")),
        ("joint_committee", 124, "124"),
    ],
)
def test_what_people_and_programs_write_is_understood(fact, raw, value):
    assert parse_value(FACTS[fact], raw) == value


@pytest.mark.parametrize(
    ("fact", "raw", "expected"),
    [
        ("headcount", -1, "nought or more"),
        ("headcount", "veel", "a number"),
        ("headcount", float("nan"), "a number"),
        ("headcount", float("inf"), "a number"),
        ("headcount", 10**20, "a number below"),
        ("headcount", True, "a number"),
        ("headcount", {"a": 1}, "a number"),
        ("headcount", "49..10", "the lower bound first"),
        ("founded_on", "2025-02-30", "YYYY-MM-DD"),
        ("founded_on", 2025, "YYYY-MM-DD"),
        ("founded_on", "0001-01-01", "YYYY-MM-DD"),
        ("listed", "misschien", "true or false"),
        ("listed", 1.5, "true or false"),
        ("size", "tiny", "micro"),
        ("size", 1.5, "micro"),
        ("event", 3.5, "a list"),
        ("joint_committee", "x" * 600, "at most 500"),
        ("joint_committee", [1], "text"),
    ],
)
def test_what_cannot_be_is_an_error_that_says_what_was_expected(fact, raw, expected):
    with pytest.raises(BakenError) as e:
        parse_value(FACTS[fact], raw)
    assert e.value.path == f"facts.{fact}"
    assert expected in e.value.expected


def test_a_near_choice_and_a_near_fact_are_named():
    with pytest.raises(BakenError) as choice:
        parse_value(FACTS["size"], "smal")
    assert "small" in choice.value.near
    with pytest.raises(BakenError) as fact:
        find_fact(FACTS, "hedcount")
    assert "headcount" in fact.value.near


@pytest.mark.parametrize("lang", ["nl", "en", "fr"])
@pytest.mark.parametrize("fact", [f for f in FACTS.values() if f.askable], ids=lambda f: f.id)
def test_every_answer_to_every_question_is_accepted_as_that_fact(fact, lang):
    choices = choices_for(fact, DAY, lang)
    assert len(choices) >= 3
    assert choices[-1]["value"] is None
    assert all(c["label"] for c in choices)
    for choice in choices[:-1]:
        assert parse_value(fact, choice["value"]) is not None


@pytest.mark.parametrize("fact", FACTS.values(), ids=lambda f: f.id)
def test_every_fact_has_its_words_in_three_languages(fact):
    assert set(fact.label) == {"nl", "en", "fr"}
    if not fact.derived:
        assert set(fact.question) == {"nl", "en", "fr"}
    for choice in fact.choices:
        assert set(choice.label) == {"nl", "en", "fr"}


def test_the_vocabulary_can_be_listed():
    rows = {r["id"]: r for r in dump()}
    assert rows["size"]["choices"][0]["value"] == "micro"
    assert rows["age_years"]["derived"] and rows["age_years"]["cost"] is None


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"colour": "red"}, "unknown field"),
        ({"type": "colour"}, "unknown type"),
        ({"scope": "world"}, "unknown scope"),
        ({"ask_via": "nothing"}, "no fact"),
    ],
)
def test_a_wrong_declaration_is_an_error(change, problem):
    row = {"id": "x", "type": "bool", "scope": "firm", "label": {"nl": "x"}}
    with pytest.raises(BakenError, match=problem):
        build([row | change])


def test_a_fact_is_declared_once():
    rows = vocabulary_raw()
    with pytest.raises(BakenError, match="twice"):
        build([*rows, rows[0]])


RANGES = [
    ("equity", ["Minder dan 0 EUR", "0 tot 4.999 EUR", "5.000 tot 61.499 EUR",
                "61.500 EUR of meer"]),
    ("employees", ["0 personen", "1 tot 9 personen", "10 tot 49 personen", "50 tot 249 personen",
                   "250 personen of meer"]),
    ("turnover", ["2.000.000 EUR of minder", "2.000.001 tot 10.000.000 EUR",
                  "10.000.001 tot 50.000.000 EUR", "50.000.001 EUR of meer"]),
]  # fmt: skip


@pytest.mark.parametrize(("fact", "labels"), RANGES, ids=[f for f, _ in RANGES])
def test_a_range_says_where_it_starts_where_there_is_less(fact: str, labels: list[str]) -> None:
    *choices, unknown = choices_for(load_vocabulary()[fact], DAY, "nl")
    assert [c["label"] for c in choices] == labels
    assert unknown["value"] is None


@pytest.mark.parametrize(
    ("lang", "first"),
    [
        ("nl", "Minder dan 1 jaar geleden"),
        ("en", "Less than a year ago"),
        ("fr", "Il y a moins d'un an"),
    ],
)
def test_one_year_ago_is_told_in_the_singular(lang: str, first: str) -> None:
    fact = next(f for f in FACTS.values() if f.kind == "date" and "0..1" in f.ranges)
    assert choices_for(fact, DAY, lang)[0]["label"] == first


WRITTEN = [
    ("en", "equity", "Less than EUR 0"),
    ("en", "equity", "EUR 5,000 to 61,499"),
    ("en", "equity", "EUR 61,500 or more"),
    ("en", "turnover", "EUR 2,000,000 or less"),
    ("en", "employees", "250 people or more"),
    ("fr", "equity", "Moins de 0 EUR"),
    ("fr", "turnover", "2 000 000 EUR ou moins"),
    ("fr", "turnover", "2 000 001 à 10 000 000 EUR"),
]


@pytest.mark.parametrize(("lang", "fact", "label"), WRITTEN)
def test_an_amount_is_written_as_its_language_does(lang: str, fact: str, label: str) -> None:
    """English parts thousands by a comma and has EUR before them; French parts them by a space."""
    labels = [c["label"] for c in choices_for(load_vocabulary()[fact], DAY, lang)]
    assert label in [told.replace("\N{NO-BREAK SPACE}", " ") for told in labels]
