"""Who weighs a condition, and why no rule can hold it, is told in each language."""

from __future__ import annotations

import pytest

from baken.landscape.catalogue import load_catalogue
from baken.match.reasons import explained
from tests.match.asked import ask

SAID = {
    told
    for record in load_catalogue()
    for condition in record.conditions
    if (told := condition.judged or condition.text)
}


def test_what_records_say_of_who_weighs_stands_in_english_and_french() -> None:
    assert SAID - explained().keys() == set()
    lacking = [nl for nl, told in explained().items() if not (told["en"] and told["fr"])]
    assert lacking == []


def test_nothing_is_translated_that_no_record_says() -> None:
    assert explained().keys() - SAID == set()


def test_each_ends_as_the_dutch_does() -> None:
    ends = [
        (nl, lang)
        for nl, told in explained().items()
        for lang in ("en", "fr")
        if nl.endswith(".") != told[lang].endswith(".")
    ]
    assert ends == []


@pytest.mark.parametrize(
    ("lang", "need", "words"),
    [
        ("nl", "ik kan mijn facturen niet meer betalen", "(De rechtbank weegt"),
        ("en", "I cannot pay my bills any more", "(The court"),
        ("fr", "je ne peux plus payer mes factures", "(Le tribunal"),
    ],
)
def test_who_weighs_is_told_beside_the_condition(lang: str, need: str, words: str) -> None:
    (offer,) = ask(need, lang=lang, only=["gerechtelijke-reorganisatie"]).offers
    assert any(words in r.says for r in offer.reasons if r.unknown_because == "judged")
