"""Words are read alike, whoever asks at the same time."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

import baken
from baken.match import words
from baken.match.texts import say
from baken.registers import stems


@pytest.mark.parametrize(
    "stem", [words.stem.__wrapped__, stems.stem.__wrapped__], ids=["match", "registers"]
)
def test_threads_do_not_mix_their_words(stem: Callable[[str, str], str]) -> None:
    some = [
        f"{a}{b}{c}en" for a in "bdgk" for b in ("aa", "ee", "oo", "ij") for c in "rtlsmnp"
    ] * 20
    alone = [stem(word, "nl") for word in some]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda word: stem(word, "nl"), some)) == alone


def reasons(need: str) -> set[str]:
    """The words of a need that are told as reasons for offers."""
    answer = baken.match({"need": need, "as_of": "2026-11-26", "lang": "nl", "limit": 20})
    begin = say("why.words", "nl", words="").removesuffix(".")
    why = [w.removeprefix(begin) for o in answer.offers for w in o.why if w.startswith(begin)]
    return {word for line in why for word in line.removesuffix(".").split(", ")}


def test_a_word_that_says_something_is_a_reason() -> None:
    assert "supermarkt" in reasons("klanten lopen weg naar de supermarkt")


@pytest.mark.parametrize(
    ("need", "said"),
    [
        ("klanten lopen weg naar de supermarkt", {"weg", "lopen"}),
        ("klanten blijven weg", {"blijven", "weg"}),
        ("Ik vind geen personeel", {"vind"}),
        ("my people need to learn", {"people", "learn"}),
    ],
)
def test_a_word_that_says_nothing_is_never_a_reason(need: str, said: set[str]) -> None:
    assert not reasons(need) & said
