"""Danger for people, and what goes on with the staff: whom to call first, and nobody is sought."""

from __future__ import annotations

import pytest

import baken
from baken.match.danger import danger
from baken.match.no_work import tells_of_staff

TOLD = [
    "gaslek in de keuken", "er is een gasontploffing geweest", "het brandt hier",
    "there is a gas leak in our kitchen", "fuite de gaz dans la cuisine", "elektrocutie op de werf",
    "mijn werknemer is bedreigd door een klant met een mes",
    "een boze klant bedreigt mijn personeel",
    "mijn zaak is overvallen, bediende heeft een mes op de keel gehad",
    "chloorgas vrijgekomen in ons zwembad, twee mensen naar spoed",
]  # fmt: skip
NOT_TOLD = [
    "ik wil een cursus over gaslekken", "wij worden overvallen door de vraag naar fietsen",
    "hoe verzeker ik mij tegen een overval", "mijn gasfactuur is te hoog", "de prijzen ontploffen",
    "ik zoek een nieuw mes voor mijn slagerij",
]  # fmt: skip


@pytest.mark.parametrize("need", TOLD)
def test_who_tells_of_danger_reads_first_whom_to_call(need: str) -> None:
    answer = baken.match({"need": need, "as_of": "2026-11-28", "facts": {"municipality": "Gent"}})
    assert answer.danger == "Is iemand nu in gevaar? Bel 112." and not answer.no_need


@pytest.mark.parametrize("need", NOT_TOLD)
def test_who_only_uses_such_words_does_not(need: str) -> None:
    assert danger(need, "nl") is None


STAFF = [
    "werknemer zegt dat de chef haar betast", "een werknemer is gepakt op stelen uit de kassa",
    "een boze klant bedreigt mijn personeel", "mijn kapster is zwanger",
    "one of my employees steals", "un employé vole dans la caisse",
]  # fmt: skip


@pytest.mark.parametrize("need", STAFF)
def test_what_goes_on_with_the_staff_leads_to_nobody_who_finds_people(need: str) -> None:
    answer = baken.match({"need": need, "as_of": "2026-11-28", "facts": {"municipality": "Gent"}})
    assert answer.route is not None and "vdab" not in answer.route.doors


@pytest.mark.parametrize(
    "need", ["ik zoek een vervanger voor mijn zwangere werkneemster", "personeel", "ik ben zwanger"]
)
def test_who_seeks_somebody_still_finds_who_helps_with_that(need: str) -> None:
    assert not tells_of_staff(need)


DOORS = [
    ("bouwvergunning geweigerd", "omgevingsloket", "arbeidsrechtbank"),
    ("permis d'urbanisme refusé", "omgevingsloket", "arbeidsrechtbank"),
    ("valt mijn bedrijf onder nis2", "centrum-voor-cybersecurity-belgie", "zelfmoordlijn"),
    ("mijn boekhouder zegt dat ik de boeken moet neerleggen", "dyzo", "zelfmoordlijn"),
    ("fiscus heeft beslag gelegd op mijn rekening", "dyzo", "vdab"),
    ("een collega-bakker ging failliet, kan ik zijn oven overkopen?", "accountant", "dyzo"),
    ("mijn vennoot is gestorven, wat nu met de bv", "accountant", "zelfmoordlijn"),
]


@pytest.mark.parametrize(("need", "first", "never"), DOORS)
def test_these_words_lead_there(need: str, first: str, never: str) -> None:
    answer = baken.match({"need": need, "as_of": "2026-11-28", "facts": {"municipality": "Gent"}})
    assert answer.route is not None
    assert answer.route.doors[0] == first and never not in answer.route.doors


@pytest.mark.parametrize(
    "need",
    [
        "de nis2 wet, moet ik daar iets voor doen",
        "onze loyaltykaart is niet meer van deze tijd, ik wil er een einde aan maken",
    ],
)
def test_what_is_no_cry_is_answered_as_a_question(need: str) -> None:
    answer = baken.match({"need": need, "as_of": "2026-11-28", "facts": {"municipality": "Gent"}})
    assert answer.urgent is None
