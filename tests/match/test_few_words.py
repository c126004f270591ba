"""What owners say in a few words: wages, customers or staff, water and fire, who retires, what
broke, and what is no need of a firm. Lessons were written for the first ones of a table; most of
the others were written apart, and nothing learned from them.
"""

from __future__ import annotations

import pytest

from baken.match.distress import cry
from baken.match.helplines import number_of
from baken.match.search import embed_query
from baken.match.unasked import tells_disaster
from tests.match.asked import ask

FUND = "vlaams-rampenfonds"
GREEN = {"ecologiepremie-plus", "energiescan-kmo", "investeringsaftrek-thematisch"}


def first_five(need: str) -> list[str]:
    """The ids of the first five offers that are not excluded."""
    return [o.id for o in ask(need, limit=12).offers if o.verdict != "excluded"][:5]


def first_need(need: str) -> str:
    """The code of the need that leads."""
    return str(ask(need).needs[0].code)


@pytest.mark.parametrize(
    ("need", "trouble"),
    [
        ("geen loon", True),
        ("ik kan mijn mensen geen loon meer betalen", True),
        ("de lonen van deze maand kan ik niet storten", True),
        ("er staat niet genoeg op de rekening voor de lonen", True),
        ("kkan mijn mannen deze moand nie betalen", True),
        ("I can't make payroll", True),
        ("there is no money for wages this month", True),
        ("je ne peux plus payer les salaires", True),
        ("il n'y a plus d'argent pour la paie", True),
        ("hoeveel loon moet ik mijn eerste werknemer betalen", False),
        ("geen loonbrief ontvangen van het sociaal secretariaat", False),
        ("mijn klant kan zijn mensen geen loon meer betalen", False),
        ("I want to pay my staff a bonus", False),
        ("les salaires sont trop élevés en Belgique", False),
    ],
)
def test_wages_that_cannot_be_paid_are_money_trouble(need: str, trouble: bool) -> None:
    answer = ask(need)
    assert (answer.route.id == "R1") is trouble
    assert ("financial_trouble" in answer.heard) is trouble


@pytest.mark.parametrize(
    ("need", "code"),
    [
        ("er komt gin volk meer in mijn kapsalon", "N12"),
        ("er komt bijna geen volk over de vloer in ons café", "N12"),
        ("het volk blijft weg uit mijn boetiek", "N12"),
        ("hoe krijg ik meer volk binnen", "N12"),
        ("wij komen volk te kort op de werf", "N13"),
        ("kzoek volk voor in de keuken", "N13"),
        ("er wil geen volk meer komen werken in de bouw", "N13"),
        ("er komt geen volk af op mijn vacature", "N13"),
    ],
)
def test_volk_is_customers_or_staff_by_what_stands_beside_it(need: str, code: str) -> None:
    assert first_need(need) == code


@pytest.mark.parametrize(
    "need",
    [
        "mijn werf is ondergelopen",
        "mijn magazijn is overstroomd na de zware regen",
        "door de hevige regen is mijn winkel ondergelopen",
        "mijn winkel staat onder water",
        "ons atelier staat blank na de wolkbreuk",
        "de hagel heeft mijn serre kapotgeslagen",
        "the storm tore off the roof of our workshop",
        "mon magasin est sous eau depuis hier",
    ],
)
def test_the_disaster_fund_is_offered_where_water_wind_or_hail_did_damage(need: str) -> None:
    assert tells_disaster(need)
    assert FUND in first_five(need)


def test_rain_that_did_damage_asks_for_no_energy_premium() -> None:
    found = ask("door de hevige regen is mijn winkel ondergelopen", facts={"municipality": "Gent"})
    assert not (GREEN | {"energiepremies-ondernemingen"}) & {o.id for o in found.offers}
    assert "N11" not in [n.code for n in found.needs]


@pytest.mark.parametrize(
    "need",
    [
        "ik word overspoeld met aanvragen van klanten",
        "we worden overstroomd met papierwerk",
        "we want to take the market by storm",
        "wij maken gevelpanelen om waterschade te voorkomen",
        "het water staat mij aan de lippen",
        "mijn frituur is uitgebrand",
    ],
)
def test_it_is_not_where_that_is_only_said_so(need: str) -> None:
    assert not tells_disaster(need)
    assert FUND not in first_five(need)


@pytest.mark.parametrize("need", ["mijn frituur is uitgebrand", "my workshop burned down"])
def test_after_a_fire_there_is_income_and_leave_for_staff(need: str) -> None:
    assert {"overbruggingsrecht", "tijdelijke-werkloosheid-overmacht"} <= set(first_five(need))


