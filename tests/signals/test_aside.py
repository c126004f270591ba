"""What is set aside is told in the language of the page, and by a code to programs."""

from __future__ import annotations

import re
from datetime import date

import pytest

from baken.kernel.files import own_yaml
from baken.signals.aside import DATA, as_json, code_of, in_language
from baken.signals.read.paths import read_paths
from baken.signals.series import Rejected
from tests.signals.read.test_accounts import filing
from tests.signals.read.test_long_form import BAD
from tests.signals.read.test_set_aside import ASIDE

TEXTS = own_yaml(DATA)
SAID = [
    ("a quote is not closed", "een aanhalingsteken is niet gesloten", "quote_open"),
    ("line 3: a quote is not closed", "regel 3: een aanhalingsteken is niet gesloten",
     "quote_open"),
    ("'x' in 'omzet' is no number", "'x' in 'omzet' is geen getal", "no_number_in"),
    (
        "'x' is no number; expected one such as 1234.5",
        "'x' is geen getal; verwacht: een getal als 1234.5",
        "no_number",
    ),
    ("'2024-Q2' is no month, as the others are", "'2024-Q2' is van een andere soort periode dan de"
     " rest", "other_frequency"),
    ("what nobody wrote down", "what nobody wrote down", "other"),
    (
        "the accounts of 2025 stand in another file already",
        "de jaarrekening van 2025 staat al in een ander bestand",
        "filing_twice",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("why", "said", "code"), SAID)
def test_in_dutch(why: str, said: str, code: str) -> None:
    assert in_language(why, "nl") == said
    assert in_language(why, "en") == why
    assert code_of(why) == code
    assert as_json(Rejected("a.csv", 3, why)) == {
        "file": "a.csv", "line": 3, "why": why, "code": code,
    }  # fmt: skip


@pytest.mark.parametrize("code", TEXTS)
def test_each_sentence_keeps_its_holes(code: str) -> None:
    """A hole of another language is one of the English; each sentence is known as itself."""
    texts = TEXTS[code]
    english = set(re.findall(r"\{(\w+)\}", texts["en"]))
    assert set(texts) == {"en", "nl", "fr"}
    for lang in ("nl", "fr"):
        assert set(re.findall(r"\{(\w+)\}", texts[lang])) <= english
        assert texts[lang] != texts["en"]
    assert code_of(texts["en"].format(**dict.fromkeys(english, "7"))) == code


def test_all_that_readers_set_aside_has_words() -> None:
    files = [(f"{at}.csv", text.encode()) for at, (text, _, _) in enumerate(ASIDE.values())]
    files += [("long.csv", BAD.encode()), ("a.png", b"\x89PNG\r\n"), ("b.pdf", b"%PDF-1.4")]
    files += [("c.zip", b"PK\x03\x04 cut"), ("d.csv", b""), ("e.json", b"{}"), ("f.cod", b"\0\0")]
    found = read_paths(files, today=date(2026, 11, 26)).rejected
    assert len(found) > 40
    assert [r.why for r in found if code_of(r.why) == "other"] == []
    assert [r.why for r in found if in_language(r.why, "fr") == r.why] == []


BAD_ACCOUNTS = {
    "accounts_sides": filing("2024-12-31", {"20/58": 90}),
    "accounts_parts": filing("2024-12-31", {"10/15": 400}),
    "accounts_number": filing("2024-12-31", {"9087": "veel"}),
    "accounts_no_rubrics": b'{"EnterpriseName": "De Korst", "Rubrics": [], "ExerciseDates":'
    b' {"endDate": "2024-12-31"}}',
    "accounts_day": filing("gisteren", {}),
    "accounts_end": filing("2024-12-31", {}).replace(b"endDate", b"ended"),
}


@pytest.mark.parametrize("code", BAD_ACCOUNTS)
def test_annual_accounts_that_can_not_be_have_words(code: str) -> None:
    (refused,) = read_paths([("jaar.json", BAD_ACCOUNTS[code])], today=date(2026, 11, 26)).rejected
    assert code_of(refused.why) == code, refused.why
    assert {in_language(refused.why, lang) for lang in ("nl", "fr")}.isdisjoint({refused.why})
