"""Looking words up in a list: forms, compounds, typing errors; most words when not all."""

from __future__ import annotations

import pytest

from baken.match.lookup import Looked, Lookup

TEXTS = [
    ("Winwinlening", "lenen bij familie"),
    ("Startlening", "een lening voor starters; crédit pour débuter"),
    ("Subsidie voor opleiding", "je krijgt geld voor een cursus"),
    ("Energiescan", "een advies over je energie"),
    ("Factoring", "je verkoopt je factuur"),
    ("Energie en factuur", "lager met een scan van je energiefacturen, en hulp"),
]


def look(words: str, lang: str = "nl") -> Looked:
    return Lookup(TEXTS, lang).find(words)


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("subsidies opleidingen", ["Subsidie voor opleiding"]),
        ("leningen", ["Winwinlening", "Startlening"]),
        ("FAMILIE lenen", ["Winwinlening"]),
        ("crédits", ["Startlening"]),
        ("scan", ["Energiescan", "Energie en factuur"]),
        ("energiefactuur", ["Energie en factuur"]),
        ("ener", ["Energiescan", "Energie en factuur"]),
        ("opleding", ["Subsidie voor opleiding"]),
        ("een lening voor de starter", ["Startlening"]),
        ("hulp", ["Energie en factuur"]),
        ("xyzzy", []),
        ("!!!", []),
        ("in", []),
    ],
)
def test_what_holds_all_words_is_found(words: str, names: list[str]) -> None:
    found = look(words)
    assert [TEXTS[at][0] for at in sorted(found.places)] == names
    assert found.whole or not names


@pytest.mark.parametrize(
    ("words", "names", "held", "nowhere"),
    [
        ("lening familie raket", ["Winwinlening"], 2, ("raket",)),
        ("subsidie energiescan", ["Subsidie voor opleiding", "Energiescan"], 1, ()),
        ("raket komeet", [], 0, ("raket", "komeet")),
    ],
)
def test_where_no_text_holds_all_words_those_with_most_are_found(
    words: str, names: list[str], held: int, nowhere: tuple[str, ...]
) -> None:
    found = look(words)
    assert [TEXTS[at][0] for at in sorted(found.places)] == names
    assert (found.held, found.nowhere, found.whole) == (held, nowhere, False)


def test_a_mended_word_is_told() -> None:
    assert look("opleding").mended == {"opleding": "opleiding"}
    assert look("opleiding").mended == {}


def test_a_word_in_the_name_and_a_rare_word_tell_more() -> None:
    factuur = look("factuur").places
    assert factuur[5] > factuur[4]
    rare, common = look("familie raket").places, look("scan raket").places
    assert rare[0] > common[5]
