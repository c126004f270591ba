"""Finding a firm by what people remember of its name."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baken.kernel.errors import BakenError
from baken.registers.kbo_extract import search
from baken.registers.kbo_extract.names import shown, tokens
from baken.registers.kbo_extract.take import take

from .hand import address, enterprise, named, number, unit, write

NAMES = {
    1: "Bakkerij Vandersmissen",
    2: "De Smet & Zonen",
    3: "Brasserie de l'Étoile",
    4: "Garage Maximiliaan N.V.",
    5: 'Het "Gouden" Hoefijzer, Slagerij',
    6: "東京 Sushi",
    7: "Drukkerij Torfs",
    8: "Drukkerij Torfs",
    9: "Verhuizingen Pauwelyn-Dhondt",
    10: "B.V.B.A.",
    12: "Algemene Ondernemingen voor Wegenbouw en Riolering Qvist te Maldegem",
    11: "Shop \u1999\u19b0 New",
}


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("names")
    forty = dict.fromkeys(range(101, 141), "Immo Veertig")
    tables = {
        "enterprise": [
            enterprise(n, status="ST" if n == 7 else "AC", kind="1" if n == 9 else "2")
            for n in {**NAMES, **forty}
        ],
        "denomination": [
            *(named(number(n), name) for n, name in {**NAMES, **forty}.items()),
            named(number(1), "Boulangerie Vandersmissen", lang="0"),
            named(unit(4), "Bandencentrale Spoorweg", kind="003"),
        ],
        "establishment": [
            (unit(4), "01-01-2020", number(4)),
            (unit(8), "01-01-2020", number(8)),
            (unit(9), "", number(9)),
        ],
        "address": [
            address(number(7), "9000", "Gent"),
            address(number(8), "3500", "Hasselt"),
            address(unit(4), "9050", "Gentbrugge", kind="BAET"),
            address(unit(8), "8300", "Knokke-Heist", kind="BAET"),
            address(unit(9), "8500", "Kortrijk", kind="BAET"),
        ],
    }
    take(write(folder / "x", tables), folder / "kbo.sqlite")
    return folder / "kbo.sqlite"


@pytest.mark.parametrize(
    ("asked", "place", "found"),
    [
        ("bakkerij vandersmissen", None, 1),
        ("Vandersmissen Bakkerij", None, 1),
        ("bakkerij vandersmisen", None, 1),
        ("bakekrij vandersmissen", None, 1),
        ("vandersmi", None, 1),
        ("boulangerie vandersmissen", None, 1),
        ("traiteur vandersmissen", None, 1),
        ("desmet en zonen", None, 2),
        ("DE SMET & ZONEN BVBA", None, 2),
        ("brasserie de letoile", None, 3),
        ("Brasserie l'Etoile", None, 3),
        ("garage maximilian", None, 4),
        ("nv garage maximiliaan", None, 4),
        ("bandencentrale spoorweg", None, 4),
        ("bandencentrale", "Gent", 4),
        ("garage maximiliaan", "9000", 4),
        ("gouden hoefijzer", None, 5),
        ("東京", None, 6),
        ("drukkerij torfs", None, 8),
        ("drukkerij torfs", "Gent", 7),
        ("pauwelyn dhondt", "Kortrijk", 9),
        ("bvba", None, 10),
        ("qvist", None, 12),
        ("\u1999\u19b0", None, 11),
    ],
)
def test_what_is_typed_finds_the_firm_first(names: Path, asked, place, found) -> None:
    hits = search.find(names, asked, place).hits
    assert hits and hits[0].number == number(found)


@pytest.mark.parametrize(
    ("asked", "place"), [("zyxwvut", None), ("bakkerij vandersmissen", "Gent"), ("sushi", "Gent")]
)
def test_nothing_is_found_where_nothing_is_alike(names: Path, asked, place) -> None:
    found = search.find(names, asked, place)
    assert (found.hits, found.more) == ((), 0)


def test_of_forty_the_best_ten_are_shown_and_the_rest_counted(names: Path) -> None:
    found = search.find(names, "immo veertig")
    assert (len(found.hits), found.more, found.at_least) == (10, 30, False)


def test_a_hit_says_by_which_name_and_where(names: Path) -> None:
    (hit,) = search.find(names, "bandencentrale spoorweg").hits
    assert (hit.name, hit.matched) == ("Garage Maximiliaan N.V.", "Bandencentrale Spoorweg")
    assert (hit.postal_code, hit.municipality, hit.active) == ("9050", "Gentbrugge", True)
    for place, told in (
        (None, "Hasselt"),
        ("Hasselt", "Hasselt"),
        ("Knokke-Heist", "Knokke-Heist"),
    ):
        hit = search.find(names, "drukkerij torfs", place).hits[0]
        assert (hit.number, hit.municipality) == (number(8), told), "there, not at its seat"
    stopped = search.find(names, "drukkerij torfs", "Gent").hits[0]
    assert not stopped.active
    assert search.find(names, "pauwelyn").hits[0].natural


@pytest.mark.parametrize(
    ("asked", "place", "path"),
    [("", None, "name"), ("!?", None, "name"), ("...", None, "name"), ("x", "Qwertystad", "place")],
)
def test_a_question_that_can_not_be_asked_names_its_field(names: Path, asked, place, path) -> None:
    with pytest.raises(BakenError) as error:
        search.find(names, asked, place)
    assert error.value.path == path


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60))
def test_no_text_makes_a_look_up_fail(names: Path, text: str) -> None:
    try:
        search.find(names, text)
    except BakenError as e:
        assert e.path == "name"


@given(st.text(max_size=80))
def test_words_of_a_name_are_folded_once_and_for_all(text: str) -> None:
    words = tokens(text)
    assert tokens(" ".join(words)) == words
    assert all(w == w.strip() and w for w in words)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("N.V. 't Hof", "t hof"),
        ("J.P. Maes & Zn. bvba", "jp maes en zn"),
        ("A. Janssens", "a janssens"),
        ("Ets. Léon-Łódź (SPRL)", "ets leon lodz"),
        ("b.v. V.O.F.", "bv vof"),
        ("=cmd('x')", "cmd x"),
    ],
)
def test_the_words_of_a_name(name: str, words: str) -> None:
    assert " ".join(tokens(name)) == words


@given(st.text(max_size=80))
def test_a_shown_name_has_no_sign_that_can_not_be_seen(text: str) -> None:
    assert not set(shown(text)) & {"\u202e", "\n", "\t", "\x00", "\u200f", "\x1b"}
    assert shown(shown(text)) == shown(text)
