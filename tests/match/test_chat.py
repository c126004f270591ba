"""A greeting, a try or an insult is no need of a firm and no cry for help."""

from __future__ import annotations

import pytest

import baken
from baken.match.chat import is_chat

NOTHING_ASKED = [
    ("nl", "jullie zijn dom"),
    ("nl", "Gij zijt zot!"),
    ("nl", "hallo"),
    ("nl", "Dag, hoe gaat het?"),
    ("nl", "test"),
    ("nl", "dit is een test"),
    ("nl", "bedankt"),
    ("fr", "bonjour ça va"),
    ("fr", "Bonjour, comment allez-vous ?"),
    ("fr", "vous êtes nuls"),
    ("fr", "t'es bête"),
    ("fr", "test"),
    ("nl", "ik haat jullie"),
    ("nl", "Stomme idioten!"),
    ("nl", "val dood"),
    ("fr", "merde"),
    ("fr", "vous ne servez à rien"),
    ("fr", "bande d'idiots"),
    ("en", "hello"),
    ("en", "go to hell"),
    ("en", "you are stupid"),
    ("en", "You're all useless"),
    ("en", "how are you today"),
]


@pytest.mark.parametrize(("lang", "need"), NOTHING_ASKED)
def test_it_gets_the_page_of_no_need_and_nobody_who_listens(lang: str, need: str) -> None:
    answer = baken.match({"need": need, "lang": lang, "as_of": "2026-11-27"})
    assert answer.no_need
    assert answer.urgent is None
    assert answer.calls == []
    assert answer.offers == []


SAYS_SOMETHING = [
    "hallo, ik zoek personeel",
    "bonjour, je cherche un prêt",
    "jullie zijn mijn laatste hoop",
    "jullie zijn beter af zonder mij",
    "you are better off without me",
    "you are my last hope",
    "vous êtes mon dernier espoir",
    "vous êtes mieux sans moi",
    "onze machine testen",
    "mijn product testen",
    "testbank zoeken",
    "hoe gaat het verder met mijn zaak",
    "personne",
    "ik haat mijn leven",
    "ik haat",
    "jullie kunnen mij niet meer helpen",
    "mijn merk is shit",
]


@pytest.mark.parametrize("need", SAYS_SOMETHING)
def test_who_says_something_of_themselves_or_the_firm_is_read(need: str) -> None:
    assert not is_chat(need)


@pytest.mark.parametrize(
    "need", ["jullie zijn beter af zonder mij", "you are better off without me"]
)
def test_a_cry_that_begins_with_the_reader_is_still_one(need: str) -> None:
    assert baken.match({"need": need, "as_of": "2026-11-27"}).urgent
