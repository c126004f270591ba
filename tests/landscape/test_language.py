"""How the Dutch texts read, words that no dictionary knows, and figures that belong to nothing."""

from __future__ import annotations

import shutil
from decimal import Decimal

import pytest

from baken.kernel.errors import BakenError
from baken.landscape import language
from baken.landscape.language import hard_texts, misspelt, reading, syllables
from baken.landscape.tidy import figures, near_equal, stray_figures
from tests.landscape.records import instrument, organisation

EASY = "Je hebt een zaak. Je zoekt geld. Wij kijken met je mee. Bel ons en vertel wat je wil doen."
HARD = (
    "Ondernemingsfinancieringsmogelijkheden verondersteellen voorafgaandelijke "
    "haalbaarheidsonderzoeksverplichtingen overeenkomstig gemeenschapsrechtelijke "
    "staatssteunverordeningen betreffende innovatieondersteuningsinstrumenten binnen "
    "gewestelijke beleidsuitvoeringsagentschappen onverminderd."
)


@pytest.mark.parametrize(
    ("word", "count"), [("brood", 1), ("bakker", 2), ("lening", 2), ("onderneming", 4)]
)
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


def test_short_plain_sentences_read_easier_than_long_words() -> None:
    assert reading(EASY).level == "easy"
    assert reading(HARD).level == "hard"


def test_a_text_of_a_few_words_gets_no_figure() -> None:
    assert reading("Steun voor groene technologie.").ease is None


def test_a_very_long_sentence_is_told() -> None:
    (found,) = hard_texts([("x", " ".join(["woord"] * 30) + ".")])
    assert "30 words" in found.problem


@pytest.mark.skipif(shutil.which("hunspell") is None, reason="hunspell is installed by make test")
def test_a_word_that_no_dictionary_knows_is_named_with_its_place() -> None:
    texts = [("a", "Je krijgt sbsidie voor je zaak."), ("b", "Je krijgt steun van PMV.")]
    assert [f.problem for f in misspelt(texts, frozenset({"PMV"}))] == [
        "'sbsidie' is in no dictionary"
    ]


def test_without_the_dictionary_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language.shutil, "which", lambda name: None)
    with pytest.raises(BakenError, match="hunspell is not installed"):
        misspelt([], frozenset())


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Tot 7.500 euro per jaar.", ["7500"]),
        ("20 % of 37,5 procent", ["20", "37.5"]),
        ("€ 1.250.000 samen", ["1250000"]),
        ("1,5 miljoen euro", ["1500000"]),
        ("In 2024 waren er 40 zaken.", []),
    ],
)
def test_figures_of_a_text(text: str, values: list[str]) -> None:
    assert [value for value, _ in figures(text)] == [Decimal(v) for v in values]


def test_a_figure_in_words_must_be_one_of_the_record() -> None:
    summary = {"nl": "Je krijgt 20 % terug, tot 7.500 euro."}
    rate = {"name": "rate_pct", "value": "20", "unit": "pct", "source": 1}
    (found,) = stray_figures(instrument(summary=summary, parameters=[rate]))
    assert "7.500 euro" in found.problem
    most = {"name": "max_aid", "value": "7500", "unit": "EUR", "source": 1}
    assert not list(stray_figures(instrument(summary=summary, parameters=[rate, most])))


def test_nearly_the_same_record_is_told_once_unless_one_follows_the_other() -> None:
    def named(at: str, name: str, **more: object) -> object:
        return instrument(id=at, names={"nl": name}, summary={"nl": f"Voor {at}."}, **more)

    one, other = named("a", "Groene lening plus"), named("b", "Groene lening plus!")
    assert [f.path for f in near_equal([one, other])] == ["instrument/b, name"]
    follows = named("b", "Groene lening plus!", replaced_by=["a"])
    assert not near_equal([one, follows])
    assert not near_equal([one, organisation(id="b", names={"nl": "Groene lening plus"})])
