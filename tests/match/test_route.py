"""The doors of a route: of the sort that it names, and near to what is asked."""

from __future__ import annotations

import pytest

import baken
from baken.kernel.values import SetOf
from baken.landscape.catalogue import load_catalogue
from baken.landscape.model import Organisation
from baken.match.route import Situation, _holds, choose, load_routes

ORGANISATIONS = {o.id: o for o in load_catalogue() if isinstance(o, Organisation)}


def doors(
    needs: list[str], scores: dict[str, float], text: str = "", **more: object
) -> tuple[list[str], bool, str]:
    """The doors, whether the first is of the route's sort, and the route."""
    firm = {"region": "vlaams-gewest", **more}
    at = Situation(text, needs, firm, frozenset(), unmet=not needs)  # type: ignore[arg-type]
    ranked = sorted(scores.items(), key=lambda pair: -pair[1])
    found = choose(at, [(ORGANISATIONS[i], s) for i, s in ranked], lambda o: True)
    return [o.id for o in found.doors], found.own, found.rule.id


@pytest.mark.parametrize(
    ("needs", "scores", "expected"),
    [
        # A college is near enough, so it comes first: the route for a technical question names it.
        (["N05"], {"vlaio": 0.50, "howest": 0.42}, (["howest", "vlaio"], True, "R4")),
        # A college far below the best one gives way.
        (["N05"], {"vlaio": 0.60, "howest": 0.40}, (["vlaio", "howest"], False, "R4")),
        # What is further off than that is no door at all.
        (["N05"], {"vlaio": 0.60, "howest": 0.30}, (["vlaio"], False, "R4")),
        # Never more than two doors and one alternative.
        (
            ["N05"],
            {"howest": 0.5, "hogent": 0.5, "vives": 0.5, "vlaio": 0.5},
            (["hogent", "howest", "vives"], True, "R4"),
        ),
        # No organisation of the route's sort: the best ones, and not an unmet need.
        (["N05"], {"vlaio": 0.5, "unizo": 0.4}, (["vlaio", "unizo"], False, "R4")),
        # Nothing fits: the general door.
        (
            [],
            {"vlaio": 0.1, "vlaio-bedrijfsadviseurs": 0.0},
            (["vlaio", "vlaio-bedrijfsadviseurs"], True, "R0"),
        ),
    ],
)
def test_a_door_is_of_the_route_and_near(
    needs: list[str], scores: dict[str, float], expected: tuple[list[str], bool, str]
) -> None:
    found, own, route = doors(needs, scores)
    assert (found, own, route) == expected


FUND, TRAINER = "het fonds van je sector", "wie mensen opleidt"
NAMED = "Bij vragen zoals de jouwe"


@pytest.mark.parametrize(
    ("needs", "scores", "firm", "says"),
    [
        (["N13"], {"alimento": 0.5, "vdab": 0.4}, {"joint_committees": SetOf.of("118")}, FUND),
        (["N13"], {"vdab": 0.5, "fvb": 0.4}, {}, TRAINER),
        (["N13"], {"forem": 0.5}, {"region": "waals-gewest"}, TRAINER),
        (["N13"], {"sociaal-secretariaat": 0.5}, {}, NAMED),
        (["N05"], {"howest": 0.5, "vlaio": 0.5}, {}, "een hogeschool"),
        (["N05"], {"fablab-artevelde": 0.5, "howest": 0.2}, {}, "onderzoekt en test"),
        (["N03"], {"innovaders": 0.5}, {}, NAMED),
    ],
)  # fmt: skip
def test_the_reason_is_true_of_the_first_door(
    needs: list[str], scores: dict[str, float], firm: dict[str, object], says: str
) -> None:
    at = Situation("", needs, {"region": "vlaams-gewest", **firm}, frozenset({"agrofood"}), False)  # type: ignore[arg-type]
    found = choose(at, [(ORGANISATIONS[i], s) for i, s in scores.items()], lambda o: True)
    assert says in found.why("nl")


def test_every_route_tells_why_in_each_language_and_by_kinds_that_it_leads_to() -> None:
    for rule in load_routes():
        told = list(rule.why_of.values()) or [rule.why]
        assert all(set(one) == {"nl", "en", "fr"} for one in told), rule.id
        named = {ORGANISATIONS[i].kind for i in rule.ids if i in ORGANISATIONS}
        assert set(rule.why_of) <= {*rule.kinds, *named}, rule.id


