"""The monthly letter: one story one paragraph, headline first, then step and door."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from baken.signals.letter import COLUMNS, write
from baken.signals.mail import message
from baken.signals.series import Rejected, Series
from baken.signals.watch import Watch, watch
from tests.signals.test_stories import LEAVES, one, series

DAY = date(2026, 1, 31)
DOOR = {"id": "unizo", "name": "UNIZO", "why": "leden"}


def match(query: dict[str, Any]) -> dict[str, Any]:
    """Match that always knows a door."""
    return {"route": {"id": "R2", "reasons": [DOOR]}, "offers": []}


def judged(*found: Series, **more: Any) -> Watch:
    return watch(found, per_firm=True, false_alarms=0.2, **more)


def paragraphs(text: str) -> list[str]:
    return [" ".join(block.split()) for block in text.split("\n\n")]


def test_one_story_is_one_paragraph() -> None:
    letter = write(judged(*LEAVES), DAY, "nl", match)
    told = [p for p in paragraphs(letter.text) if p[0].isdigit()]
    assert len(told) == 1
    (story,) = told
    assert story.startswith("1. Verkoop zakt sinds augustus 2025, met ongeveer ")
    for words in (
        "veranderde ook: ", "aantal facturen", "actieve klanten", "Van 100 gezonde zaken",
        "Kijk eerst: ", "Neem deze week contact op met UNIZO. https://",
    ):  # fmt: skip
        assert words in story, words
    assert story.index("Van 100") < story.index("Kijk eerst") < story.index("Neem deze week")


@pytest.mark.parametrize(
    ("lang", "subject", "until"),
    [
        ("nl", "Je cijfers: verkoop zakt sinds augustus 2025, met ongeveer ", "december 2025."),
        ("en", "Your figures: sales have been down since August 2025, by ", "December 2025."),
        ("fr", "Vos chiffres – ventes : en baisse depuis août 2025, d'environ ", "décembre 2025."),
    ],
)
def test_the_subject_tells_it_in_words(lang: str, subject: str, until: str) -> None:
    letter = write(judged(*LEAVES), DAY, lang)
    assert letter.subject.startswith(subject) and letter.subject.endswith(" %")
    assert paragraphs(letter.text)[1].endswith(until)
    assert "https://" not in letter.text


def test_firms_are_told_apart_and_counted_in_the_subject() -> None:
    firms = [series("sales", 100, 0.5, firm=f"zaak {f}", name="Verkoop") for f in "ab"]
    letter = write(judged(*firms), DAY)
    assert letter.subject.endswith(" (en nog 1 signaal)")
    assert [p[:16] for p in paragraphs(letter.text)[2:4]] == [
        "1. Zaak zaak a: ",
        "2. Zaak zaak b: ",
    ]


QUIET = "Je cijfers tot en met december 2025: niets bijzonders"


def test_nothing_is_wrong_is_a_letter_too() -> None:
    letter = write(judged(series("sales", 100, 1.0)), DAY)
    assert letter.subject == QUIET
    assert paragraphs(letter.text)[2:4] == [
        "We zien niets dat afwijkt.", "We keken naar 1 reeks cijfers.",
    ]  # fmt: skip


def test_too_few_figures_are_no_all_clear() -> None:
    few = series("sales", 100, 0.1, at=2)
    few = replace(few, periods=few.periods[:4], values=few.values[:4])
    letter = write(judged(few), DAY)
    assert letter.subject == "Je cijfers: nog te weinig om iets te zien"
    assert "We weten het nog niet: er zijn te weinig cijfers." in paragraphs(letter.text)


def test_beside_what_is_quiet_stands_of_what_nothing_can_be_said_yet() -> None:
    few = series("complaints", 5, 1.0)
    few = replace(few, periods=few.periods[:4], values=few.values[:4])
    letter = write(judged(series("sales", 100, 1.0), few), DAY)
    said = " ".join(letter.text.split())
    assert "In wat we kunnen volgen, wijkt niets af." in said and "We zien niets" not in said
    assert letter.subject.endswith(": niets bijzonders in wat we kunnen volgen")
    assert "kunnen we nog niets zeggen, want er zijn te weinig cijfers: complaints." in said


def test_what_lasts_is_no_all_clear() -> None:
    letter = write(judged(series("sales", 100, 0.5, at=24)), DAY)
    assert letter.subject.endswith("niets nieuws, maar niet alles is in orde")
    assert "Dit zagen we al langer, en het is nog zo: * " in " ".join(letter.text.split())
    assert "We zien niets dat afwijkt" not in letter.text


LONG = "Omzet van de afdeling voor maatwerk en herstellingen aan huis in de hele provincie"


@pytest.mark.parametrize("lang", ["nl", "en", "fr"])
@pytest.mark.parametrize("name", [LONG, "x" * 90, "twee\nregels", "É" * 30])
def test_it_is_plain_text_of_72_columns_whatever_things_are_called(name: str, lang: str) -> None:
    fell = one(series("omzet", 100, 0.5), name=name, id=name)
    letter = write(judged(fell), DAY, lang, match)
    for line in letter.text.splitlines():
        assert len(line) <= COLUMNS or name[1:] in line or "https://" in line, line
    sent = message(letter, "owner@example.org", "Baken <baken@firm.example>")
    assert sent.get_content_type() == "text/plain"
    assert sent["Message-ID"].endswith("@firm.example>")
    assert "\n" not in sent["Subject"] and " ".join(name.split()[:1])[1:] in sent["Subject"]
    assert sent.get_content().replace("\r", "") == letter.text


def test_figures_that_stopped_are_said_to_once_and_the_headline_stays_first() -> None:
    letter = write(judged(*LEAVES, as_of=date(2026, 9, 1)), date(2026, 9, 1))
    said = paragraphs(letter.text)
    assert said[2].startswith("Let op: na december 2025 kregen we geen cijfers.")
    assert said[3].startswith("1. Verkoop zakte sinds augustus 2025")
    assert letter.text.count("december 2025") == 2


def test_cash_is_told_as_it_was_and_as_it_is() -> None:
    out = series("money-out", 10_000, 1)
    empty = series("cash", 30_000, 0.05, at=33, name="Saldo", unit="EUR")
    letter = write(judged(empty, out), DAY)
    (story,) = (p for p in paragraphs(letter.text) if p.startswith("1."))
    assert re.match(r"1\. Saldo is 1\.\d+ euro in oktober 2025\. Dat is minder dan je in een week"
                    r" uitgeeft\. Nu is dat 1\.\d+ euro\. Kijk eerst: ", story)  # fmt: skip
    assert "Van 100" not in story


def test_arrears_are_one_story_with_each_in_it() -> None:
    lights = [
        {"kind": kind, "firm": "", "code": code, "at": "2025", "amount": amount, "before": 0.0,
         "unit": "EUR"}
        for kind, code, amount in (("overdue-tax", "9072", 12_500.0),
                                   ("overdue-social-security", "9076", 3_000.0))
    ]  # fmt: skip
    letter = write(judged(series("sales", 100, 1), lights=lights), DAY)
    (story,) = (p for p in paragraphs(letter.text) if p[0].isdigit())
    assert "12.500 euro" in story and "3.000 euro" in story and "Van 100" not in story
    assert letter.subject.startswith("Je cijfers: in je jaarrekening van 2025 stond 12.500 euro")


def test_where_nothing_could_be_read_all_is_not_quiet() -> None:
    aside = [Rejected("a.pdf", None, "this is a PDF"), Rejected("b.csv", None, "so", note=True)]
    letter = write(watch([], aside), DAY, questions=2)
    assert letter.subject == "Je cijfers: we konden niets lezen"
    said = paragraphs(letter.text)
    assert said[1].startswith("We konden deze keer geen cijfers lezen")
    assert said[2].startswith("Vragen over je bestanden die op een antwoord wachten: 2.")
    assert said[3].startswith("Bestanden of regels die we niet gebruikten: 1.")
    assert "We zien niets" not in letter.text
