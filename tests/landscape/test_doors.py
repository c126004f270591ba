"""Doors by municipality: at home, in the province, for all."""

from __future__ import annotations

from datetime import date

from baken.landscape.catalogue import load_catalogue
from baken.landscape.doors import count_in, counts, doors_at, usable
from baken.registers.areas import area_map
from baken.registers.places import municipalities
from tests.landscape.records import instrument, organisation

TODAY = date(2026, 11, 25)
HASSELT = municipalities()["71072"]
FLANDERS = {"regions": ["vlaams-gewest"]}


def test_nearest_list_only() -> None:
    limburg = {"regions": ["vlaams-gewest"], "provinces": ["Limburg"]}
    here = organisation(id="a", places=["Hasselt"])
    near = organisation(id="b", area=limburg)
    in_genk = organisation(id="c", places=["Genk"], roles=["expert"])
    for_all = organisation(id="d", area=FLANDERS, places=["Gent"])
    town = instrument(id="e", area={"municipalities": ["Hasselt"]})
    other_town = instrument(id="f", area={"municipalities": ["Gent"]})
    beside = organisation(id="g", places=["Diepenbeek"])
    records = [here, near, in_genk, for_all, town, other_town, beside]
    found = doors_at(records, HASSELT, TODAY)
    assert [r.id for r in found.here] == ["a", "e"]
    assert [r.id for r in found.near] == ["g"]
    assert [r.id for r in found.province] == ["b", "c"]
    assert [r.id for r in found.region] == ["d"]


def test_who_serves_elsewhere_or_no_firms_or_stopped_is_no_door() -> None:
    records = [
        organisation(id="a", area={"regions": ["waals-gewest"]}),
        organisation(id="b", serves_firms="no", places=["Hasselt"]),
        organisation(id="c", status={"value": "closed", "as_of": "2025"}, places=["Hasselt"]),
        organisation(id="d", area={"provinces": ["Antwerpen"]}),
    ]
    found = doors_at(records, HASSELT, TODAY)
    assert (found.here, found.near, found.province, found.region) == ((), (), (), ())


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
            assert found.region and found.province, place.name


def test_an_areas_number_on_the_map_is_what_its_page_lists() -> None:
    records = usable(load_catalogue().records, TODAY)
    for area in area_map().areas:
        told = doors_at(records, municipalities()[area.seat], TODAY)
        assert len(told.here) + len(told.near) == count_in(records, area), area.names
