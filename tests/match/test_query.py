"""What can be asked, what can't, and the shapes of query, answer and error."""

from __future__ import annotations

import json

import jsonschema
import pytest

from baken.kernel.errors import BakenError
from baken.match.model import read_query, schemas
from tests.match.asked import DAY, OVEN, ask


@pytest.mark.parametrize(
    ("query", "path"),
    [
        ([], ""),
        ("tekst", ""),
        ({"need": ""}, "need"),
        ({"need": 5}, "need"),
        ({"need": "x" * 50_000}, "need"),
        ({"need": "\ud800"}, "need"),
        ({"need": "x", "lang": "de"}, "lang"),
        ({"need": "x", "facts": []}, "facts"),
        ({"need": "x", "limit": 0}, "limit"),
        ({"need": "x", "limit": True}, "limit"),
        ({"need": "x", "only": "a"}, "only"),
        ({"need": "x", "asked": [1]}, "asked"),
        ({"need": "x", "as_of": "2026-02-30"}, "as_of"),
        ({"need": "x", "as_of": 2026}, "as_of"),
        ({"need": "x", "as_of": "1066-01-01"}, "as_of"),
        ({"need": "x", "ned": "y"}, "ned"),
        ({"need": "x"}, "as_of"),
    ],
)
def test_a_wrong_query_names_its_field(query, path):
    with pytest.raises(BakenError) as e:
        read_query({"as_of": DAY} | query if isinstance(query, dict) and path != "as_of" else query)
    assert e.value.path == path
    assert e.value.expected


@pytest.mark.parametrize(
    ("facts", "path"),
    [
        ({"municipality": "Qwertystad"}, "facts.municipality"),
        ({"municipality": True}, "facts.municipality"),
        ({"postal_code": "0001"}, "facts.postal_code"),
        ({"province": "Mordor"}, "facts.province"),
        ({"establishments": 5}, "facts.establishments"),
        ({"establishments": ["Qwertystad"]}, "facts.establishments.0"),
        ({"establishments": [{"kleur": "rood"}]}, "facts.establishments.0"),
        ({"establishments": [{"region": "Mordor"}]}, "facts.establishments.0.region"),
        ({"nace": "99.99"}, "facts.nace"),
        ({"nace": []}, "facts.nace"),
        ({"nace": "10", "nace_version": "1999"}, "facts.nace_version"),
        ({"activities": 5}, "facts.activities"),
        ({"sector": 5}, "facts.sector"),
        ({"legal_form": "hobby"}, "facts.legal_form"),
        ({"kbo": "123"}, "facts.kbo"),
        ({"founded_on": "2030-01-01"}, "facts.founded_on"),
        ({"hedcount": 1}, "facts.hedcount"),
    ],
)
def test_a_fact_that_cannot_be_names_its_field(facts, path):
    with pytest.raises(BakenError) as e:
        ask(facts=facts)
    assert e.value.path == path


@pytest.mark.parametrize(
    "facts",
    [
        {"establishments": ["9000", {"municipality": "Hasselt"}, "Limburg", "buitenland"]},
        {"activities": ["10.71", "47.24"], "nace_version": "2008"},
        {"province": "Brussel"},
        {"seat_municipality": "Gent", "project_province": "Limburg"},
        {"legal_form": "BVBA", "joint_committee": "PC 200"},
    ],
)
def test_facts_may_be_said_in_many_ways(facts):
    assert ask(facts=facts).offers


def test_the_schemas_hold_for_query_answer_and_error():
    known = schemas()
    assert known["query"]["properties"]["need"]["maxLength"] == 20_000
    jsonschema.validate({"need": OVEN, "as_of": DAY, "facts": {"size": "micro"}}, known["query"])
    answer = json.loads(json.dumps(ask(id=7).as_json()))
    jsonschema.validate(answer, known["answer"])
    assert answer["id"] == 7
    jsonschema.validate({"error": BakenError("a", "b").as_json()}, known["error"])
