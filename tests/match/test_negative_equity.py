"""Negative own funds or net assets are heard of the firm itself, in three languages."""

from __future__ import annotations

import pytest

from baken.match.negative_equity import tells_half_lost, tells_negative_equity

TOLD = [
    "mijn boekhouder zegt dat ons eigen vermogen negatief is, moet ik iets doen?",
    "ons netto-actief is negatief geworden, wat moet het bestuur doen",
    "ons nettoactief is negatief geworden",
    "we hebben twee jaar verlies en ons eigen vermogen is negatief",
    "wij hebben een negatief eigen vermogen",
    "het eigen vermogen van mijn bv is onder nul gezakt",
    "ons eigen vermogen dreigt negatief te worden",
    "onze vennootschap heeft negatieve eigen middelen",
    "our equity is negative, what must the board do",
    "my company has negative equity",
    "the net assets of our company have become negative",
    "net worth below zero after two bad years",
    "nos capitaux propres sont négatifs, que doit faire le conseil",
    "l'actif net de notre SRL est devenu négatif",
    "mon comptable dit que nos fonds propres sont en dessous de zéro",
]
NOT_TOLD = [
    "ik wil eigen vermogen opbouwen",
    "hoe bouw ik eigen vermogen op voor mijn zaak",
    "ons eigen vermogen is niet negatief",
    "we hebben geen negatief eigen vermogen",
    "het eigen vermogen van mijn klant is negatief",
    "een klant met een negatief eigen vermogen wil bestellen",
    "ik wil een bedrijf overnemen met een negatief eigen vermogen",
    "meer eigen vermogen aantrekken van investeerders",
    "wij kregen een negatief advies voor onze vergunning",
    "negatieve reacties op mijn winkel",
    "I want to raise equity",
    "our equity is not negative",
    "a negative review about my shop",
    "je veux augmenter mes fonds propres",
    "nos capitaux propres ne sont pas négatifs",
    "reprendre une société dont l'actif net est négatif",
]


@pytest.mark.parametrize("need", TOLD)
def test_negative_own_funds_are_heard(need: str) -> None:
    assert tells_negative_equity(need)


@pytest.mark.parametrize("need", NOT_TOLD)
def test_what_is_something_else_or_of_others_is_not(need: str) -> None:
    assert not tells_negative_equity(need)


@pytest.mark.parametrize(
    "need",
    [
        "het eigen vermogen van onze nv is minder dan de helft van het kapitaal",
        "mijn nv: het netto actief is gedaald onder de helft van het kapitaal",
        "van het kapitaal van onze nv blijft minder dan de helft van het kapitaal over",
        "the net assets of our NV fell below half of the capital",
        "our net assets are less than half the share capital",
        "l'actif net de notre SA est inférieur à la moitié du capital",
        "notre actif net est tombé sous la moitié du capital social",
    ],
)
def test_less_than_half_of_the_capital_is_heard(need: str) -> None:
    assert tells_half_lost(need)


@pytest.mark.parametrize(
    "need",
    [
        "minder dan de helft van mijn klanten betaalt",
        "het eigen vermogen van mijn klant is minder dan de helft van het kapitaal",
        "ons eigen vermogen is niet minder dan de helft van het kapitaal",
        "onze bank leent minder dan de helft van de prijs",
        "ons eigen vermogen is negatief",
        "meer dan de helft van het kapitaal is van mijn broer",
    ],
)
def test_half_of_something_else_is_not(need: str) -> None:
    assert not tells_half_lost(need)
