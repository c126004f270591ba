"""Who is ill or hurt himself seeks nobody; whose worker was hurt gets no income for himself."""

from __future__ import annotations

import pytest

from baken.match.first_named import first_named
from baken.match.unfit import tells_unfit
from tests.match.asked import ask

FUND = "sociaal-verzekeringsfonds"
OF_STAFF = {"sociaal-secretariaat", "vdab", "ibo", "fedris", "tijdelijke-werkloosheid"}
OWN = {
    "overbruggingsrecht",
    "ziekte-uitkering-zelfstandigen",
    "mantelzorguitkering-zelfstandigen",
    "moederschapshulp",
    FUND,
}
UNFIT = [
    ("ik ben zelf van de ladder gevallen en kan niet werken", "nl"),
    ("ik ben zelf gevallen en kan drie maanden niet werken, wie betaalt mij", "nl"),
    ("ik ben ziek en kan niet werken", "nl"),
    ("ik heb mijn been gebroken en lig in het ziekenhuis", "nl"),
    ("I broke my leg and cannot work", "en"),
    ("je me suis blessé et je ne peux plus travailler", "fr"),
]
OTHERS = [
    "mijn arbeider viel van de ladder en kan niet werken",
    "ik ben gevallen en kan niet werken, ik zoek iemand die mij vervangt",
    "ik ben gevallen en kan niet werken, wie betaalt mijn personeel",
    "ik ben van mijn fiets gevallen en verkoop nu fietsen",
    "ik ben ziek van die papieren",
    "wat als ik ziek ben en niet kan werken",
    "mijn printer is ziek en kan niet werken",
]


@pytest.mark.parametrize(("need", "lang"), UNFIT)
def test_who_cannot_work_himself_goes_to_the_social_insurance_fund_first(
    need: str, lang: str
) -> None:
    answer = ask(need, lang=lang, facts={"municipality": "Gent", "headcount": 1})
    assert answer.route.doors[0] == FUND
    shown = {o.id for o in answer.offers}
    assert not OF_STAFF & {*shown, *answer.route.doors, answer.route.alternative}
    assert "ziekte-uitkering-zelfstandigen" in {o.id for o in answer.offers[:2]}
    assert "moederschapshulp" not in shown


@pytest.mark.parametrize("need", OTHERS)
def test_who_says_another_thing_is_not_taken_for_ill_or_hurt(need: str) -> None:
    assert not tells_unfit(need)
    assert ("organisation", FUND) not in first_named(need, {}, trouble=False)


@pytest.mark.parametrize(
    ("need", "lang", "town"),
    [
        (
            "Un de mes ouvriers est tombé d'un échafaudage ce matin, il est à l'hôpital",
            "fr",
            "Liège",
        ),
        ("mijn arbeider viel van de ladder en ligt in het ziekenhuis", "nl", "Gent"),
    ],
)
def test_whose_worker_was_hurt_gets_nothing_for_the_owners_own_income(
    need: str, lang: str, town: str
) -> None:
    answer = ask(need, lang=lang, limit=20, facts={"municipality": town, "headcount": 11})
    assert answer.route.doors[0] == "fedris"
    assert not OWN & {o.id for o in answer.offers}
