"""Who loses customers, or has a business that runs badly, is read alike in three languages."""

from __future__ import annotations

import pytest

from baken.match.dialect import written
from baken.match.understand import main_needs
from tests.match.asked import ask

FORCE_MAJEURE = "tijdelijke-werkloosheid-overmacht"


def main(need: str, lang: str, **more: object) -> list[str]:
    return main_needs({n.code: n.score for n in ask(need, lang=lang, **more).needs})


@pytest.mark.parametrize("facts", [{}, {"municipality": "Hasselt"}])
@pytest.mark.parametrize(
    ("lang", "need"),
    [
        ("nl", "mijn bakkerij verliest klanten"),
        ("en", "my bakery loses customers"),
        ("fr", "ma boulangerie perd des clients"),
        ("nl", "ons bedrijf verliest al zijn klanten"),
        ("en", "our company is losing customers"),
        ("fr", "notre entreprise perd ses clients"),
    ],
)
def test_who_loses_customers_asks_of_the_market_and_not_of_a_crisis(
    lang: str, need: str, facts: dict[str, str]
) -> None:
    answer = ask(need, lang=lang, facts=facts)
    assert main_needs({n.code: n.score for n in answer.needs}) == ["N12"]
    offered = {o.id for o in answer.offers}
    assert not offered & {FORCE_MAJEURE, "overbruggingsrecht", "centrummanager-aalst"}


@pytest.mark.parametrize(
    ("lang", "need"),
    [
        ("nl", "mijn bakkerij, de oven verbruikt te veel en klanten lopen weg"),
        ("en", "my bakery, the oven uses too much energy and customers are leaving"),
        ("fr", "ma boulangerie, le four consomme trop et les clients s'en vont"),
    ],
)
def test_energy_and_customers_are_both_read_in_each_language(lang: str, need: str) -> None:
    answer = ask(need, lang=lang)
    assert {n.code for n in answer.needs[:2]} == {"N11", "N12"}


@pytest.mark.parametrize(
    ("lang", "need"),
    [
        ("nl", "mijn kapsalon draait slecht"),
        ("nl", "mijn kapsalon gaat slecht"),
        ("en", "my hair salon is doing badly"),
        ("fr", "mon salon de coiffure tourne mal"),
        ("fr", "mon salon de coiffure marche mal"),
        ("nl", "ons restaurant draait heel slecht"),
    ],
)
def test_a_business_that_runs_badly_has_no_technical_problem(lang: str, need: str) -> None:
    found = main(need, lang)
    assert "N12" in found and not {"N03", "N04"} & set(found)


@pytest.mark.parametrize(
    "need",
    [
        "mijn machine draait slecht",
        "de oven in mijn bakkerij draait slecht",
        "the oven in our bakery is running badly",
        "la machine de mon entreprise marche mal",
    ],
)
def test_a_machine_that_runs_badly_is_still_technical(need: str) -> None:
    assert written(need) == need


@pytest.mark.parametrize(
    ("need", "facts"),
    [
        ("mijn kapsalon draait slecht", {"municipality": "Gent"}),
        ("mijn kapsalon draait slecht", {"municipality": "Eupen"}),
        ("klanten klagen over de kwaliteit van onze metalen onderdelen", {"municipality": "Gent"}),
        ("our metal workshop has quality complaints", {}),
        ("klanten klagen over de kwaliteit", {}),
    ],
)
def test_who_checks_food_is_not_offered_where_nothing_tells_of_food(
    need: str, facts: dict[str, str]
) -> None:
    answer = ask(need, facts=facts, limit=20)
    assert "favv" not in {o.id for o in answer.offers} | set(answer.route.doors)


@pytest.mark.parametrize(
    ("need", "facts"),
    [
        ("gasten kregen buikpijn na hun maaltijd bij ons", {}),
        ("er komt controle in mijn keuken", {}),
        ("ik kreeg een slecht rapport en een boete, wat nu", {"sector": "restaurant"}),
    ],
)
def test_who_tells_of_food_or_lives_by_it_is_offered_who_checks_it(
    need: str, facts: dict[str, str]
) -> None:
    assert "favv" in {o.id for o in ask(need, facts=facts, limit=20).offers}


def test_aid_for_what_happened_leads_only_where_something_did() -> None:
    def leads(need: str) -> bool:
        offers = ask(need, limit=20).offers
        return next(o.leads for o in offers if o.id == FORCE_MAJEURE)

    assert not leads("het gaat slecht met mijn zaak")
    assert leads("mijn atelier is afgebrand, wat met mijn personeel")
