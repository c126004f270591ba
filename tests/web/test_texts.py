"""The three languages say the same things, and numbers and dates are written as people do."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from baken.facts.questions import choices_for
from baken.facts.vocabulary import load_vocabulary
from baken.web import words
from baken.web.texts import LANGS, catalogue, elided, items, page, plural

WEB = Path(words.__file__).parent


def shape(value: Any) -> Any:
    """What must be equal between languages: keys, lengths and the names to fill in."""
    if isinstance(value, dict):
        return {key: shape(v) for key, v in value.items()}
    if isinstance(value, list):
        return [shape(v) for v in value]
    return sorted({name for _, name, _, _ in Formatter().parse(str(value)) if name})


@pytest.mark.parametrize("lang", LANGS[1:])
def test_same_keys_and_same_names_to_fill_in(lang: str) -> None:
    expected, found = catalogue("nl"), catalogue(lang)
    assert set(found) == set(expected)
    for key, value in expected.items():
        if key.endswith((".one", ".other")):
            assert set(shape(found[key])) <= {"count"}
        else:
            assert shape(found[key]) == shape(value), key


@pytest.mark.parametrize("lang", LANGS[1:])
@pytest.mark.parametrize("name", ["about", "accessibility", "licences"])
def test_longer_pages_have_the_same_parts(lang: str, name: str) -> None:
    assert shape(page(lang, name)) == shape(page("nl", name))


ELIDED = [
    ("ce que {to} propose", "Innoviris", "ce qu'{to} propose"),
    ("Que {to} propose", "École", "Qu'{to} propose"),
    ("près de {to}", "Alost", "près d'{to}"),
    ("ce que {to} propose", "hub.brussels", "ce que {to} propose"),
    ("plus de {to}", "8", "plus de {to}"),
    ("la vue {to}", "Innoviris", "la vue {to}"),
    ("de {to}", "", "de {to}"),
]


@pytest.mark.parametrize(("says", "to", "expected"), ELIDED)
def test_french_drops_an_e_before_a_name_that_begins_with_a_vowel(
    says: str, to: str, expected: str
) -> None:
    assert elided(says, {"to": to}) == expected


@pytest.mark.parametrize("lang", LANGS)
def test_twelve_months_six_examples_three_steps(lang: str) -> None:
    lengths = [len(items(lang, k)) for k in ("months", "start.example_needs", "start.how")]
    assert lengths == [12, 6, 3]


@pytest.mark.parametrize(
    ("lang", "says"),
    [("nl", "Grootte: klein"), ("en", "Grootte: klein"), ("fr", "Grootte\u00a0: klein")],
)
def test_a_label_and_what_is_said_of_it(lang: str, says: str) -> None:
    assert words.told(lang, "Grootte", "klein") == says


@pytest.mark.parametrize(
    ("lang", "state", "as_of", "says"),
    [
        ("nl", "open", "2024-03-05", "Open (stand van 5 maart 2024)"),
        ("en", "open", "2019", "Open (as of 2019)"),
        ("fr", "closed", "2026-08", "Fermé (situation : août 2026)"),
        ("nl", "call", None, "Alleen tijdens een oproep (bron zonder datum)"),
        ("nl", "unknown", None, "Niet bekend of dit nu kan"),
        ("nl", "unknown", "2024-03-05", "Niet bekend of dit nu kan"),
    ],
)
def test_whether_it_can_be_had_stands_with_the_date_of_its_source(
    lang: str, state: str, as_of: str | None, says: str
) -> None:
    assert words.state(lang, state, as_of).replace("\u00a0", " ") == says


TO_THE_HELPER = "journey.plan.say_ask"
"""What an owner can say on the telephone, to somebody who is no friend."""


def test_an_owner_is_called_je() -> None:
    polite = re.compile(r"(?<![\w'’/.-])[Uu]w?(?![\w'’/-])")
    found = {key for key, says in catalogue("nl").items() if polite.search(str(says))}
    assert found == {TO_THE_HELPER}


def test_no_template_writes_a_colon_of_its_own() -> None:
    """French wants a space before it that does not break: ``{{ colon }}`` has it."""
    bare = re.compile(r"[}>]:(?=[ <]|$)", re.MULTILINE)
    files = [*WEB.rglob("templates/**/*.html")]
    assert len(files) > 50
    assert [f.name for f in files if bare.search(f.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    ("lang", "iso", "says"),
    [
        ("nl", "2026-11-24", "24 november 2026"),
        ("en", "2026-11", "November 2026"),
        ("fr", "2026-08-01", "1er août 2026"),
        ("nl", "2026", "2026"),
        ("nl", None, ""),
        ("nl", "binnenkort", "binnenkort"),
    ],
)
def test_dates(lang: str, iso: str | None, says: str) -> None:
    assert words.day(lang, iso).replace("\u00a0", " ") == says


@pytest.mark.parametrize(
    ("lang", "value", "unit", "says"),
    [
        ("nl", "7500", "EUR", "€ 7.500"),
        ("en", 1234567.5, "EUR", "€1,234,567.50"),
        ("fr", "7500.00", "EUR", "7 500 €"),
        ("nl", "12.50", "pct", "12,5 %"),
        ("nl", "1", "month", "1 maand"),
        ("nl", "36", "month", "36 maanden"),
        ("en", "1", "year", "1 year"),
        ("nl", "5", "kWh", "5 kWh"),
        ("nl", "5", "other", "5"),
        ("nl", "NaN", "pct", "NaN %"),
    ],
)
def test_measures(lang: str, value: object, unit: str, says: str) -> None:
    assert words.measure(lang, value, unit).replace("\u00a0", " ") == says


@pytest.mark.parametrize(
    ("lang", "count", "says"),
    [("nl", 1, "1 mogelijkheid"), ("nl", 0, "0 mogelijkheden"), ("fr", 0, "0 possibilité")],
)
def test_plurals(lang: str, count: int, says: str) -> None:
    assert plural(lang, "browse.count", count) == says


@pytest.mark.parametrize(
    ("lang", "fact", "value", "says"),
    [
        ("nl", "exporter", True, "Ja"),
        ("fr", "exporter", False, "Non"),
        ("nl", "municipality", "Aalst", "Aalst"),
        ("nl", "headcount", 1250, "1.250"),
        ("nl", "headcount", "12.5", "12,5"),
        ("en", "turnover", 2_000_000, "€2,000,000"),
        ("nl", "turnover", "1234..5678", "€ 1.234 tot € 5.678"),
        ("nl", "founded_on", "2020-02-01", "1 februari 2020"),
        ("nl", "founded_on", "1999-02-01..", "1 februari 1999 of meer"),
        ("nl", "establishments", ["Aalst", "Gent"], "Aalst, Gent"),
        ("nl", "no_such_fact", 5, "5"),
    ],
)
def test_values_of_facts(lang: str, fact: str, value: object, says: str) -> None:
    shown = words.value_label(lang, fact, value, date(2026, 11, 24))
    assert shown.replace("\u00a0", " ") == says


def test_an_answer_reads_as_its_button_did() -> None:
    as_of = date(2026, 11, 24)
    for fact in load_vocabulary().values():
        for choice in choices_for(fact, as_of, "nl") if fact.askable else ():
            if choice["value"] is not None:
                assert words.value_label("nl", fact.id, choice["value"], as_of) == choice["label"]
