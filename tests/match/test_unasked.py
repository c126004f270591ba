"""What is there for one subject only leads for who has a word of it."""

from __future__ import annotations

import pytest

import baken
from baken.match.unasked import asked_subjects


@pytest.mark.parametrize(
    ("need", "asked"),
    [
        ("we zoeken een loods in Dendermonde", True),
        ("bedrijfsgrond gezocht", True),
        ("un entrepôt à louer", True),
        ("mijn verkoop daalt", False),
        ("ik wil groeien", False),
    ],
)
def test_who_lays_out_business_parks_leads_for_who_asks_for_a_place(need: str, asked: bool) -> None:
    assert ("premises" in asked_subjects(need)) is asked
    facts = {"municipality": "Dendermonde", "headcount": 4}
    answer = baken.match({"need": need, "as_of": "2026-11-24", "facts": facts})
    assert asked or "dds" not in {*answer.route.doors, *(offer.id for offer in answer.offers)}


@pytest.mark.parametrize(
    ("need", "lang", "asked"),
    [
        ("Ik wil mijn meubels in het buitenland verkopen", "nl", True),
        ("we want to sell in Germany", "en", True),
        ("trouver des clients à l'étranger", "fr", True),
        ("Mijn verkoop daalt, ik wil weer klanten", "nl", False),
        ("my sales are falling", "en", False),
        ("mes ventes baissent", "fr", False),
    ],
)
def test_who_helps_to_sell_abroad_leads_for_who_has_a_word_of_it(
    need: str, lang: str, asked: bool
) -> None:
    facts = {"municipality": "Aalst", "headcount": 4}
    answer = baken.match({"need": need, "lang": lang, "as_of": "2026-11-24", "facts": facts})
    assert ("fit" in {*answer.route.doors, *(offer.id for offer in answer.offers)}) is asked


@pytest.mark.parametrize(
    ("need", "asked"),
    [
        ("wegenwerken voor mijn winkel, ik zie geen klanten meer", True),
        ("de straat ligt open en mijn café is leeg", True),
        ("mijn restaurant verliest klanten", False),
        ("de klanten blijven weg uit mijn winkel", False),
    ],
)
def test_a_premium_for_road_works_is_for_who_tells_of_works(need: str, asked: bool) -> None:
    facts = {"municipality": "Aalst", "headcount": 4}
    answer = baken.match({"need": need, "as_of": "2026-11-24", "facts": facts})
    assert ("hinderpremie" in [offer.id for offer in answer.offers]) is asked
