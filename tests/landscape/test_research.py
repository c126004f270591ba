"""Which measures ask for a class of research or innovation."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from baken.cli.app import app
from baken.landscape.catalogue import Catalogue, load_catalogue
from baken.landscape.research import asking_for
from baken.landscape.types import rule_types
from baken.rules import parse
from tests.landscape.records import instrument


def catalogue(rule=None, **changes):
    record = instrument(**changes)
    rules = {"c": parse(rule, rule_types())} if rule else {}
    return Catalogue("0", (record,), {(record.type, record.id): rules})


@pytest.mark.parametrize(
    ("gber", "found", "rule", "changes"),
    [
        ("experimental_development", True, None, {"tags": ["rd"]}),
        ("experimental_development", True, "rnd_project = true", {}),
        ("experimental_development", True, None, {"legal_basis": ["651/2014 art. 25"]}),
        ("experimental_development", False, None, {"tags": ["innovation"]}),
        ("experimental_development", False, None, {"legal_basis": ["651/2014 art. 29"]}),
        ("experimental_development", False, "rnd_class = 'industrial_research'", {"tags": ["rd"]}),
        ("industrial_research", True, "rnd_class = 'industrial_research'", {}),
        ("industrial_research", False, None, {"tags": ["rd"], "status": {"value": "closed"}}),
        ("process_innovation", True, None, {"legal_basis": ["651/2014 art. 29"]}),
        ("process_innovation", False, "rnd_project = true", {"tags": ["rd"]}),
        ("none", False, None, {"tags": ["rd"]}),
        (None, False, None, {"tags": ["rd"]}),
    ],
)
def test_a_measure_asks_for_a_class_by_condition_tag_or_legal_basis(gber, found, rule, changes):
    assert asking_for(catalogue(rule, **changes), gber) == (["proef"] if found else [])


def test_the_real_catalogue_has_measures_for_development():
    found = asking_for(load_catalogue(), "experimental_development")
    assert {"ontwikkelingsproject", "bv-vrijstelling-onderzoekers"} <= set(found)
    assert "winwinlening" not in found


def test_the_command_joins_them_on():
    activity = {"kind": "prototype", "goal": "use_existing_knowledge", "novel_to": "market"}
    run = CliRunner().invoke
    told = run(app, ["law", "delineate", "-", "--json"], input=json.dumps({"activity": activity}))
    answer = json.loads(told.output)
    assert answer["gber"] == "experimental_development"
    assert "ontwikkelingsproject" in answer["asked_by"]
