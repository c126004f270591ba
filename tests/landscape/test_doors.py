"""Doors by municipality: who is there for its firms first, who merely sits there after."""

from __future__ import annotations

from datetime import date

import pytest

from baken.landscape.catalogue import load_catalogue
from baken.landscape.doors import count_in, counts, doors_at, usable
from baken.registers.areas import area_map
from baken.registers.places import municipalities
from tests.landscape.records import instrument, organisation

TODAY = date(2026, 11, 25)
HASSELT = municipalities()["71072"]
FLANDERS = {"regions": ["vlaams-gewest"]}


ANTWERP = {"provinces": ["Antwerpen"]}
LIMBURG = {"regions": ["vlaams-gewest"], "provinces": ["Limburg"]}
TOWN = {"regions": ["vlaams-gewest"], "municipalities": ["Hasselt"]}


@pytest.mark.parametrize(
    ("record", "part"),
    [
        (organisation(area=TOWN, places=["Hasselt"]), "town"),
        (instrument(area=TOWN), "town"),
        (organisation(area=LIMBURG), "province"),
        (organisation(area=LIMBURG, places=["Hasselt"]), "province"),
        (organisation(area=LIMBURG, roles=["safety_net"]), "province"),
        (organisation(area=FLANDERS, places=["Genk"], reach="province"), "province"),
        (organisation(area=FLANDERS, places=["Gent"]), "region"),
        (organisation(area=FLANDERS, places=["Hasselt"]), "region"),
        (organisation(area={}, roles=["network", "door"]), "region"),
        (organisation(area=FLANDERS, places=["Hasselt"], roles=["expert"]), "here"),
        (organisation(area=LIMBURG, places=["Hasselt"], roles=["expert"]), "here"),
        (organisation(area=ANTWERP, places=["Hasselt"]), "here"),
        (organisation(area=FLANDERS, places=["Diepenbeek"], roles=["expert"]), "near"),
        (organisation(area=ANTWERP, places=["Diepenbeek"]), "near"),
        (organisation(area=FLANDERS, places=["Genk"], roles=["expert"]), "around"),
        (organisation(area=LIMBURG, roles=["network"]), "around"),
        (instrument(area=LIMBURG), "around"),
        (organisation(area=FLANDERS, roles=["expert"]), None),
        (instrument(area=FLANDERS), None),
        (instrument(area={"municipalities": ["Gent"]}), None),
    ],
)
def test_who_is_there_for_hasselt_comes_first_and_who_merely_sits_there_after(record, part) -> None:
    found = doors_at([record], HASSELT, TODAY)
    assert [name for name, listed in vars(found).items() if listed] == ([part] if part else [])


@pytest.mark.parametrize("name", [p.name for p in municipalities().values() if not p.province])
def test_who_works_for_flanders_only_is_no_first_door_in_brussels(name: str) -> None:
    place = next(p for p in municipalities().values() if p.name == name)
    found = doors_at(load_catalogue().records, place, TODAY)
    assert found.region and not found.province and not found.around
    for record in (*found.town, *found.region):
        assert "brussels-hoofdstedelijk-gewest" in record.area.regions, record.id


def test_who_is_for_every_question_and_works_for_few_and_near_stands_first() -> None:
    belgium = {"regions": ["vlaams-gewest", "waals-gewest"]}
    order = [
        organisation(id="any-question", names={"nl": "Z"}, needs=["N01"], area=belgium),
        organisation(id="office-here", names={"nl": "Y"}, area=FLANDERS, places=["Hasselt"]),
        organisation(id="office-near", names={"nl": "X"}, area=FLANDERS, places=["Diepenbeek"]),
        organisation(id="flanders", names={"nl": "W"}, area=FLANDERS),
        organisation(id="belgium", names={"nl": "V"}, area=belgium),
        organisation(id="network", names={"nl": "U"}, area=FLANDERS, roles=["network", "door"]),
        organisation(id="one-sector", names={"nl": "T"}, area=FLANDERS, themes=["construction"]),
    ]
    found = doors_at(reversed(order), HASSELT, TODAY)
    assert [r.id for r in found.region] == [r.id for r in order]


def test_who_serves_elsewhere_or_no_firms_or_stopped_is_no_door() -> None:
    records = [
        organisation(id="a", area={"regions": ["waals-gewest"]}),
        organisation(id="b", serves_firms="no", places=["Hasselt"]),
        organisation(id="c", status={"value": "closed", "as_of": "2025"}, places=["Hasselt"]),
        organisation(id="d", area={"provinces": ["Antwerpen"]}),
    ]
    found = doors_at(records, HASSELT, TODAY)
    assert not any(vars(found).values())


def test_an_old_or_partial_name_leads_to_the_municipality_of_today() -> None:
    assert counts([organisation(places=["Zwijnaarde", "nergens"])], TODAY) == {"44021": 1}


def test_every_municipality_lies_in_one_area_and_has_doors() -> None:
    drawn = area_map()
    inside = [nis for area in drawn.areas for nis in area.municipalities]
    assert sorted(inside) == sorted(municipalities())
    assert all(a.d.startswith("M") and a.d.endswith("Z") for a in drawn.areas)
    assert drawn.of("71072").names == drawn.of("71072").names
    records = load_catalogue().records
    for place in municipalities().values():
        if place.region == "vlaams-gewest":
            found = doors_at(records, place, TODAY)
            assert found.region and found.around, place.name


def test_who_counts_on_the_map_stands_on_the_page_of_that_area() -> None:
    records = usable(load_catalogue().records, TODAY)
    for area in area_map().areas:
        told = doors_at(records, municipalities()[area.seat], TODAY)
        listed = [r for part in vars(told).values() for r in part]
        assert len({(r.type, r.id) for r in listed}) == len(listed), area.names
        assert count_in(listed, area) == count_in(records, area), area.names
