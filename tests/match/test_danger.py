"""Danger for people: whom to call goes before all else."""

from __future__ import annotations

import pytest

from baken.match.danger import danger, tells_danger
from tests.match.asked import ask

TOLD = [
    "gaslek in de keuken", "er is een gasontploffing geweest", "het brandt hier",
    "there is a gas leak in our kitchen", "fuite de gaz dans la cuisine", "elektrocutie op de werf",
    "mijn werknemer is bedreigd door een klant met een mes",
    "een boze klant bedreigt mijn personeel",
    "mijn zaak is overvallen, bediende heeft een mes op de keel gehad",
    "mijn werknemer heeft een hartaanval", "my employee is having a heart attack",
    "mon ouvrier fait une crise cardiaque",
    "chloorgas vrijgekomen in ons zwembad, twee mensen naar spoed",
]  # fmt: skip
NOT_TOLD = [
    "ik wil een cursus over gaslekken", "wij worden overvallen door de vraag naar fietsen",
    "hoe verzeker ik mij tegen een overval", "mijn gasfactuur is te hoog", "de prijzen ontploffen",
    "ik zoek een nieuw mes voor mijn slagerij",
]  # fmt: skip


@pytest.mark.parametrize("need", TOLD)
def test_who_tells_of_danger_reads_first_whom_to_call(need: str) -> None:
    answer = ask(need, facts={"municipality": "Gent"})
    assert answer.danger == "Is iemand nu in gevaar? Bel 112." and not answer.no_need


@pytest.mark.parametrize("need", NOT_TOLD)
def test_who_only_uses_such_words_does_not(need: str) -> None:
    assert danger(need, "nl") is None


ASKED = [
    "",
    ", wat moet ik doen",
    ". help",
    ", wat nu",
    ", what should I do",
    ", que dois-je faire",
]
HURT = [
    "mijn werknemer ligt bewusteloos", "er is een arbeider van het dak gevallen",
    "arbeider van stelling gevallen", "mon ouvrier est inconscient",
    "un ouvrier est tombé du toit", "one of my workers fell off the roof", "my worker collapsed",
]  # fmt: skip


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize("need", HURT)
def test_what_one_asks_beside_it_takes_no_danger_away(need: str, asked: str) -> None:
    assert tells_danger(f"{need}{asked}")


THREATS = [
    "een klant bedreigt mij elke dag in de winkel", "un client me menace tous les jours",
    "ik word gestalkt door een ex-werknemer", "ik schiet de deurwaarder neer",
    "ik steek de zaak in brand met mij erin",
]  # fmt: skip
NO_THREATS = [
    "mijn leverancier bedreigt mij met een proces", "mon propriétaire me menace de saisie",
    "onze omzet zakte in elkaar", "the market collapsed", "mon marché s'est effondré",
    "hoe voorkom ik dat iemand van het dak valt", "help, mijn omzet daalt",
    "wat moet ik doen voor een vergunning", "my sales collapsed, what should I do",
    "vorig jaar is een arbeider van het dak gevallen, hoe voorkom ik dat",
]  # fmt: skip


@pytest.mark.parametrize("need", THREATS)
def test_a_threat_is_danger(need: str) -> None:
    assert tells_danger(need)


@pytest.mark.parametrize("need", NO_THREATS)
def test_a_letter_of_a_lawyer_and_a_market_are_none(need: str) -> None:
    assert not tells_danger(need)
