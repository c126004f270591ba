"""From the owner's words to needs: dialect, the classifier, and what is no need."""

from __future__ import annotations

import numpy as np
import pytest

from baken.match.dialect import written
from baken.match.search import embed_query
from baken.match.understand import learn, main_needs, understand
from tests.match.asked import ask


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("'k zoek volk mor kvind niks", "ik zoek personeel mor ik vind niets"),
        ("er komt gin volk nimeer binnen", "er komt geen klanten niet meer binnen"),
        ("volk van hier", "volk van hier"),
        ("kheb nen oven die veul elektriek pakt", "ik heb een oven die veel elektriciteit pakt"),
        ("twerkt nie", "het werkt niet"),
        ("mijn hotel krijgt minder gasten", "mijn hotel krijgt minder gasten"),
        ("ik doe mee en ben moe", "ik doe mee en ben moe"),
        ("een app in VR met IP en e-commerce", "een app in VR met IP en e-commerce"),
        ("content maken voor mijn zaak", "content maken voor mijn zaak"),
        ("je ne trouve pas de den", "je ne trouve pas de den"),
        ("we do not know who can help", "we do not know who can help"),
        ("", ""),
    ],
)
def test_dialect_is_read_as_written_and_written_words_stay(said, read):
    assert written(said) == read


@pytest.mark.parametrize(
    ("need", "no_need"),
    [
        ("schrijf een gedicht over de maan", True),
        ("12345 !!", True),
        ("mijn lijm laat los", False),
        ("ge vindt gene metser nimeer", False),
    ],
)
def test_what_is_no_need_of_a_firm(need, no_need):
    understood = understand(need, embed_query(need))
    assert understood.no_need is no_need
    assert bool(understood.needs) is not no_need


@pytest.mark.parametrize(
    ("need", "code"),
    [
        ("ik vind geen bakkers meer", "N13"),
        ("de bank wil geen lening geven voor mijn foodtruck", "N09"),
        ("onze lijm laat los na een paar weken", "N03"),
        ("we zijn gehackt en alles ligt plat", "N10"),
        ("ik wil stoppen en mijn zaak overlaten", "N14"),
        ("ons product moet CE gekeurd worden", "N04"),
        ("hoe bescherm ik mijn merk", "N08"),
        ("wie kan mij helpen ik weet niet waar beginnen", "N01"),
        ("ik heb een idee voor een slimme fietsbel", "N05"),
        ("mon entreprise ne peut plus payer ses dettes", "N14"),
        ("mes clients ne paient pas", "N14"),
        ("mes clients paient en retard", "N14"),
        ("my customers don't pay", "N14"),
        ("je cherche des clients", "N12"),
        ("we want to export our beer", "N12"),
        ("kwliteitsproblmen met ons houtwerk", "N03"),
        ("Onze sauzen worden waterig en de klant stuurt ze terug.", "N03"),
        ("Een klant vraagt een attest dat onze stoel sterk genoeg is.", "N04"),
        ("ge vindt tegenwoordig gene metser nimeer", "N13"),
        ("kzit mee nen oven die veels te veel pakt op den elektriek", "N11"),
        ("Je veux vendre mes biscuits en Allemagne.", "N12"),
        ("Our cash will run out in two months.", "N14"),
        ("Een concurrent gebruikt bijna dezelfde merknaam als wij.", "N08"),
        ("ik wil mijn winkel verkopen", "N14"),
    ],
)
def test_needs_are_recognised_in_owners_words(need, code):
    assert code in [n.code for n in ask(need).needs[:2]]


@pytest.mark.parametrize(
    "need",
    [
        "mijn koffiekoeken verkopen niet meer zo goed sinds de nieuwe supermarkt open is",
        "onze wafels verkopen niet meer goed",
        "ik wil kaas verkopen",
    ],
)
def test_goods_that_sell_badly_are_no_firm_for_sale(need: str) -> None:
    needs = understand(need, embed_query(need)).needs
    assert next(iter(needs)) == "N12"
    assert "N14" not in main_needs(needs)


@pytest.mark.parametrize(
    "need",
    [
        "je cherche une vendeuse pour ma boutique",
        "je ne trouve pas de vendeur pour mon magasin",
        "ik vind geen verkoopster voor mijn winkel",
        "ik zoek een winkelbediende",
        "I can't find a shop assistant",
    ],
)
def test_who_stands_in_the_shop_is_sought_as_staff(need: str) -> None:
    assert next(iter(understand(need, embed_query(need)).needs)) == "N13"


def test_two_classes_of_sentences_are_learned_apart():
    vectors = np.array([[1.0, 0.0], [0.9, 0.1], [0.0, 1.0], [0.1, 0.9]], dtype=np.float32)
    learned = learn(vectors, np.array([0, 0, 1, 1]), np.ones(4), ("left", "right"))
    scores = learned.scores(np.array([0.8, 0.2], dtype=np.float32))
    assert scores["left"] > scores["right"]


@pytest.mark.parametrize(
    "need",
    [
        "I want to hand over my shop to my daughter",
        "je veux remettre mon commerce à ma fille",
        "we run a pub and my wife is ill",
        "mijn vrouw en ik hebben een frituur en ze is ziek",
        "k moe mijn zoak overloaten an mijnen zeune",
        "tkaffee moe naor mijn dochter",
        "mijn zoon moet de boerderij overnemen",
        "our baby is born and I have a hair salon",
    ],
)
def test_family_in_a_question_about_a_business_is_no_private_trouble(need: str) -> None:
    assert "N14" in list(understand(need, embed_query(need)).needs)[:3]
