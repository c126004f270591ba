"""Activities by words: trades, typing errors, labels, and what the floors above ask."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.kernel.errors import BakenError
from baken.registers import nace, trades
from baken.registers.lookup import nace_element, place_facts, sector_element, sector_elements
from baken.registers.notices import speaking
from baken.registers.place_search import province_meant, unmistakable
from baken.registers.places import municipalities
from baken.registers.text import rows
from baken.registers.words import search_nace

TRADES = rows("hand/trades.csv")


@pytest.mark.parametrize(
    ("text", "some_2025", "some_2008"),
    [
        ("bakker", {"10712", "47241"}, {"10712", "47241"}),
        ("boulangerie", {"10712", "47241"}, {"10712"}),
        ("kapper", {"96210"}, {"96021"}),
        ("boetiek", {"47711", "47713"}, {"47711"}),
        ("boutique", {"47610", "47711", "47761"}, {"47610", "47711"}),
        ("boutique de fleurs", {"47761"}, {"47761"}),
        ("loodgieter", {"43221"}, {"43221"}),
        ("garage", {"95311"}, {"45201"}),
        ("schrijnwerkers", {"43320"}, {"43320"}),
        ("boer", {"01410", "01110"}, {"01410"}),
        ("café", {"56301"}, {"56301"}),
        ("IT-bedrijf", {"62100", "62200"}, {"62010", "62020"}),
        ("thuisverpleging", {"86940"}, {"86906"}),
        ("ik heb een kapsalon in Gent", {"96210"}, {"96021"}),
        ("webshop", {"47711"}, {"47910"}),
    ],
)
def test_a_trade_word_is_sure(text: str, some_2025: set[str], some_2008: set[str]) -> None:
    best = search_nace(text)[0]
    assert best.confidence == "sure"
    assert some_2025 <= best.codes_2025
    assert some_2008 <= best.codes_2008


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("bakkr", "10712"),
        ("dorpsbakkerij", "10712"),
        ("loodgietr", "43221"),
        ("drukkrij", "18120"),
        ("kledingwinkl", "47711"),
        ("advocaten", "69101"),
        ("vertaler en tolk jurist", "74301"),
    ],
)
def test_typing_errors_and_compounds_find_it_too(text: str, code: str) -> None:
    hits = search_nace(text)
    assert any(code in h.codes_2025 for h in hits[:2])


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("we bouwen machines", {"28"}),
        ("wij bouwen huizen", {"41", "42", "43"}),
        ("we bouwen een app", set()),
        ("mijn metaalwerkplaats", {"25"}),
    ],
)
def test_who_builds_is_told_by_what_is_built(text: str, codes: set[str]) -> None:
    sure = [h for h in search_nace(text) if h.confidence == "sure"]
    assert {code[:2] for h in sure for code in h.codes_2025} == codes


def test_a_typing_error_is_not_sure_and_says_how_it_was_read() -> None:
    new, _, confidence, notices = sector_element("bakkr")
    assert confidence == "likely"
    assert "10712" in new
    assert "bakker" in notices[0]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("kaas", "10510"),
        ("vervaardiging van bier", "11050"),
        ("fabrication de bière", "11050"),
        ("pijpleidingen", "49500"),
    ],
)
def test_labels_are_searched_as_well(text: str, code: str) -> None:
    assert any(code in h.codes_2025 for h in search_nace(text))


def test_hits_come_best_first() -> None:
    order = {"sure": 0, "likely": 1, "guess": 2}
    ranks = [(order[h.confidence], -h.score) for h in search_nace("onderhoud van liften")]
    assert ranks == sorted(ranks) and len(ranks) > 1


def test_two_trades_are_two_elements() -> None:
    first, second = sector_elements("bakker en café")
    assert "10712" in first[0].codes_2025 and "56301" not in first[0].codes_2025
    assert "56301" in second[0].codes_2025
    joined, _, confidence, _ = sector_element("bakker en café")
    assert joined == first[0].codes_2025 | second[0].codes_2025
    assert confidence == "sure"


def test_a_wide_trade_gives_way_to_a_narrow_one_but_its_form_of_sale_stays_possible() -> None:
    ((found, confidence),) = sector_elements("webshop in kleding")
    assert confidence == "sure"
    assert found.codes_2025 == set(nace.leaves("4771", "2025"))
    assert "47910" in found.codes_2008


@pytest.mark.parametrize("text", ["", "qsdfgh wxcvb", "\U0001f956", "en of de"])
def test_what_is_not_understood_is_none_with_a_notice(text: str) -> None:
    new, old, confidence, notices = sector_element(text)
    assert (new, old, confidence) == (frozenset(), frozenset(), "none")
    assert notices


@given(st.text(max_size=60))
def test_any_text_gives_an_answer(text: str) -> None:
    new, old, confidence, _ = sector_element(text)
    assert bool(new) == bool(old) == (confidence != "none")


@pytest.mark.parametrize("row", TRADES, ids=[r[0].split("|")[0] for r in TRADES])
def test_every_trade_leads_to_codes_of_both_versions(row: list[str]) -> None:
    for prefix in row[3].split():
        assert nace.leaves(nace.normalise(prefix), "2025"), prefix
    trade = trades.by_word()[trades.fold(row[0].split("|")[0])]
    assert trade.codes_2025 and trade.codes_2008


def test_no_word_stands_for_two_trades() -> None:
    seen: dict[str, str] = {}
    for nl, fr, en, codes, *_ in TRADES:
        for word in {trades.fold(w) for w in f"{nl}|{fr}|{en}".split("|")} - {""}:
            assert seen.setdefault(word, codes) == codes, word


def test_the_list_of_trades_is_long_enough_to_be_of_use() -> None:
    assert len(TRADES) >= 200


def test_a_place_gives_its_province_and_region() -> None:
    found = place_facts(municipality="Gent")
    assert found.nis == {"44021"}
    assert found.provinces == {"Oost-Vlaanderen"}
    assert found.regions == {"vlaams-gewest"}
    assert found.notices == ()


def test_candidates_stay_candidates_until_another_word_chooses() -> None:
    assert len(place_facts(municipality="Meldert").nis) == 3
    assert place_facts(municipality="Meldert", province="Limburg").provinces == {"Limburg"}
    assert place_facts(postal_code="1040", municipality="Etterbeek").nis == {"21005"}


@pytest.mark.parametrize(
    "coarser", [{"province": "Antwerpen"}, {"region": "Wallonie"}, {"postal_code": "2000"}]
)
def test_a_contradiction_is_a_notice_and_the_finer_word_holds(coarser: dict[str, str]) -> None:
    found = place_facts(municipality="Gent", **coarser)
    assert found.nis == {"44021"}
    assert any("past niet" in n for n in found.notices)


def test_a_province_or_region_alone() -> None:
    assert place_facts(province="Limbourg").regions == {"vlaams-gewest"}
    assert len(place_facts(region="Vlaanderen").provinces) == 5
    brussels = place_facts(region="Brussel")
    assert (brussels.provinces, brussels.outside) == (frozenset(), True)
    assert place_facts(region="buitenland").regions == {"buitenland"}
    clash = place_facts(province="Luik", region="vlaams-gewest")
    assert clash.regions == {"waals-gewest"} and clash.notices


def test_nothing_said_is_nothing_known() -> None:
    found = place_facts()
    assert not (found.nis or found.provinces or found.regions or found.notices)


def test_errors_name_the_field() -> None:
    with pytest.raises(BakenError) as error:
        place_facts(municipality="Atlantis")
    assert error.value.path == "municipality"
    with pytest.raises(BakenError) as error:
        nace_element("00.00", path="facts.nace")
    assert error.value.path == "facts.nace"


@pytest.mark.parametrize(
    ("lang", "says"),
    [("nl", "hoort bij"), ("en", "is part of"), ("fr", "fait partie de")],
)
def test_a_notice_speaks_the_language_of_the_reader(lang: str, says: str) -> None:
    with speaking(lang):
        assert says in place_facts(municipality="Sint-Amandsberg").notices[0]


@pytest.mark.parametrize(
    ("said", "province"),
    [
        ({"municipality": "Limburg"}, "Limburg"),
        ({"municipality": "Limbourg"}, "Limburg"),
        ({"municipality": "Limburg", "postal_code": "3500"}, "Limburg"),
        ({"municipality": "West-Vlaanderen"}, "West-Vlaanderen"),
        ({"municipality": "Flandre occidentale"}, "West-Vlaanderen"),
        ({"municipality": "East Flanders"}, "Oost-Vlaanderen"),
        ({"municipality": "provincie Namen"}, "Namen"),
        ({"municipality": "Limburg", "postal_code": "4830"}, "Luik"),
        ({"municipality": "Limburg", "region": "waals-gewest"}, "Luik"),
        ({"municipality": "Limburg (Luik)"}, "Luik"),
        ({"municipality": "4830 Limburg"}, "Luik"),
    ],
)
def test_a_province_named_as_the_place_is_the_province(said: dict[str, str], province: str) -> None:
    assert place_facts(**said).provinces == {province}


def test_who_is_in_the_town_that_is_named_like_a_province_is_told_how_to_say_so() -> None:
    assert "geef dan haar postcode" in place_facts(municipality="Limburg").notices[0]
    assert place_facts(municipality="West-Vlaanderen").notices == ()


def test_only_limburg_is_a_province_and_a_town_in_another_one() -> None:
    apart = [p.nis for p in municipalities().values() if province_meant(p.name)]
    assert apart == ["63046"]
    assert place_facts(municipality=unmistakable(municipalities()["63046"])).nis == {"63046"}
    assert place_facts(municipality="Luik").nis == {"62063"}
