"""A firm that can't pay is in trouble by whatever name its owner calls it; who else can't pay is
not the firm."""

from __future__ import annotations

import pytest

from baken.match.others import is_owed
from baken.match.own_voice import in_own_voice
from tests.match.asked import ask

OWN = {
    "nl": [
        "Mijn restaurant kan de leveranciers niet meer betalen",
        "Ons café kan de leveranciers niet meer betalen",
        "Ons hotel kan zijn leveranciers niet meer betalen",
        "Onze bakkerij kan de leveranciers niet betalen",
        "Onze drukkerij kan haar leveranciers niet meer betalen",
        "Mijn kapsalon kan de huur niet betalen",
        "Onze garage kan haar leveranciers niet meer betalen",
        "Mijn restaurant betaalt de leveranciers al drie maanden niet",
        "Onze bakkerij zit diep in de schulden",
    ],
    "en": [
        "My restaurant can't pay its suppliers",
        "Our bakery cannot pay the rent any more",
    ],
    "fr": [
        "Mon garage ne peut plus payer l'ONSS",
        "Mon entreprise ne peut plus payer l'ONSS",
        "Notre café ne peut plus payer ses fournisseurs",
        "Ma boulangerie n'arrive plus à payer le loyer",
    ],
}
OTHERS = [
    "mijn huurder kan de huur niet betalen",
    "mijn klant kan de factuur niet betalen",
    "onze leverancier kan zijn mensen niet betalen",
    "mijn broer kan zijn leveranciers niet betalen",
    "mijn restaurant heeft klanten die niet betalen",
    "onze winkel kan klanten laten betalen met hun gsm",
    "mijn bakkerij betaalt te veel voor energie",
    "my customer can't pay my invoices",
    "my tenant can't pay the rent",
    "notre client ne peut plus payer ses factures",
]


@pytest.mark.parametrize(
    ("lang", "need"), [(lang, need) for lang, needs in OWN.items() for need in needs]
)
def test_a_firm_that_cant_pay_is_in_trouble_by_its_name(lang, need):
    answer = ask(need, lang=lang, facts={"headcount": 5})
    assert answer.route is not None
    assert answer.route.id == "R1"
    asked = answer.next_question
    assert asked is None or asked.fact != "financial_trouble"


@pytest.mark.parametrize("need", OTHERS)
def test_who_else_cant_pay_is_not_the_firm(need):
    route = ask(need, facts={"headcount": 5}).route
    assert route is None or route.id != "R1"


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("ons cafe kan zijn huur niet betalen", "ik kan mijn huur niet betalen"),
        ("mijn eigen zaak zit in de schulden", "ik zit in de schulden"),
        ("my salon can't pay its rent", "i can't pay my rent"),
        ("ma boulangerie n'arrive plus a payer", "je n'arrive plus a payer"),
        ("mijn boekhouder kan de rsz niet uitleggen", "mijn boekhouder kan de rsz niet uitleggen"),
        ("mon client a des dettes", "mon client a des dettes"),
        ("mijn machine is kapot", "mijn machine is kapot"),
        ("", ""),
    ],
)
def test_the_firm_is_its_owner(said, heard):
    assert in_own_voice(said) == heard
    assert in_own_voice(heard) == heard


def test_customers_who_owe_still_owe():
    assert is_owed("mijn restaurant is open, mijn klanten betalen niet")
    assert not is_owed("mijn restaurant kan de klanten niet terugbetalen")
