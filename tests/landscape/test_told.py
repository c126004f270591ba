"""What an owner reads of a record: own words first, else what conditions and figures say."""

from __future__ import annotations

from datetime import date

import pytest

from baken.landscape.catalogue import load_catalogue
from baken.landscape.told import PARTS, told

TODAY = date(2026, 11, 24)
NAMES = {"pmv": "PMV", "vlaio": "VLAIO", "fit": "FIT"}


def parts(offer: str, lang: str = "nl", as_of: date = TODAY, kind: str = "instrument"):
    (record,) = load_catalogue().find(offer, kind)
    return {p.name: [line.says for line in p.lines] for p in told(record, lang, as_of, NAMES)}


@pytest.mark.parametrize(
    ("offer", "lang", "part", "says"),
    [
        ("winwinlening", "nl", "you_get", "Een lening van hoogstens 300.000 euro"),
        ("winwinlening", "fr", "you_get", "Un prêt d'au plus 300\xa0000 euros"),
        ("winwinlening", "nl", "when", "PMV kijkt de akte na binnen een maand."),
        ("winwinlening", "en", "not_with", "75,000 euro per lender"),
        ("winwinlening", "nl", "call_first", "Begin bij PMV."),
        ("winwinlening", "nl", "doubt", "De nieuwste bron is van 2022"),
        ("ontwikkelingsproject", "nl", "you_get", "20 % extra voor micro of klein."),
        ("ontwikkelingsproject", "nl", "steps", "Vraag aan voor je begint of iets bestelt."),
        ("startlening", "en", "cost", "The interest is 3 %."),
        ("kmo-portefeuille-opleiding", "nl", "cost", "minstens 55 %"),
        ("schaalklaar", "nl", "steps", "Wacht op een oproep"),
        (
            "innovatieaftrek",
            "nl",
            "you_get",
            "85 % van je netto-inkomsten uit octrooien of eigen software mag je aftrekken",
        ),
        ("overbruggingsrecht", "nl", "doubt", "De cijfers die we vonden, gelden niet meer"),
    ],
)
def test_a_part_says_what_the_record_holds(offer: str, lang: str, part: str, says: str) -> None:
    assert any(says in line for line in parts(offer, lang)[part])


def test_what_is_for_another_than_the_firm_is_not_promised() -> None:
    assert "you_get" not in parts("tetra") or not any("92" in t for t in parts("tetra")["you_get"])
    assert not any("75.000" in t for t in parts("winwinlening")["you_get"])


def test_an_old_rate_is_told_of_its_own_time_only() -> None:
    then = parts("kmo-portefeuille-opleiding", as_of=date(2018, 5, 1))["you_get"]
    now = parts("kmo-portefeuille-opleiding")["you_get"]
    assert any(t.startswith("40 %") for t in then) and not any(t.startswith("40 %") for t in now)


@pytest.mark.parametrize("lang", ["nl", "en", "fr"])
def test_every_record_tells_what_it_is_for_whom_and_whom_to_ask(lang: str) -> None:
    for record in load_catalogue():
        found = told(record, lang, TODAY, NAMES)
        names = [p.name for p in found]
        assert {"what", "for_whom", "call_first"} <= set(names), record.id
        assert names == [n for n in PARTS if n in names]
        known = {s.n for s in record.sources}
        for line in (line for p in found for line in p.lines):
            assert line.says.strip() and set(line.sources) <= known
            assert not (lang != "nl" and record.type == "instrument" and line.lang == "nl"), (
                record.id,
                line.says,
            )


def test_a_figure_in_own_words_names_its_source() -> None:
    for record in load_catalogue():
        for said in record.texts.parts() if record.texts else []:
            assert said.sources, (record.id, said.nl)