@pytest.mark.parametrize(
    ("need", "code"),
    [
        ("my welder retires", "N13"),
        ("mijn lasser gaat op pensioen", "N13"),
        ("onze oudste draaier gaat volgend jaar met pensioen", "N13"),
        ("notre soudeur part à la retraite", "N13"),
        ("ik ga op pensioen en zoek een overnemer", "N14"),
        ("mijn vader gaat op pensioen, ik neem de zaak over", "N14"),
        ("I retire next year, who takes over my bakery", "N14"),
        ("je pars à la retraite et je veux céder mon commerce", "N14"),
    ],
)
def test_who_retires_is_an_employee_or_the_owner(need: str, code: str) -> None:
    assert first_need(need) == code
    assert code != "N13" or {"vdab", "ibo", "forem"} & set(first_five(need)[:3])


@pytest.mark.parametrize(
    ("need", "code"),
    [
        ("nous cherchons un repreneur", "N14"),
        ("je ne trouve pas de repreneur pour mon garage", "N14"),
        ("we are looking for someone to take over our firm", "N14"),
        ("nous cherchons un employé", "N13"),
        ("we are looking for someone to bake bread", "N13"),
    ],
)
def test_who_is_sought_to_take_over_is_no_staff(need: str, code: str) -> None:
    assert first_need(need) == code


def test_a_course_in_which_no_word_of_the_owner_stands_does_not_come_first() -> None:
    found = next(o for o in ask("onze mecanicien is 64 en stopt", limit=12).offers)
    assert found.type != "training"


@pytest.mark.parametrize(
    ("need", "green"),
    [
        ("mijn oven is kapot", False),
        ("mijn deegmachine is stuk", False),
        ("mijn steamer in de keuken is kapot", False),
        ("my oven broke down", False),
        ("mijn oven verbruikt te veel gas", True),
        ("ik wil een zuinigere koelcel kopen", True),
    ],
)
def test_what_broke_asks_for_another_one_and_not_for_a_green_premium(
    need: str, green: bool
) -> None:
    assert bool(GREEN & set(first_five(need)[: 5 if green else 2])) is green


@pytest.mark.parametrize(
    "need",
    [
        "ik wil een hond kopen",
        "looking for a wife",
        "ik wil een kat in huis nemen",
        "cheap flights to Rome",
        "commander une pizza",
        "concerttickets kopen",
    ],
)
def test_what_nobody_asks_of_a_firm_gets_no_guesses(need: str) -> None:
    assert ask(need).no_need and not ask(need).offers


@pytest.mark.parametrize(
    "need",
    [
        "ik wil een pizzeria beginnen",
        "ik verkoop hondenvoer en zoek verdelers",
        "ik zoek een mede-eigenaar voor mijn kattenpension",
        "we look for a partner in Germany",
        "je veux ouvrir une pizzeria",
        "een oven kopen",
        "klanten",
    ],
)
def test_what_a_firm_asks_in_like_words_is_answered(need: str) -> None:
    answer = ask(need)
    assert answer.offers and not answer.no_need and not answer.unsure


def test_what_may_be_no_need_is_answered_and_said_to_be_unsure() -> None:
    for lang, says in (("nl", "niet zeker"), ("en", "not sure"), ("fr", "pas sûrs")):
        answer = ask("pizza bestellen", lang=lang)
        assert answer.offers and says in answer.unsure and answer.unsure in answer.notices
    assert ask("mijn verkoop daalt").unsure is None


@pytest.mark.parametrize(
    ("need", "sure"),
    [
        ("ik wil op de trein van ai springen", False),
        ("kwil op den trein van chatgpt springen", False),
        ("we springen op de bandwagon van duurzaamheid", False),
        ("I want to jump on the ai train", False),
        ("je veux sauter dans le train de l'ia", False),
        ("ik wil een baby", False),
        ("ik wil voor de trein springen", True),
        ("je veux me jeter sous le train", True),
        ("ik zou liever niet meer wakker worden", True),
        ("kben tleven beu", True),
        ("I am so tired of living", True),
        ("je n'ai plus la force de vivre", True),
    ],
)
def test_a_leap_on_a_train_of_something_new_is_no_cry(need: str, sure: bool) -> None:
    found = cry(need, embed_query(need))
    assert (found is not None and found.sure) is sure


@pytest.mark.parametrize(
    "need",
    ["het loopt niet zo", "things are not going well", "ça ne va pas", "mijn oven is kapot"],
)
def test_who_does_not_cry_is_offered_no_helpline_and_no_centre_of_one_trade(need: str) -> None:
    answer = ask(need, limit=30, facts={"municipality": "Kortrijk"})
    assert not answer.urgent
    shown = {o.id for o in answer.offers}
    assert not [one for one in shown if number_of(one)]
    assert "cric" not in shown, "who tells nothing of concrete"


def test_who_cries_and_who_names_it_finds_the_helpline_among_the_offers() -> None:
    for need in ("ik denk aan zelfmoord", "ik zie het niet meer zitten"):
        assert "zelfmoordlijn" in first_five(need)
    assert "cric" in first_five("onze beton is niet sterk genoeg")
