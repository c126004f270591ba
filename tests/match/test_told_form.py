"""The legal form is heard where somebody plainly says it of the own firm, and of nobody else."""

from __future__ import annotations

import pytest

import baken
from baken.match.told_form import told_form

TOLD = [
    ("wij zijn een vzw en willen opleiding volgen over AI", "vzw"),
    ("onze school voor dans is een vzw en wil leraars opleiden", "vzw"),
    ("wij zijn een kleine sociale vzw met 4 mensen", "vzw"),
    ("onze vzw zoekt een subsidie voor zonnepanelen", "vzw"),
    ("we are a non-profit and want to train our staff", "vzw"),
    ("our non-profit needs a new website", "vzw"),
    ("nous sommes une asbl et cherchons une aide", "vzw"),
    ("notre asbl veut former son personnel", "vzw"),
    ("ik heb een eenmanszaak en wil een webshop", "sole_trader"),
    ("ik wil stoppen met mijn eenmanszaak", "sole_trader"),
    ("als eenmanszaak zoek ik een lening", "sole_trader"),
    ("I am a sole trader and I need a loan", "sole_trader"),
    ("I'm a sole trader looking for customers", "sole_trader"),
    ("je suis indépendant en personne physique et je cherche un crédit", "sole_trader"),
    ("mon entreprise individuelle a besoin d'argent", "sole_trader"),
    ("ik wil mijn bv verkopen", "bv"),
    ("wij zijn een bv met 12 mensen", "bv"),
    ("mijn BVBA heeft een lening nodig", "bv"),
    ("notre SRL cherche un local", "bv"),
    ("j'ai une srl et je veux investir", "bv"),
    ("onze nv wil investeren in een nieuwe lijn", "nv"),
    ("nous sommes une SA de 60 personnes", "nv"),
    ("onze vof zoekt een boekhouder", "vof"),
    ("we zijn een bvba", "bv"),
    ("we zijn een cv", "cv"),
    ("wij zijn een kleine CV met 20 leden", "cv"),
    ("wij zijn een cv van 12 mensen", "cv"),
    ("onze zaak is een cv", "cv"),
    ("we zijn een coöperatieve vennootschap", "cv"),
    ("onze coöperatie zoekt een lening", "cv"),
    ("we are a CV and look for a loan", "cv"),
    ("we are a cooperative with 30 members", "cv"),
    ("nous sommes une SC", "cv"),
    ("notre coopérative cherche un crédit", "cv"),
]
NOT_TOLD = [
    "mijn klant is een vzw en betaalt niet",
    "wij leveren aan een vzw",
    "wij zijn leverancier van een vzw",
    "wij zijn een partner van vzw De Kring",
    "mijn grootste klant is een nv",
    "de bv van mijn broer is failliet",
    "ik wil een vzw oprichten",
    "moet ik een eenmanszaak of een bv kiezen",
    "ik wil mijn eenmanszaak omzetten in een bv",
    "ik wil mijn eenmanszaak omvormen",
    "ik wil van mijn eenmanszaak naar een bv",
    "wij zijn geen vzw",
    "we are not a non-profit",
    "nous ne sommes pas une asbl",
    "onze bv-klanten betalen laat",
    "onze vzw klanten betalen laat",
    "ik wil een eenmanszaak starten",
    "als ik een bv heb, wat dan",
    "I want to set up a non-profit",
    "je veux créer une asbl",
    "je veux vendre sa maison",
    "notre soudeur prend sa pension",
    "notre formation individuelle coûte trop",
    "notre client est une asbl",
    "we have a non-profit customer",
    "wij werken bv. met hout",
    "ik zoek een machine, bv een zaag",
    "mijn oven is stuk",
    "we zijn een ltd",
    "we are a Ltd and sell in Belgium",
    "we zijn een cvba",
    "we kregen geen cv's",
    "een cv sturen",
    "ik heb een cv gestuurd",
    "we hebben een cv ontvangen",
    "hebben we een cv nodig",
    "mijn cv is oud",
    "onze cv is stuk",
    "we zijn een cv aan het schrijven",
    "we zijn een cv kwijt",
    "we zijn een cv van een kandidaat kwijt",
    "waar zijn de cv's",
    "hij is een cv vergeten",
    "I have a cv and want a job",
    "we are a cooperative team",
    "notre équipe est coopérative",
    "onze coöperatie met de school loopt goed",
    "mijn klant is een cv",
    "we willen een cv oprichten",
]


@pytest.mark.parametrize(("need", "form"), TOLD)
def test_a_form_of_the_own_firm_is_heard(need: str, form: str) -> None:
    assert told_form(need) == form


@pytest.mark.parametrize("need", NOT_TOLD)
def test_a_form_of_others_or_to_come_is_not(need: str) -> None:
    assert told_form(need) is None


def test_what_was_said_of_the_form_is_known_shown_and_can_be_set_right() -> None:
    need = "wij zijn een vzw en willen opleiding volgen over AI"
    query = {"need": need, "facts": {"municipality": "Gent"}, "as_of": "2026-11-26"}
    answer = baken.match(query)
    assert answer.heard == ["legal_form"]
    assert answer.heard_values == {"legal_form": ["vzw"]}
    assert answer.next_question is None or answer.next_question.fact != "legal_form"
    offer = baken.match(query | {"only": ["kmo-portefeuille-opleiding"]}).offers[0]
    assert offer.verdict == "excluded", "the wallet is for no association"
    for more in ({"facts": {"legal_form": "bv"}}, {"asked": ["legal_form"]}):
        assert baken.match(query | more).heard == [], "what the owner answers goes before"


def test_what_follows_from_the_form_follows_from_a_heard_one_too() -> None:
    read = baken.match({"need": "ik heb een eenmanszaak en zoek een lening", "as_of": "2026-11-26"})
    assert read.heard_values["legal_form"] == ["sole_trader"]
