"""What owners say outright: money trouble is a fact, and a cry or a threat is heard as one."""

from __future__ import annotations

import pytest

import baken

TROUBLE = [
    ("ik zit in financiële problemen", True),
    ("ons bedrijf heeft geldzorgen", True),
    ("ik kan niks meer betalen", True),
    ("ik heb schulden", True),
    ("de bank heeft mijn krediet opgezegd", True),
    ("achterstand bij de RSZ van 40.000 euro", True),
    ("j'ai des dettes", True),
    ("we are in debt", True),
    ("I got a letter from the VAT office and cannot pay", True),
    ("we are broke and the bailiff is coming", True),
    ("the bailiff is at my door", True),
    ("I am drowning in debt", True),
    ("ik zit diep in de schulden", True),
    ("onze zaak staat in het rood", True),
    ("de deurwaarder staat aan de deur", True),
    ("je suis criblé de dettes", True),
    ("l'huissier est passé ce matin", True),
    ("our machine broke and we need a new one", False),
    ("I got an offer for a new oven and my customer cannot pay", False),
    ("mijn broer zit diep in de schulden", False),
    ("moet ik een deurwaarder naar mijn klant sturen", False),
    ("mijn klant heeft schulden bij mij", False),
    ("mijn leverancier heeft financiële problemen", False),
    ("mijn energierekening is te hoog", False),
]


@pytest.mark.parametrize(("need", "heard"), TROUBLE)
def test_trouble_with_money_that_is_said_is_known(need: str, heard: bool) -> None:
    answer = baken.match({"need": need, "as_of": "2026-11-27"})
    assert ("financial_trouble" in answer.heard) is heard


CRIES = [
    ("ik zie geen uitweg meer", True),
    ("aidez-moi, je n'y arrive plus", True),
    ("aidez-moi à gérer mes stocks, je n'y arrive plus", False),
    ("aidez-moi à trouver un financement, je n'y arrive plus seul", False),
    ("de enige uitweg is het kanaal in rijden", True),
    ("je ne vois plus d'issue", True),
    ("een klant bedreigt mij met een mes", True),
    ("ik zie geen uitweg meer met die software", False),
    ("een klant dreigt met een advocaat", False),
]


@pytest.mark.parametrize(("need", "cry"), CRIES)
def test_a_cry_or_a_threat_in_plain_words_is_heard(need: str, cry: bool) -> None:
    answer = baken.match({"need": need, "as_of": "2026-11-27"})
    assert bool(answer.urgent and answer.calls) is cry
