"""What is asked next: the fact that settles most of the first offers, for the least effort."""

from __future__ import annotations

from datetime import date

import pytest

import baken
from baken.facts.vocabulary import Fact, load_vocabulary
from baken.match.firm import read_firm
from baken.match.question import Open, next_fact
from baken.match.small_aid import question_text

VOCABULARY = load_vocabulary()
DAY = date(2026, 11, 24)


def _next(*opens: Open, asked: tuple[str, ...] = (), known: tuple[str, ...] = ()) -> str | None:
    found = next_fact(opens, VOCABULARY, asked, known)
    return found and found[0]


@pytest.mark.parametrize(
    ("missing", "known", "asked_next"),
    [
        (["legal_form"], (), "legal_form"),
        (["region"], (), "province"),  # the province tells the region as well
        (["region"], ("province",), "region"),
        (["nace_version"], (), None),  # which list of codes: only who gave a code can say
        (["nace_version"], ("nace",), "nace_version"),
        (["public_share_pct", "legal_form"], (), "legal_form"),  # cheaper to answer
        (["hire_recent_work"], ("wants_to_hire",), None),  # nobody is in view yet
        (["hire_recent_work"], ("hire_age",), "hire_recent_work"),
        ([], (), None),
    ],
)
def test_the_fact_that_is_asked(
    missing: list[str], known: tuple[str, ...], asked_next: str | None
) -> None:
    assert _next(Open(1.0, missing), known=known) == asked_next


def test_what_nearly_every_firm_answers_alike_comes_last() -> None:
    assert VOCABULARY["active_in_kbo"].usual
    assert _next(Open(1.0, ["active_in_kbo", "employees"])) == "employees"
    assert _next(Open(1.0, ["active_in_kbo"])) == "active_in_kbo"


def test_never_more_than_five_and_none_twice() -> None:
    facts = ["legal_form", "employees", "event", "exporter", "rnd_project", "headcount"]
    assert _next(Open(1.0, facts), asked=tuple(facts[:5])) is None
    assert _next(Open(1.0, ["legal_form", "employees"]), asked=("employees",)) == "legal_form"


def test_the_number_told_is_never_passed_and_goes_down_with_each_question() -> None:
    """Other offers may come to the top after each answer."""
    tops = (["legal_form"], ["employees"], ["exporter", "event"], ["rnd_project"], ["headcount"])
    asked: list[str] = []
    told = []
    for missing in tops:
        found = next_fact([Open(1.0, missing)], VOCABULARY, asked, ())
        assert found is not None
        asked.append(found[0])
        told.append(found[1])
    assert told == [5, 4, 3, 2, 1]


@pytest.mark.parametrize("fact", [f for f in VOCABULARY.values() if f.usual], ids=lambda f: f.id)
def test_a_usual_answer_is_one_that_can_be_given(fact: Fact) -> None:
    options = {"true", "false"} if fact.kind == "bool" else {c.value for c in fact.choices}
    assert fact.usual in options


PER_MEASURE = [f.id for f in VOCABULARY.values() if f.per_measure]


def test_what_is_true_of_one_measure_is_marked_so() -> None:
    assert {"had_same_aid", "months_since_same_aid", "applies_in_time"} <= set(PER_MEASURE)


@pytest.mark.parametrize("fact", PER_MEASURE)
def test_what_is_true_of_one_measure_is_never_asked_of_the_firm(fact: str) -> None:
    assert _next(Open(1.0, [fact])) is None
    assert _next(Open(1.0, [fact, "legal_form"])) == "legal_form"


def test_what_is_said_of_one_measure_counts_for_that_one_alone() -> None:
    said = {"as_of": "2026-11-27", "facts": {"applies_in_time": False, "had_same_aid": True}}
    both = baken.match({**said, "only": ["winwinlening", "schaalklaar"]})
    assert [o.verdict for o in both.offers] == ["open", "open"]
    assert {m for o in both.offers for m in o.missing} >= {"applies_in_time", "had_same_aid"}
    assert sum("verschilt per maatregel" in n for n in both.notices) == 2
    for one in ("winwinlening", "schaalklaar"):
        alone = baken.match({**said, "only": [one]})
        assert [o.verdict for o in alone.offers] == ["excluded"]
        assert not any("verschilt per maatregel" in n for n in alone.notices)


def _employees(**facts: object) -> tuple[str | None, list[str]]:
    """Where at most nine employees may be, and what is told of heads."""
    query = {"as_of": "2026-11-27", "only": ["hinderpremie"], "facts": facts}
    answer = baken.match(query)
    few = next(r for r in answer.offers[0].reasons if r.condition == "heads")
    told = [n for n in answer.notices if "meer werknemers" in n]
    return {True: "met", False: "unmet", None: None}[few.met], told


def test_the_heads_that_were_given_bound_the_employees() -> None:
    assert _employees(headcount=2) == ("met", [])
    assert _employees(headcount="0..4") == ("met", [])
    assert _employees(headcount=8) == (None, [])  # who works half-time may count for a half
    assert _employees(headcount=60) == (None, [])  # owners and helpers work along
    assert _employees(headcount=60, employees="50..249") == ("unmet", [])


def test_who_names_more_employees_than_work_there_hears_so() -> None:
    assert _employees(headcount=2, employees="1..9") == ("met", [])
    said, told = _employees(headcount=2, employees="50..249")
    assert said == "unmet"
    assert "Kijk even na welk van de twee klopt" in told[0]


@pytest.mark.parametrize(
    ("facts", "need", "says"),
    [
        ({"nace": "01410"}, "", "in de landbouw hoogstens 50.000 euro over drie jaar"),
        ({}, "ik wil mijn melkveebedrijf beter beveiligen", "hoogstens 50.000 euro"),
        ({"sector": "visserij"}, "", "in de visserij hoogstens 30.000 euro over drie boekjaren"),
        ({"nace": "10711"}, "", "(hoogstens 300.000 euro over drie jaar)"),
        ({"activities": ["47.210", "01.410"]}, "", "(hoogstens 300.000 euro over drie jaar)"),
        ({"nace": "01610"}, "", "(hoogstens 300.000 euro over drie jaar)"),
        ({}, "", "(hoogstens 300.000 euro over drie jaar)"),
    ],
)
def test_the_ceiling_of_small_aid_is_that_of_the_firm_s_own_trade(
    facts: dict[str, object], need: str, says: str
) -> None:
    firm = read_firm(facts, need, DAY, "nl")
    assert says in question_text(VOCABULARY["de_minimis_room_left"], firm, DAY, "nl")
