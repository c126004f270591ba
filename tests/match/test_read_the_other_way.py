"""What was read as its contrary: who owes and who is owed, work without staff and staff without
work, nobody and a person, a theft and an attack. None of these sentences is a lesson.
"""

from __future__ import annotations

import pytest

from baken.match.dialect import written
from baken.match.headline import seeks_people
from baken.match.no_work import tells_no_work
from baken.match.others import is_owed, own_words
from tests.match.asked import ask

DEBTORS = {"dyzo", "gerechtelijke-reorganisatie", "administratieve-schuldenregeling", "re-action",
           "kredietverzekering", "un-pass-dans-limpasse", "afbetalingsplan-belastingen",
           "centrum-ondernemingen-in-moeilijkheden-brussel"}  # fmt: skip
HIRING = {"vdab", "ibo", "forem", "actiris", "federgon", "individuele-beroepsopleiding-brussel"}


def led(answer):
    """Ids of the doors and of the offers that may lead."""
    doors = {d for d in (*answer.route.doors, answer.route.alternative) if d}
    return doors | {o.id for o in answer.offers if o.leads}


OWED = [
    ("nl", "een opdrachtgever is bankroet en moet ons nog 12.000 euro", "schuldvordering-indienen"),
    ("nl", "mijn klant is failliet en is mij nog geld schuldig", "schuldvordering-indienen"),
    ("en", "our main client is insolvent and still owes us", "schuldvordering-indienen"),
    ("fr", "mon plus gros acheteur est en faillite et me doit de l'argent",
     "schuldvordering-indienen"),
    ("nl", "de aannemer waarvoor ik dak leg is failliet en ik heb nog 30000 euro te goed",
     "schuldvordering-indienen"),
    ("nl", "ik ben tuinaanlegger en mijn klanten betalen altijd te laat",
     "wet-betalingsachterstand"),
    ("en", "my customers cannot pay their bills", "wet-betalingsachterstand"),
    ("fr", "mes clients paient avec des mois de retard", "wet-betalingsachterstand"),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "need", "first"), OWED)
def test_who_is_owed_money_is_no_debtor(lang: str, need: str, first: str) -> None:
    answer = ask(need, lang=lang)
    assert "financial_trouble" not in answer.heard
    assert first in [o.id for o in answer.offers[:3]]
    assert not led(answer) & DEBTORS


NOT_OWED = [
    "ik kan mijn klant zijn voorschot niet terugbetalen",
    "ik kan mijn leveranciers niet meer betalen",
    "hoe verzeker ik mij tegen klanten die niet betalen",
    "mijn klant laat weten dat hij stopt",
    "mes clients ne viennent plus",
    "my customers do not buy any more",
]


@pytest.mark.parametrize("need", NOT_OWED)
def test_a_word_of_customers_and_of_paying_makes_no_creditor(need: str) -> None:
    assert not is_owed(need)


@pytest.mark.parametrize(
    ("lang", "need"),
    [
        ("nl", "Mijn broer is failliet, kan ik zijn machines overnemen"),
        ("nl", "Mijn vader is failliet, kan ik zijn winkel overnemen"),
        ("en", "my father went bankrupt, can I buy his shop"),
        ("fr", "mon frère est en faillite, puis-je reprendre ses machines"),
    ],
)
def test_who_takes_over_from_one_of_the_family_is_not_in_trouble_and_cries_not(
    lang: str, need: str
) -> None:
    answer = ask(need, lang=lang)
    assert answer.urgent is None and "financial_trouble" not in answer.heard
    assert answer.route.doors[0] == "accountant"


def test_who_goes_bankrupt_with_the_family_is() -> None:
    answer = ask("mijn broer en ik zijn failliet", facts={"municipality": "Gent"})
    assert answer.route.id == "R1"


def test_who_is_owed_and_cannot_pay_either_is_in_trouble() -> None:
    need = "mijn klant is failliet en daardoor kan ik mijn leveranciers niet betalen"
    assert "leveranciers niet betalen" in own_words(need)
    answer = ask(need)
    assert (answer.route.id, answer.route.doors[0]) == ("R1", "dyzo")


