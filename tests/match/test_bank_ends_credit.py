"""A bank that ends the credit a firm lives on is trouble, whatever else the text tells; a bank that
gives, asks or cancels something else is not."""

from __future__ import annotations

import pytest

from tests.match.asked import ask

ENDED = [
    ("nl", "de bank heeft ons krediet opgezegd"),
    ("nl", "de bank zegt ons kaskrediet op"),
    ("nl", "mijn bank stopt met de kredietlijn"),
    ("nl", "na twintig jaar zegt onze bank de kredietlijn van 300.000 euro op"),
    ("nl", "ons eigen vermogen is negatief en de bank zegt het krediet op"),
    ("en", "our equity is negative, the bank cancelled our credit line and wages are due Monday"),
    ("en", "our bank cancelled our overdraft"),
    ("en", "the bank called in our loan"),
    ("en", "the bank is cutting off our credit"),
    ("fr", "la banque a dénoncé notre ligne de crédit et les salaires tombent lundi"),
    ("fr", "ma banque dénonce le crédit de caisse"),
    ("fr", "nos fonds propres sont négatifs et la banque a résilié le crédit"),
]
OTHERWISE = [
    ("nl", "de bank heeft het krediet van mijn klant opgezegd"),
    ("nl", "de bank keurt ons krediet goed, welke steun is er nog?"),
    ("nl", "de bank zegt de lening te willen geven, welke steun is er voor een oven?"),
    ("nl", "ik wil mijn lening bij de bank opzeggen en herfinancieren"),
    ("en", "the bank cancelled our credit cards by mistake"),
    ("en", "the bank stopped our credit application because papers are missing"),
    ("en", "the bank cut our loan rate, can we now invest?"),
    ("fr", "la banque a retiré les crédits de mon client"),
    ("fr", "la banque propose une ligne de crédit, est-ce intéressant ?"),
]


@pytest.mark.parametrize(("lang", "need"), ENDED)
def test_credit_that_the_bank_ends_is_trouble(lang: str, need: str) -> None:
    route = ask(need, lang=lang, facts={"municipality": "Gent", "headcount": 12}).route
    assert route is not None
    assert route.id == "R1"


@pytest.mark.parametrize(("lang", "need"), OTHERWISE)
def test_credit_of_others_and_a_bank_that_gives_are_not(lang: str, need: str) -> None:
    route = ask(need, lang=lang, facts={"municipality": "Gent", "headcount": 12}).route
    assert route is None or route.id != "R1"
