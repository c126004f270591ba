"""NACE-BEL: codes and labels of 2025 and 2008, and the bridge between them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.kernel.errors import BakenError
from baken.registers import nace
from baken.registers.bridge import bridge, element

BOTH = [(v, c) for v in nace.VERSIONS for c in nace.leaf_codes(v)]
OTHER = {"2025": "2008", "2008": "2025"}


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("10", "10"),
        ("10.71", "1071"),
        ("1071", "1071"),
        ("10.712", "10712"),
        (" 10.71-2 ", "10712"),
        ("NACE 47.24", "4724"),
        ("NACE-BEL 47.241", "47241"),
    ],
)
def test_a_code_is_taken_with_and_without_points(text: str, digits: str) -> None:
    assert nace.normalise(text) == digits


@pytest.mark.parametrize("text", ["", "1", "107121", "C", "bakker", "10,71", "१०"])
def test_what_is_no_code_is_an_error(text: str) -> None:
    with pytest.raises(BakenError):
        nace.normalise(text)


@given(st.sampled_from(BOTH))
def test_normalising_twice_is_normalising_once(entry: tuple[str, str]) -> None:
    once = nace.normalise(nace.dotted(entry[1]))
    assert once == entry[1]
    assert nace.normalise(once) == once


def test_a_code_that_means_two_things_is_returned_twice_and_flagged() -> None:
    new, old = nace.lookup("25.62")
    assert (new.version, new.nl) == ("2025", "Vervaardiging van hang- en sluitwerk")
    assert (old.version, old.nl) == ("2008", "Verspanend bewerken van metalen")
    assert new.differs and old.differs


def test_a_code_that_kept_its_meaning_is_not_flagged() -> None:
    assert [(c.version, c.differs) for c in nace.lookup("10.71")] == [
        ("2025", False),
        ("2008", False),
    ]


def test_labels_come_in_four_languages() -> None:
    (code,) = nace.lookup("10712", "2025")
    assert code.label("nl").startswith("Ambachtelijke vervaardiging van brood")
    assert "pain" in code.label("fr")
    assert code.label("en") and code.label("de")
    assert code.dotted == "10.712"


def test_2003_can_be_looked_up_but_has_no_bridge() -> None:
    (code,) = nace.lookup("15.812", "2003")
    assert code.nl
    with pytest.raises(BakenError):
        element("15.812", "2003")


def test_an_unknown_code_names_near_ones() -> None:
    with pytest.raises(BakenError) as error:
        nace.lookup("10.79")
    assert "10.71" in error.value.near


@pytest.mark.parametrize(
    ("code", "version", "letter"),
    [
        ("62010", "2008", "J"),
        ("62100", "2025", "K"),
        ("45113", "2008", "G"),
        ("96210", "2025", "T"),
        ("10", "2025", "C"),
        ("99000", "2025", "V"),
        ("99000", "2008", "U"),
    ],
)
def test_sections_are_letters_of_their_own_version(code: str, version: str, letter: str) -> None:
    assert nace.section(code, version) == letter


def test_every_code_has_a_section_parents_and_two_labels() -> None:
    for version, code in BOTH:
        assert nace.section(code, version) in nace.sections(version)
        assert nace.parents(code, version)[-1] == code[:2]
        (found,) = nace.lookup(code, version)
        assert found.nl and found.fr


def test_a_prefix_opens_into_its_codes() -> None:
    assert nace.leaves("1071", "2025") == ("10711", "10712")
    assert nace.children("107", "2025") == ("1071", "1072", "1073")
    assert set(nace.leaves("10", "2025")) >= set(nace.leaves("107", "2025"))
    assert nace.leaves("9999", "2025") == ()


@pytest.mark.parametrize(
    ("code", "old", "new", "kind", "codes"),
    [
        ("10712", "2008", "2025", "sure", {"10712"}),
        ("25620", "2008", "2025", "sure", {"25530"}),
        ("25620", "2025", "2008", "sure", {"25720"}),
        ("96021", "2008", "2025", "sure", {"96210"}),
        ("62010", "2008", "2025", "sure", {"62100"}),
        ("47241", "2008", "2025", "sure", {"47241"}),
        ("47241", "2025", "2008", "sure", {"47241"}),
        ("68100", "2008", "2025", "sure", {"68110"}),
        ("35120", "2008", "2025", "sure", {"35130"}),
        ("43211", "2008", "2025", "candidates", {"43211", "43213", "43214"}),
        ("56102", "2008", "2025", "candidates", {"56112", "56120"}),
        ("74300", "2008", "2025", "candidates", {"74301", "74302"}),
        ("47110", "2025", "2008", "candidates", {"47111", "47112", "47113", "47114", "47115"}),
        ("86940", "2025", "2008", "candidates", {"86906", "86907"}),
    ],
)
def test_the_bridge(code: str, old: str, new: str, kind: str, codes: set[str]) -> None:
    found = bridge(code, old, new)
    assert (found.kind, set(found.codes)) == (kind, codes)
    assert found.why


def test_every_code_has_a_bridge_to_codes_that_exist() -> None:
    known = {v: set(nace.leaf_codes(v)) for v in nace.VERSIONS}
    for version, code in BOTH:
        found = bridge(code, version, OTHER[version])
        assert found.codes, code
        assert set(found.codes) <= known[OTHER[version]], code
        assert len(found.codes) == 1 or found.kind == "candidates", code


def test_what_is_sure_there_leads_back() -> None:
    for version, code in BOTH:
        found = bridge(code, version, OTHER[version])
        if found.kind == "sure":
            assert code in bridge(found.codes[0], OTHER[version], version).codes


def test_nothing_is_left_that_nobody_looked_at() -> None:
    unchecked = [e for e in BOTH if "niet nagekeken" in bridge(e[1], e[0], OTHER[e[0]]).why]
    assert unchecked == []


def test_the_forms_of_sale_of_2008_stay_open() -> None:
    internet = bridge("47910", "2008", "2025")
    assert internet.kind == "candidates"
    assert {"47711", "47241"} <= set(internet.codes)


def test_a_bridge_of_a_prefix_joins_its_codes() -> None:
    found = bridge("45.2", "2008", "2025")
    assert found.kind == "candidates"
    assert {"95311", "95314"} <= set(found.codes)
    assert bridge("96.021", "2008", "2025") == bridge("96021", "2008", "2025")
    assert bridge("1071", "2025", "2025").codes == ("10711", "10712")


@pytest.mark.parametrize(("code", "version"), [("1071", "2003"), ("9", "2008"), ("45113", "2025")])
def test_a_bridge_needs_a_code_and_a_version_that_exist(code: str, version: str) -> None:
    with pytest.raises(BakenError):
        bridge(code, version, "2008")


def test_an_element_holds_the_candidates_of_both_versions() -> None:
    found = element("62010", "2008")
    assert found.codes_2025 == {"62100"}
    assert found.codes_2008 == {"62010"}
    assert found.notices == ()


def test_an_element_without_version_tries_both_meanings_and_says_so() -> None:
    found = element("25.62")
    assert found.codes_2025 == {"25530", "25620"}
    assert found.codes_2008 == {"25620", "25720"}
    assert len(found.notices) == 1 and "beide" in found.notices[0]


def test_an_element_of_one_version_says_when_the_other_is_open() -> None:
    found = element("74300", "2008")
    assert found.codes_2025 == {"74301", "74302"}
    assert "74.301" in found.notices[0]


@given(st.sampled_from(sorted({c for v in nace.VERSIONS for c in nace.table(v) if c.isdigit()})))
def test_an_element_is_never_empty_in_either_version(code: str) -> None:
    found = element(code)
    assert found.codes_2025 and found.codes_2008


@pytest.mark.parametrize(
    ("text", "lang", "words"),
    [
        ("62010", "nl", "Ontwerpen en programmeren van computerprogramma's (NACE 62.010)"),
        ("62.010", "en", "Computer programming activities (NACE 62.010)"),
        ("NACE 62010", "fr", "Programmation informatique (NACE 62.010)"),
        ("88", "en", "Social work activities without accommodation (NACE 88)"),
        ("bakker", "nl", "bakker"),
        ("99999", "nl", "99999"),
        ("", "nl", ""),
    ],
)  # fmt: skip
def test_a_bare_code_is_told_with_its_label(text: str, lang: str, words: str) -> None:
    assert nace.in_words(text, lang) == words


def test_a_code_that_means_two_things_is_told_with_both() -> None:
    words = nace.in_words("25.62")
    assert "(NACE-BEL 2025 25.62)" in words
    assert "(NACE-BEL 2008 25.62)" in words