IDLE = [
    ("nl", "ik heb bijna geen opdrachten voor mijn ploeg"),
    ("nl", "mijn metsers zitten zonder werk"),
    ("en", "there is not enough work for my crew"),
    ("fr", "plus assez de commandes pour mes employés"),
]


@pytest.mark.parametrize(("lang", "need"), IDLE)
def test_staff_without_work_is_no_work_without_staff(lang: str, need: str) -> None:
    answer = ask(need, lang=lang)
    assert "tijdelijke-werkloosheid" in [o.id for o in answer.offers[:3]]
    assert not led(answer) & HIRING


@pytest.mark.parametrize(
    "need", ["ik vind geen mensen voor het werk", "meer werk dan mijn ploeg aankan"]
)
def test_who_seeks_people_has_work(need: str) -> None:
    assert not tells_no_work(need)


@pytest.mark.parametrize(
    ("lang", "need"),
    [
        ("nl", "drie van mijn mensen zijn uit met een burn-out"),
        ("en", "burnout among our workers"),
        ("fr", "burn-out dans mon équipe"),
    ],
)
def test_burn_out_of_the_staff_is_not_the_owners(lang: str, need: str) -> None:
    answer = ask(need, lang=lang, facts={"headcount": 35})
    assert "re-integratietraject" in [o.id for o in answer.offers[:3]]
    assert not led(answer) & {"sociaal-verzekeringsfonds", "ziekte-uitkering-zelfstandigen"}


@pytest.mark.parametrize(
    ("lang", "need"),
    [
        ("nl", "ik ben kapster en alleenstaande mama, ik kom niet rond"),
        ("nl", "met mijn frituur de eindjes aan elkaar knopen gaat niet meer"),
        ("en", "we can't make ends meet with the bakery"),
        ("fr", "impossible de joindre les deux bouts avec ma friterie"),
    ],
)
def test_who_cannot_make_ends_meet_needs_money_and_no_staff(lang: str, need: str) -> None:
    answer = ask(need, lang=lang)
    assert "N14" in [n.code for n in answer.needs[:2]]
    assert not led(answer) & HIRING


def test_a_planning_that_does_not_come_round_is_no_money() -> None:
    need = "ik geraak niet rond met mijn planning"
    assert written(need) == need


NOBODY = [
    ("nl", "er stapt bijna niemand nog mijn winkel binnen", "N12"),
    ("en", "no one walks into our store", "N12"),
    ("fr", "personne n'achète plus rien dans ma boutique", "N12"),
    ("nl", "niemand wil mijn slagerij overnemen", "N14"),
]


@pytest.mark.parametrize(("lang", "need", "code"), NOBODY)
def test_nobody_is_no_one_to_hire(lang: str, need: str, code: str) -> None:
    answer = ask(need, lang=lang)
    assert answer.needs[0].code == code
    assert not led(answer) & HIRING


def test_what_nobody_did_before_is_research_and_no_course() -> None:
    need = "Nous voulons fabriquer un robot qui trie les textiles, personne ne l'a jamais fait"
    answer = ask(need, lang="fr", facts={"province": "West-Vlaanderen", "headcount": 60})
    assert not {o.type for o in answer.offers if o.leads} & {"training"}
    assert not led(answer) & HIRING


@pytest.mark.parametrize(
    "need",
    ["ik vind niemand voor in de keuken", "er komt niemand op mijn vacature af"],
)
def test_nobody_who_is_sought_stays(need: str) -> None:
    assert written(need) == need


@pytest.mark.parametrize(
    ("lang", "need"),
    [
        ("nl", "door de werken op de steenweg komt er bijna niemand nog in mijn bakkerij"),
        ("nl", "ze leggen de baan voor mijn zaak opnieuw aan en de klanten blijven weg"),
        ("en", "since the road works outside our bakery almost nobody comes"),
    ],
)
def test_works_on_the_road_are_road_works(lang: str, need: str) -> None:
    answer = ask(need, lang=lang, facts={"postal_code": "8700"})
    assert answer.heard_values.get("event") == ["road_works"]


