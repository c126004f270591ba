"""Who gives an offer, by a name of the reader's language."""

from __future__ import annotations

import pytest

from baken.landscape.catalogue import load_catalogue
from baken.landscape.model import Instrument, Organisation
from baken.match import giver


@pytest.mark.parametrize(
    ("told", "lang", "name"),
    [
        ("Waals Gewest (SPW Economie, Emploi, Recherche)", "en", "the Walloon Region"),
        ("Waals Gewest (SPW Economie)", "fr", "la Région wallonne"),
        ("Waals Gewest (SPW Economie)", "nl", "Waals Gewest"),
        ("Stad Gent", "fr", "la ville de Gand"),
        ("VLAIO", "en", "VLAIO"),
        ("de ondernemingsrechtbank, met een advocaat", "en", "the business court"),
        ("je ziekenfonds (RIZIV)", "fr", "votre mutualité"),
        ("een OCMW of CAW dat erkend is voor schuldbemiddeling", "en", ""),
    ],
)
def test_a_body_is_named_in_the_language(told: str, lang: str, name: str) -> None:
    assert giver.name_in(told, lang) == name


def test_every_name_that_is_translated_is_one_of_a_record() -> None:
    told = {
        giver.head(r.provider if isinstance(r, Instrument) else r.names.nl or "")
        for r in load_catalogue()
        if isinstance(r, Instrument | Organisation)
    }
    assert set(giver._names()) <= told


@pytest.mark.parametrize(
    ("lang", "says"),
    [
        ("nl", "een gecertificeerd accountant (boekhouder)"),
        ("en", "a certified accountant"),
        ("fr", "un expert-comptable certifié"),
    ],
)
def test_an_organisation_that_is_any_of_its_kind_has_an_article(lang: str, says: str) -> None:
    assert giver.with_article("Gecertificeerd accountant (boekhouder)", lang) == says