def test_an_organisation_that_can_be_no_door_is_not_looked_at() -> None:
    scores = {"vlaio": 0.6, "unizo": 0.5, "dyzo": 0.1}
    looked: list[str] = []

    def usable(o: Organisation) -> bool:
        looked.append(o.id)
        return o.id != "vlaio"

    at = Situation("", ["N03"], {"region": "vlaams-gewest"}, frozenset(), unmet=False)
    found = choose(at, [(ORGANISATIONS[i], s) for i, s in scores.items()], usable)
    assert [o.id for o in found.doors] == ["unizo"]
    assert sorted(looked) == ["unizo", "vlaio"]


def test_in_trouble_the_safety_net_comes_first_however_it_scores() -> None:
    scores = {"vlaio": 0.9, "unizo": 0.8, "dyzo": 0.2}
    found, own, route = doors(["N14"], scores, "ik kan mijn rekeningen niet betalen")
    assert (found[0], own, route) == ("dyzo", True, "R1")


def test_why_says_so_when_the_door_is_not_of_the_route() -> None:
    at = Situation("", ["N05"], {"region": "vlaams-gewest"}, frozenset(), unmet=False)
    ranked = [(ORGANISATIONS["vlaio"], 0.6), (ORGANISATIONS["howest"], 0.3)]
    assert "past deze deur" in choose(at, ranked, lambda o: True).why("nl")


@pytest.mark.parametrize(
    ("text", "trouble"),
    [
        ("ik kan mijn rekeningen niet meer betalen", True),
        ("we zijn bijna failliet", True),
        ("mijn klant is failliet en hij moet mij 40000 euro", False),
        ("our packaging supplier went bankrupt", False),
        ("mijn huurder kan al drie maanden niet betalen", False),
        ("ik kan de sociale bijdragen en mijn leveranciers niet meer betalen", True),
        ("landbouwbedrijf kan de leverancier en de bank niet meer betalen", True),
        ("ik kan niet leveren want mijn klanten willen niet betalen", False),
    ],
)
def test_trouble_of_somebody_else_is_no_trouble_of_the_firm(text: str, trouble: bool) -> None:
    at = Situation(text, ["N14"], {}, frozenset(), False)
    r1 = next(r for r in load_routes() if r.id == "R1")
    assert _holds(r1, at, []) is trouble


ENERGY = {"vlaio-bedrijfsadviseurs": 0.5, "bakkers-vlaanderen": 0.5, "rederscentrale": 0.5}


@pytest.mark.parametrize(
    ("themes", "expected"),
    [
        (set(), ["vlaio-bedrijfsadviseurs"]),
        ({"agrofood"}, ["vlaio-bedrijfsadviseurs", "bakkers-vlaanderen"]),
        ({"construction"}, ["vlaio-bedrijfsadviseurs"]),
    ],
)
def test_an_organisation_of_a_sector_is_no_door_for_a_firm_of_an_unknown_one(
    themes: set[str], expected: list[str]
) -> None:
    at = Situation("", ["N11"], {"region": "vlaams-gewest"}, frozenset(themes), unmet=False)
    found = choose(at, [(ORGANISATIONS[i], s) for i, s in ENERGY.items()], lambda o: True)
    assert [o.id for o in found.doors] == expected


@pytest.mark.parametrize(
    ("themes", "first"),
    [({"agriculture"}, "boeren-op-een-kruispunt"), ({"construction"}, "dyzo"), (set(), "dyzo")],
)
def test_in_trouble_the_safety_net_of_the_own_sector_goes_first(
    themes: set[str], first: str
) -> None:
    scores = {"accountant": 0.6, "dyzo": 0.5, "boeren-op-een-kruispunt": 0.2}
    text = "ik kan mijn rekeningen niet betalen"
    at = Situation(text, ["N14"], {"region": "vlaams-gewest"}, frozenset(themes), unmet=False)
    found = choose(at, [(ORGANISATIONS[i], s) for i, s in scores.items()], lambda o: True)
    assert found.doors[0].id == first


def test_a_service_of_another_region_is_no_door_where_its_source_names_none() -> None:
    need = "mijn personeel kan niet met de computer werken"
    for town, there in (("Gent", False), ("Namur", True)):
        facts = {"municipality": town, "headcount": 4}
        answer = baken.match({"need": need, "as_of": "2026-11-27", "facts": facts})
        doors = [*answer.route.doors, answer.route.alternative]
        assert ("forem" in doors) == there