@pytest.mark.parametrize(
    ("lang", "need"),
    [
        ("nl", "ze hebben mijn kassa leeggeroofd"),
        ("nl", "inbraak in mijn atelier"),
        ("en", "someone stole our tools from the van"),
        ("fr", "on a volé la caisse de mon magasin"),
    ],
)
def test_a_theft_is_no_attack_and_no_debt(lang: str, need: str) -> None:
    answer = ask(need, lang=lang)
    wrong = {"centrum-voor-cybersecurity-belgie", "die-opri", "ondernemingsrechtbank"}
    assert not led(answer) & (HIRING | DEBTORS | wrong)


@pytest.mark.parametrize("need", ["ons kassaprogramma loopt vast", "our till software is down"])
def test_a_program_that_is_broken_is_no_attack(need: str) -> None:
    assert not led(ask(need)) & {"centrum-voor-cybersecurity-belgie", "verdacht-bericht-melden"}


@pytest.mark.parametrize(
    ("need", "seeks"),
    [
        ("kinderopvang: we vinden geen verzorgers", True),
        ("we cannot find nurses", True),
        ("ik zoek een cursus lassen", False),
        ("mijn verzorgers moeten leren omgaan met agressie", False),
    ],
)
def test_who_seeks_people_is_led_to_no_course(need: str, seeks: bool) -> None:
    assert seeks_people(need) is seeks
    courses = [o for o in ask(need).offers if o.leads and o.type == "training"]
    assert not (seeks and courses)


@pytest.mark.parametrize(
    ("lang", "need"),
    [
        ("nl", "de huur van mijn pand gaat te veel omhoog"),
        ("en", "our landlord raises the rent too much"),
        ("fr", "mon loyer commercial augmente trop"),
    ],
)
def test_a_rent_that_rises_is_no_waste_and_no_weather(lang: str, need: str) -> None:
    wrong = {"ovam", "vlaanderen-circulair", "tijdelijke-werkloosheid-slecht-weer"}
    assert not led(ask(need, lang=lang)) & wrong


@pytest.mark.parametrize(
    ("lang", "need"),
    [
        ("nl", "mijn garage draait goed en ik zou er graag een tweede bij nemen"),
        ("en", "our cafe runs well and we want to open a second one"),
        ("fr", "mon salon tourne bien, je veux en ouvrir un autre"),
    ],
)
def test_who_opens_a_second_one_is_in_no_trouble(lang: str, need: str) -> None:
    answer = ask(need, lang=lang)
    assert answer.needs[0].code != "N14"
    assert not answer.calls
    assert not led(answer) & DEBTORS


@pytest.mark.parametrize(
    ("lang", "need"),
    [
        ("nl", "ik wil uit het leven stappen"),
        ("en", "I want to end my life"),
        ("fr", "je veux en finir avec la vie"),
    ],
)
def test_beside_a_cry_only_who_listens_is_a_door(lang: str, need: str) -> None:
    answer = ask(need, lang=lang)
    assert answer.calls
    listens = {"tele-onthaal", "zelfmoordlijn", "tele-accueil", "centre-de-prevention-du-suicide"}
    assert {d for d in (*answer.route.doors, answer.route.alternative) if d} <= listens


@pytest.mark.parametrize("need", ["ik wil iets eten", "I want to eat", "je veux manger un bout"])
def test_who_is_hungry_cries_for_nothing(need: str) -> None:
    answer = ask(need)
    assert not answer.urgent
    assert not answer.calls


@pytest.mark.parametrize(
    ("lang", "need"),
    [
        (
            "nl",
            "we bouwen software en hebben een onderzoeksidee rond AI, dat bestaat nergens",
        ),
        ("en", "we have a research idea for AI software that nobody has solved"),
    ],
)
def test_an_idea_for_research_is_no_question_for_a_course(lang: str, need: str) -> None:
    answer = ask(need, lang=lang, facts={"municipality": "Kortrijk", "headcount": 8})
    assert "N06" in [n.code for n in answer.needs[:2]]
    assert "onderzoeksproject" in [o.id for o in answer.offers]
    assert not any(o.type == "training" for o in answer.offers[:3])
