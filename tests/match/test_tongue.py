"""The same need gets the same help, whichever of the three languages it is told in."""

from __future__ import annotations

import numpy as np
import pytest

import baken
from baken.match.search import embed_queries
from baken.match.tongue import tongue, without_tongue

ALIKE = [
    # the same need in Dutch, English and French; which doors are right; the facts
    (
        "mijn verkoop daalt",
        "my sales are falling",
        "mes ventes baissent",
        {"unizo", "vlaio-bedrijfsadviseurs"},
        {"municipality": "Gent", "sector": "bakkerij"},
    ),
    (
        "klanten klagen over de kwaliteit van onze lasnaden",
        "customers complain about the quality of our welds",
        "les clients se plaignent de la qualité de nos soudures",
        {"sirris"},
        {"municipality": "Gent", "sector": "metaalbewerking"},
    ),
    (
        "ik heb een metaalatelier en klanten klagen over de kwaliteit",
        "I run a metal workshop and customers complain about quality",
        "nous avons un atelier de métallerie et les clients se plaignent de la qualité",
        {"sirris"},
        {"municipality": "Gent"},
    ),
    (
        "ik ben kapper en kan mijn rekeningen niet betalen",
        "I am a hairdresser and can't pay my bills",
        "je suis coiffeuse et je ne peux pas payer mes factures",
        {"dyzo"},
        {"municipality": "Hasselt"},
    ),
    (
        "ik wil naar Duitsland uitvoeren",
        "I want to export to Germany",
        "je veux exporter vers l'Allemagne",
        {"fit"},
        {"municipality": "Gent"},
    ),
    (
        "wij zijn een kapsalon en vinden geen personeel",
        "we are a hair salon and can't find staff",
        "nous sommes un salon de coiffure et ne trouvons pas de personnel",
        {"vdab"},
        {"municipality": "Gent"},
    ),
    (
        "mijn energiefactuur is te hoog",
        "my energy bill is too high",
        "ma facture d'énergie est trop élevée",
        {"vlaio-bedrijfsadviseurs", "unizo"},
        {"municipality": "Gent", "sector": "slagerij"},
    ),
]


@pytest.mark.parametrize(
    ("need", "doors", "facts"),
    [(need, *row[3:]) for row in ALIKE for need in row[:3]],
)
def test_a_need_leads_to_the_same_door_in_each_language(
    need: str, doors: set[str], facts: dict[str, str]
) -> None:
    answer = baken.match({"need": need, "facts": facts, "as_of": "2026-11-26"})
    assert answer.route.doors[0] in doors


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("mijn dak lekt", "nl"),
        ("mes ventes baissent", "fr"),
        ("J’ai une boulangerie", "fr"),
        ("my roof leaks", "en"),
        ("webshop", "nl"),
        ("", "nl"),
        ("ik zoek een software developer", "nl"),
    ],
)
def test_the_small_words_tell_the_language(text: str, lang: str) -> None:
    assert tongue(text) == lang


def test_what_means_the_same_lies_nearer_without_the_language() -> None:
    for other in (1, 2):
        told = [row[i] for row in ALIKE for i in (0, other)]
        raw = embed_queries(told)
        level = without_tongue(told, raw)
        assert np.allclose(np.linalg.norm(level, axis=1), 1, atol=1e-3)
        assert np.array_equal(level[::2], raw[::2]), "Dutch stays as it is"
        before, after = ((v[::2] * v[1::2]).sum(axis=1).mean() for v in (raw, level))
        assert after > before
