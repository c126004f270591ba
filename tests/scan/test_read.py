"""A scan as it is handed in: what is read, and what is refused with its place."""

from __future__ import annotations

from datetime import date

import pytest

from baken.kernel.documents import decode_document
from baken.kernel.errors import BakenError
from baken.scan.read import read_scan

TODAY = date(2026, 11, 26)


def read(text: str):
    document = decode_document(text.encode(), "scan.yaml")
    return read_scan(document.value, document, TODAY)


def test_a_whole_scan():
    scan, lang = read(
        """
        need: N12
        answers: {posture.trigger: had_to, customers.asked: never, customers.lost: unknown}
        facts: {employees: 0, climate_plan: ja}
        as_of: 2026-05-01
        lang: fr
        """
    )
    assert (scan.need, scan.about, lang) == ("N12", "customers_market", "fr")
    assert scan.as_of == date(2026, 5, 1)
    assert scan.answers["customers.lost"] == "unknown"
    assert dict(scan.facts) == {"employees": 0, "climate_plan": True}


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("{}", None),
        ("need: N01", None),
        ("domain: energy_material", "energy_material"),
        ("{need: N11, domain: energy_material}", "energy_material"),
        ("{need: N02, domain: money_continuity}", "money_continuity"),
        ("answers: {energy.waste: never}", "energy_material"),
        ("{need: N01, answers: {energy.waste: never, posture.trigger: had_to}}", "energy_material"),
        ("{need: N12, answers: {energy.waste: never}}", "customers_market"),
        ("answers: {posture.trigger: had_to}", None),
    ],
)
def test_what_a_scan_is_about(text, about):
    scan, _ = read(text)
    assert scan.about == about
    assert scan.as_of == TODAY


def test_an_answer_that_holds_nothing_was_not_given():
    assert read("answers: {energy.waste: null}")[0].answers == {}


@pytest.mark.parametrize(
    ("text", "path", "problem", "expected"),
    [
        ("[1]", "line 1", "this is no scan", "a mapping"),
        ("answers: [never]", "line 1, answers", "can't be used", "a mapping"),
        ("anwsers: {}", "line 1, anwsers", "no such field", "answers"),
        ("answers:\n  energy.wast: never", "line 2, answers.energy.wast", "no such question",
         "baken scan items"),
        ("answers:\n  energy.waste: sometimes", "line 2, answers.energy.waste",
         "'sometimes' is no answer", "never, longer_ago, past_year, past_month, unknown"),
        ("answers: {energy.waste: 3}", "answers.energy.waste", "'3' is no answer", "never"),
        ("answers: {energy.waste: true}", "answers.energy.waste", "'True' is no answer", "never"),
        ("answers: {energy.waste: [never]}", "answers.energy.waste", "is no answer", "never"),
        ("need: N15", "need", "'N15' is no need", "N14"),
        ("need: 12", "need", "is no text", "a text"),
        ("domain: energy", "domain", "'energy' is no domain", "energy_material"),
        ("{need: N12, domain: energy_material}", "domain", "points to customers_market",
         "customers_market"),
        ("answers: {energy.waste: never, money.profit: never}", "domain",
         "about energy_material and money_continuity", "the domain"),
        ("facts: {climate_plam: true}", "facts.climate_plam", "no such fact", "baken facts"),
        ("facts: {climate_plan: perhaps}", "facts.climate_plan", "can't be used", "true or false"),
        ("facts: {employees: -2}", "facts.employees", "can't be used", "nought or more"),
        ("as_of: 2026-02-30", "as_of", "is no day", "YYYY-MM-DD"),
        ("as_of: 20260230", "as_of", "is no day", "YYYY-MM-DD"),
        ("answers: {1: never}", "answers", "is no text", "a text"),
        ("facts: {1: 2}", "facts", "is no text", "a text"),
        ("lang: de", "lang", "'de' is not known", "'nl', 'en' or 'fr'"),
    ],
)  # fmt: skip
def test_bad_input_is_refused_with_its_place_and_how_to_mend_it(text, path, problem, expected):
    with pytest.raises(BakenError) as told:
        read(text)
    assert path in told.value.path
    assert problem in told.value.problem
    assert expected in told.value.expected


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("answers: {energy.wast: never}", "energy.waste"),
        ("domain: energy_materials", "energy_material"),
        ("facts: {climate_plam: true}", "climate_plan"),
    ],
)
def test_near_names_are_told(text, near):
    with pytest.raises(BakenError) as told:
        read(text)
    assert near in told.value.near


def test_a_scan_without_a_day_needs_one_from_outside():
    with pytest.raises(BakenError, match="as_of"):
        read_scan({"answers": {}})
