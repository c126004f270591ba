"""What an owner says in so many words is known, and is not asked again."""

from __future__ import annotations

import pytest

import baken
from baken.match.told import told_in


@pytest.mark.parametrize(
    ("need", "needs", "told"),
    [
        ("ik wil exporteren", ["N12"], ["exporter"]),
        ("I want to export", ["N12"], ["exporter"]),
        ("je veux vendre à l’étranger", ["N12", "N09"], ["exporter"]),
        ("wij willen niet exporteren, enkel hier verkopen", ["N12"], []),
        ("ik wil mijn bier verkopen in Japan en Canada", ["N12"], ["exporter"]),
        ("ik verkoop al in Duitsland en zoek nieuwe klanten", ["N12"], ["exporter"]),
        ("wij willen in Frankrijk onze kaas verkopen", ["N12"], ["exporter"]),
        ("we sell our chocolate to the Netherlands", ["N12"], ["exporter"]),
        ("je veux vendre ma bière au Japon", ["N12"], ["exporter"]),
        ("wij verkopen niet in Duitsland", ["N12"], []),
        ("mijn concurrenten verkopen in Duitsland", ["N12"], []),
        ("ik koop mijn hout in Polen", ["N12"], []),
        ("ik wil meer verkopen in mijn winkel in Luxemburg", ["N12"], []),
        ("I need the export of my data from the old system", ["N10"], []),
        ("ik kan mijn facturen niet meer op tijd betalen", ["N14"], ["financial_trouble"]),
        ("Je n'arrive plus à payer mes factures à temps", ["N14"], ["financial_trouble"]),
        ("I can't pay my bills", ["N14"], ["financial_trouble"]),
        ("ik kreeg een dagvaarding in faillissement", ["N14"], ["financial_trouble"]),
        ("ik ben gedagvaard voor het faillissement van mijn zaak", ["N14"], ["financial_trouble"]),
        ("j'ai reçu une citation en faillite", ["N14"], ["financial_trouble"]),
        ("we got a bankruptcy summons", ["N14"], ["financial_trouble"]),
        ("mijn klant kreeg een dagvaarding in faillissement", ["N14"], []),
        ("mijn klant kan niet meer betalen", ["N14"], []),
        ("mijn oven is te duur", ["N11"], []),
        ("je suis coiffeuse et je ne peux pas payer mes factures", ["N14"], ["financial_trouble"]),
        ("je n'arrive pas à payer mes charges", ["N14"], ["financial_trouble"]),
        ("mon salon ne peut plus payer ses fournisseurs", ["N14"], ["financial_trouble"]),
        ("je ne sais plus payer", ["N14"], ["financial_trouble"]),
        ("on n’arrive plus à payer le loyer", ["N14"], ["financial_trouble"]),
        ("we can no longer pay our suppliers", ["N14"], ["financial_trouble"]),
        ("I struggle to pay my staff", ["N14"], ["financial_trouble"]),
        ("I'm a plumber and I can't pay", ["N14"], ["financial_trouble"]),
        ("ik krijg mijn rekeningen niet betaald", ["N14"], ["financial_trouble"]),
        ("de lonen kan ik deze maand niet betalen", ["N14"], ["financial_trouble"]),
        ("ik kan mijn lening niet afbetalen", ["N14"], ["financial_trouble"]),
        ("mon client ne peut pas payer sa facture", ["N14"], []),
        ("mes clients ne paient pas leurs factures", ["N14"], []),
        ("my customer can't pay his invoice", ["N14"], []),
        ("mijn klanten kunnen hun facturen niet betalen", ["N14"], []),
        ("ik kan die machine niet betalen, bestaat er steun", ["N14"], []),
        ("je ne peux pas payer une nouvelle machine", ["N14"], []),
        ("I can't pay for a new oven", ["N14"], []),
        ("de bank wil geen lening geven", ["N09"], ["bank_credit_refused"]),
        ("de bank wil ons geen krediet geven", ["N09"], ["bank_credit_refused"]),
        ("mijn bank weigert een krediet", ["N09"], ["bank_credit_refused"]),
        ("de bank heeft mijn krediet geweigerd", ["N09"], ["bank_credit_refused"]),
        ("we kregen geen lening van de bank", ["N09"], ["bank_credit_refused"]),
        ("mijn kredietaanvraag is geweigerd door de bank", ["N09"], ["bank_credit_refused"]),
        ("la banque refuse de me prêter", ["N09"], ["bank_credit_refused"]),
        ("ma banque refuse un crédit", ["N09"], ["bank_credit_refused"]),
        ("la banque ne veut pas me prêter d'argent", ["N09"], ["bank_credit_refused"]),
        ("the bank won't lend to us", ["N09"], ["bank_credit_refused"]),
        ("my bank refused the loan", ["N09"], ["bank_credit_refused"]),
        ("ik wil een lening bij de bank", ["N09"], []),
        ("de bank wil een lening geven", ["N09"], []),
        ("de bank geeft mijn klant geen krediet", ["N09"], []),
        ("wat als de bank geen lening wil geven", ["N09"], []),
        ("de bank vraagt een ondernemingsplan voor het krediet", ["N09"], []),
        ("the bank lends to us", ["N09"], []),
        ("la banque me prête de l'argent", ["N09"], []),
    ],
)
def test_facts_that_the_words_tell(need: str, needs: list[str], told: list[str]) -> None:
    assert list(told_in(need, needs)) == told


@pytest.mark.parametrize(
    ("need", "lang", "place", "fact"),
    [
        ("je veux vendre à l'étranger", "fr", "Namur", "exporter"),
        ("I want to export", "en", "Gent", "exporter"),
        ("Je n'arrive plus à payer mes factures à temps", "fr", "Namur", "financial_trouble"),
        ("ik ben landbouwer en kan mijn facturen niet meer betalen", "nl", "Diksmuide",
         "financial_trouble"),
        ("de bank wil geen lening geven", "nl", "Namur", "bank_credit_refused"),
    ],
)  # fmt: skip
def test_what_was_said_is_not_asked(need: str, lang: str, place: str, fact: str) -> None:
    facts: dict[str, object] = {"municipality": place, "headcount": 4}
    query = {"need": need, "facts": facts, "lang": lang, "as_of": "2026-11-26"}
    answer = baken.match(query)
    assert answer.heard == [fact]
    assert answer.next_question is None or answer.next_question.fact != fact
    denied = baken.match(query | {"facts": facts | {fact: False}})
    assert denied.heard == [], "what the owner answers goes before"
