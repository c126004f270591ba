"""Needs that were read badly: an owner's own workload, sick animals, works before the door, a
product that is out of date, staff or training in one breath, and the desk of Brussels.
Lessons were written for these; nothing learned from the sentences here.
"""

from __future__ import annotations

import pytest

from baken.match.advised import load_advised
from baken.match.dialect import written
from baken.match.helplines import number_of
from baken.match.own_trade import lives_by, own_trades
from baken.needs import load_statements
from tests.match.asked import ask

WASTE = {"vlaanderen-circulair", "ovam", "premie-gesorteerd-verpakkingsafval"}
WORKLOAD = [
    "ik werk 80 uur per week",
    "te veel werk",
    "ik heb te veel werk",
    "ik werk dag en nacht",
    "ik verzuip in het werk",
    "I work 80 hours a week",
    "too much work",
    "I am drowning in work",
    "je travaille 80 heures par semaine",
    "trop de travail",
]


@pytest.mark.parametrize("need", WORKLOAD)
def test_who_drowns_in_work_is_answered_with_help_to_organise_or_to_hire(need: str) -> None:
    answer = ask(need)
    assert not answer.no_need and not answer.urgent
    assert answer.needs[0].code in {"N02", "N13"}
    assert answer.route.doors[0] in {"vdab", "unizo", "vlaio-bedrijfsadviseurs"}
    assert not WASTE & {o.id for o in answer.offers}


FARMS = {"boerenbond", "ilvo", "abs", "boeren-op-een-kruispunt", "koninklijke-vlaamse-imkersbond"}
WALLONIA = {"fwa", "cra-w", "agricall", "favv"}
ANIMALS = [
    ("mijn koeien zijn ziek", "Gent", FARMS),
    ("onze varkens hoesten", "Gent", FARMS),
    ("onze kippen zijn ziek", "Gent", FARMS),
    ("mijn schapen kreupelen", "Hasselt", FARMS),
    ("my cows are sick", "Gent", FARMS),
    ("our pigs die", "Gent", FARMS),
    ("mes vaches sont malades", "Namur", WALLONIA),
    ("nos poules ne pondent plus", "Namur", WALLONIA),
]


@pytest.mark.parametrize(("need", "place", "doors"), ANIMALS)
def test_animals_that_a_farm_lives_by_lead_to_a_door_of_farming(
    need: str, place: str, doors: set[str]
) -> None:
    answer = ask(need, facts={"municipality": place})
    assert not answer.no_need and answer.heard_trade
    assert answer.route.doors[0] in doors


@pytest.mark.parametrize(
    ("text", "trade"),
    [
        ("mijn koeien zijn ziek", "veeteler"),
        ("onze jonge varkens groeien traag", "varkenshouder"),
        ("my bees are dying", "imker"),
        ("mes brebis boitent", "schapenboer"),
        ("de hagel sloeg mijn serre kapot", "tuinder"),
        ("twee koeien staan in de wei", None),
        ("ik verkoop kippen aan het spit", None),
        ("mijn hond is ziek", None),
        ("wij maken voer voor varkens", None),
        ("mijn leverancier van kippen is failliet", None),
    ],
)
def test_animals_and_crops_tell_a_farm_where_they_are_the_speakers_own(
    text: str, trade: str | None
) -> None:
    assert [t.word for t in own_trades(text)][:1] == ([trade] if trade else [])
    assert lives_by(text) is (trade is not None)


WORKS = [
    "wegenwerken voor mijn deur, geen volk meer",
    "ze breken de straat open en er komt niemand meer",
    "onze straat ligt al maanden open, geen volk",
    "de straat is opgebroken en het volk blijft weg",
    "road works at my door and no customers",
    "travaux dans ma rue, plus de clients",
]


@pytest.mark.parametrize("need", WORKS)
def test_works_before_the_door_have_the_premium_of_the_place(need: str) -> None:
    anywhere = ask(need)
    assert anywhere.next_question.fact in {"province", "region"}
    for place, premium in (("Gent", "hinderpremie"), ("Ixelles", "werfvergoeding-brussel")):
        offers = ask(need, facts={"municipality": place}).offers
        fitting = [o.id for o in offers if o.verdict != "excluded"]
        assert premium in fitting[:5]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("werken voor de deur en er komt geen volk binnen", "klanten"),
        ("de straat is opgebroken, geen volk meer", "klanten"),
        ("ik vind geen volk voor mijn wegenwerken", "personeel"),
        ("wij doen wegenwerken en zoeken volk", "personeel"),
    ],
)
def test_volk_beside_works_is_customers_unless_it_is_sought(text: str, meant: str) -> None:
    assert meant in written(text)


@pytest.mark.parametrize(
    "need",
    [
        "ik zoek personeel of opleiding",
        "Ik vind geen personeel, of mijn mensen moeten bijleren",
        "I need staff or training",
        "je cherche du personnel ou une formation",
    ],
)
@pytest.mark.parametrize("facts", [{}, {"municipality": "Gent", "headcount": 4}])
def test_words_that_stand_in_any_course_bring_no_course(
    need: str, facts: dict[str, object]
) -> None:
    fitting = [o for o in ask(need, facts=facts).offers if o.verdict != "excluded"]
    assert "training" not in {o.type for o in fitting[:5]}


@pytest.mark.parametrize(
    ("need", "found"),
    [
        ("mijn product is verouderd", True),
        ("ons product is ouderwets", True),
        ("onze producten zijn niet meer van deze tijd", True),
        ("my product is outdated", True),
        ("our products are old-fashioned", True),
        ("mon produit est dépassé", True),
        ("nos produits sont dépassés", True),
        ("mijn interieur is verouderd", False),
        ("onze website is verouderd", False),
        ("mijn machine is verouderd", False),
    ],
)
def test_a_product_that_is_out_of_date_asks_for_renewal(need: str, found: bool) -> None:
    assert ("N05" in [n.code for n in ask(need).needs[:2]]) is found


@pytest.mark.parametrize(
    ("need", "lang"),
    [
        ("mijn verkoop daalt", "nl"),
        ("mes ventes baissent", "fr"),
        ("le toit de mon atelier fuit", "fr"),
        ("ik zoek advies", "nl"),
        ("my turnover falls", "en"),
        ("mijn winkel loopt niet goed", "nl"),
        ("je veux de l'aide pour mon magasin", "fr"),
    ],
)
@pytest.mark.parametrize(("place", "desk"), [("Ixelles", "hub-brussels"), ("Namur", "1890")])
def test_the_desk_of_the_region_goes_before_an_accountant(
    need: str, lang: str, place: str, desk: str
) -> None:
    route = ask(need, lang=lang, facts={"municipality": place}).route
    doors = [*route.doors, route.alternative]
    assert desk in doors
    assert "accountant" not in doors[: doors.index(desk)]


@pytest.mark.parametrize(
    "need",
    ["ik heb geen tijd meer voor mijn gezin", "ik slaap slecht van de btw", "te veel werk"],
)
def test_a_line_that_listens_is_no_offer_where_nobody_cries(need: str) -> None:
    answer = ask(need, limit=5)
    assert not [o.id for o in answer.offers if number_of(o.id)]
    assert not [door for door in answer.route.doors if number_of(door)]


def test_none_of_these_is_a_lesson() -> None:
    lessons = {s.need.casefold() for s in load_statements()}
    lessons |= {a.need.casefold() for a in load_advised()} - {"mijn verkoop daalt"}
    told = [*WORKLOAD, *WORKS, *(need for need, *_ in ANIMALS)]
    assert not lessons & {need.casefold() for need in told}
