"""Danger for people: whom to call goes before all else."""

from __future__ import annotations

import pytest

from baken.match.danger import danger
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
    "mijn man heeft een hartaanval gehad, wie helpt in de zaak",
]  # fmt: skip


@pytest.mark.parametrize("need", TOLD)
def test_who_tells_of_danger_reads_first_whom_to_call(need: str) -> None:
    answer = ask(need, facts={"municipality": "Gent"})
    assert answer.danger == "Is iemand nu in gevaar? Bel 112." and not answer.no_need


@pytest.mark.parametrize("need", NOT_TOLD)
def test_who_only_uses_such_words_does_not(need: str) -> None:
    assert danger(need, "nl") is None
