"""Municipalities: by code, by name, old and new, well and badly spelled."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.kernel.errors import BakenError
from baken.registers import places
from baken.registers.place_search import (
    find,
    is_abroad,
    postal_code,
    province_meant,
    understood,
)
from baken.registers.places import Place
from baken.registers.text import fold, rows


def one(text: str) -> Place:
    found = find(text)
    assert isinstance(found, Place), found
    return found


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Gent", "Gent"),
        ("GAND", "Gent"),
        ("Ghent", "Gent"),
        ("9000", "Gent"),
        ("B-9000", "Gent"),
        ("9000 Gent", "Gent"),
        ("gent 9000", "Gent"),
        ("Gent, 9000", "Gent"),
        ("Gent B-9000", "Gent"),
        ("44021", "Gent"),
        ("Liège", "Luik"),
        ("liege", "Luik"),
        ("Ixelles", "Elsene"),
        ("St.-Niklaas", "Sint-Niklaas"),
        ("sint truiden", "Sint-Truiden"),
        ("Beersel (Vlaams-Brabant)", "Beersel"),
        ("Halle", "Halle"),
    ],
)
def test_a_municipality_of_today(text: str, name: str) -> None:
    found = one(text)
    assert (found.name, found.former, found.notice) == (name, False, "")


@pytest.mark.parametrize(
    ("text", "name", "province", "region"),
    [
        ("Gent", "Gent", "Oost-Vlaanderen", "vlaams-gewest"),
        ("Namur", "Namen", "Namen", "waals-gewest"),
        ("Eupen", "Eupen", "Luik", "waals-gewest"),
        ("1080", "Sint-Jans-Molenbeek", None, "brussels-hoofdstedelijk-gewest"),
    ],
)
def test_a_place_brings_its_province_and_region(
    text: str, name: str, province: str | None, region: str
) -> None:
    found = one(text)
    assert (found.name, found.province, found.region) == (name, province, region)


@pytest.mark.parametrize(
    ("text", "today"),
    [
        ("Merelbeke", "Merelbeke-Melle"),
        ("44043", "Merelbeke-Melle"),
        ("Zwijndrecht", "Beveren-Kruibeke-Zwijndrecht"),
        ("11056", "Beveren-Kruibeke-Zwijndrecht"),
        ("Borsbeek", "Antwerpen"),
        ("Gooik", "Pajottegem"),
        ("Nevele", "Deinze"),
        ("44011", "Deinze"),
        ("Overpelt", "Pelt"),
        ("Tongres", "Tongeren-Borgloon"),
        ("Bertogne", "Bastenaken"),
        ("54007", "Moeskroen"),
        ("Drongen", "Gent"),
        ("Loppem", "Zedelgem"),
        ("'s Gravenwezel", "Schilde"),
    ],
)
def test_a_former_municipality_or_part_leads_to_today(text: str, today: str) -> None:
    found = one(text)
    assert (found.name, found.former) == (today, True)
    assert found.notice


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Gendt", "Gent"),
        ("Antwerpn", "Antwerpen"),
        ("Brugges", "Brugge"),
        ("Kortrijck", "Kortrijk"),
        ("Sint Niklas", "Sint-Niklaas"),
        ("Roeselaere", "Roeselare"),
    ],
)
def test_a_typing_error_with_one_reading_is_taken_with_a_notice(text: str, name: str) -> None:
    found = one(text)
    assert found.name == name
    assert text in found.notice


@pytest.mark.parametrize(
    ("text", "near"), [("Gentbruge-Noord", "Gentbrugge"), ("Antwerpse haven", "Antwerpen")]
)
def test_what_is_further_away_is_an_error_with_near_names(text: str, near: str) -> None:
    with pytest.raises(BakenError) as error:
        find(text)
    assert near in error.value.near


@pytest.mark.parametrize("text", ["Amsterdam", "Atlantis", "Parijs"])
def test_a_place_that_nobody_knows_still_names_something(text: str) -> None:
    with pytest.raises(BakenError) as error:
        find(text)
    assert error.value.near


@pytest.mark.parametrize("text", ["", "  ", "0001", "99999", "\U0001f600"])
def test_nonsense_is_an_error(text: str) -> None:
    with pytest.raises(BakenError):
        find(text)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("1040", {"Brussel", "Etterbeek"}),
        ("1050", {"Brussel", "Elsene"}),
        ("Meldert", {"Hoegaarden", "Lummen", "Aalst"}),
        ("Muizen", {"Mechelen", "Gingelom"}),
    ],
)
def test_what_can_be_several_gives_candidates(text: str, names: set[str]) -> None:
    found = find(text)
    assert isinstance(found, list)
    assert {p.name for p in found} == names


def test_a_name_behind_the_postal_code_chooses() -> None:
    assert one("1040 Etterbeek").name == "Etterbeek"


def test_the_name_can_come_in_another_language() -> None:
    found = find("Gent", lang="fr")
    assert isinstance(found, Place) and found.name == "Gand"


def test_only_a_postal_code_is_a_postal_code() -> None:
    assert isinstance(postal_code("9850"), Place)
    with pytest.raises(BakenError):
        postal_code("Gent")


def test_there_are_565_municipalities_in_ten_provinces_and_three_regions() -> None:
    known = places.municipalities().values()
    assert len(known) == 565
    assert {p.province for p in known} == {*places.PROVINCES, None}
    assert {p.region for p in known} == set(places.REGIONS) - {"buitenland"}
    for place in known:
        if place.province is None:
            assert place.region == "brussels-hoofdstedelijk-gewest"
        else:
            assert places.region_of_province(place.province) == place.region


def test_every_municipality_is_found_by_each_of_its_names() -> None:
    for nis, place in places.municipalities().items():
        assert place.postal_codes
        for name in place.names.values():
            assert one(name).nis == nis


@given(st.sampled_from(sorted(places.by_postal_code())))
def test_every_postal_code_leads_to_a_municipality(code: str) -> None:
    found = find(code)
    for place in found if isinstance(found, list) else [found]:
        assert code in places.municipalities()[place.nis].postal_codes


@pytest.mark.parametrize("old", sorted(places.former()))
def test_every_former_municipality_leads_to_one_that_exists(old: str) -> None:
    assert old not in places.municipalities()
    assert places.today(old) in places.municipalities()
    assert one(old).former


def test_every_part_leads_to_a_municipality_of_its_postal_code() -> None:
    """Unless a municipality of today or of before a merger has that very name."""
    stronger = {fold(n) for p in places.municipalities().values() for n in p.names.values()}
    stronger |= {fold(nl) for nl, *_ in places.former().values()}
    for code, name in rows("hand/parts.csv"):
        if fold(name) not in stronger:
            found = find(name)
            found_nis = {p.nis for p in (found if isinstance(found, list) else [found])}
            assert found_nis & set(places.by_postal_code()[code]), (code, name)


@pytest.mark.parametrize(("name", "nis"), [tuple(r) for r in rows("hand/place_aliases.csv")])
def test_every_alias_leads_to_a_municipality(name: str, nis: str) -> None:
    assert one(name).nis == nis


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Vlaanderen", "vlaams-gewest"),
        ("VLAAMS-GEWEST", "vlaams-gewest"),
        ("Flandre", "vlaams-gewest"),
        ("Brussel", "brussels-hoofdstedelijk-gewest"),
        ("Bruxelles-Capitale", "brussels-hoofdstedelijk-gewest"),
        ("Wallonië", "waals-gewest"),
        ("Wallonie", "waals-gewest"),
        ("Nederland", "buitenland"),
    ],
)
def test_regions_in_three_languages(text: str, slug: str) -> None:
    assert places.normal_region(text) == slug
    assert places.normal_region(slug) == slug


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("oost-vlaanderen", "Oost-Vlaanderen"),
        ("Oost Vlaanderen", "Oost-Vlaanderen"),
        ("Oostvlaanderen", "Oost-Vlaanderen"),
        ("Flandre orientale", "Oost-Vlaanderen"),
        ("Province de Liège", "Luik"),
        ("Provincie Antwerpen", "Antwerpen"),
        ("Hainaut", "Henegouwen"),
        ("Flemish Brabant", "Vlaams-Brabant"),
    ],
)
def test_provinces_in_three_languages(text: str, name: str) -> None:
    assert places.normal_province(text) == name
    assert places.normal_province(name) == name


def test_an_unknown_province_or_region_names_near_ones() -> None:
    with pytest.raises(BakenError) as error:
        places.normal_province("Oost-Vlanderen")
    assert error.value.near == ["Oost-Vlaanderen"] or "Oost-Vlaanderen" in error.value.near
    with pytest.raises(BakenError, match="no province"):
        places.normal_province("Brussel")
    with pytest.raises(BakenError) as error:
        places.normal_region("Vlaandren")
    assert "vlaams-gewest" in error.value.near


ABROAD = [
    *("Rijsel", "rijsel", "Hulst", "Vlissingen", "Roosendaal", "Kassel", "Hambourg", "Asten"),
    *("Eijsden", "Breda", "Terneuzen", "Duinkerke", "Aken", "Bergen op Zoom", "Londen", "Trèves"),
    *("'s-Hertogenbosch", "4561 AB Hulst", "4530 Terneuzen"),
]
"""Towns abroad: the first lines are a letter or two from a name of Belgium, the last have a code
that is one of Belgium too."""


@pytest.mark.parametrize("text", ABROAD)
def test_a_town_abroad_is_no_typing_error_of_one_in_belgium(text: str) -> None:
    with pytest.raises(BakenError) as error:
        find(text)
    assert error.value.problem == f"no municipality '{text}' found"


HERE = [
    ("Lille", "Lille"),
    ("Essen", "Essen"),
    ("Weert", "Bornem"),
    ("Middelburg", "Maldegem"),
    ("Bergen", "Bergen"),
    ("Waterlo", "Waterloo"),
    ("Bredne", "Bredene"),
    ("Hulste", "Harelbeke"),
    ("Rijkel", "Tongeren-Borgloon"),
]


@pytest.mark.parametrize(("text", "name"), HERE)
def test_a_name_that_a_place_here_bears_or_is_meant_to_is_that_place(text: str, name: str) -> None:
    assert one(text).name == name


def test_no_town_of_the_list_abroad_has_a_name_of_belgium() -> None:
    listed = [name for _, names in rows("hand/foreign_places.csv") for name in names.split("|")]
    assert [name for name in listed if not is_abroad(name) or province_meant(name)] == []
    assert len({fold(name) for name in listed}) == len(listed)


NAMED = [("Antwerpn", "Antwerpen", "Anvers"), ("Bredne", "Bredene", "Bredene"), ("Audenarde",) * 3]
NAMED += [("9000",) * 3, ("Rijsel",) * 3, ("Limburg (Luik)",) * 3, ("nergenshuizen",) * 3]


@pytest.mark.parametrize(("text", "nl", "fr"), NAMED)
def test_a_place_that_is_guessed_is_told_by_its_own_name(text: str, nl: str, fr: str) -> None:
    assert (understood(text, "nl"), understood(text, "fr")) == (nl, fr)
