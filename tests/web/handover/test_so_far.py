"""No word at all, "taken on" and calls in vain are three facts, each told as it is."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from baken.refer.letters import Letter
from baken.refer.model import Kind
from baken.web.desk.letters import to_coordinator
from baken.web.handover import store
from baken.web.handover.came import told_receiver
from baken.web.handover.history import headline
from baken.web.handover.models import Intent, Referral
from baken.web.handover.post import letter
from baken.web.handover.tick import tick
from tests.web.handover.made import at, event, sent

pytestmark = pytest.mark.django_db
FACTS = [
    ([], "Tot nu toe weten we van geen", "nog geen woord", "nam nog geen contact op"),
    (
        [Kind.ACCEPTED],
        "nam je vraag aan, maar",
        "Aangenomen, maar nog geen contact",
        "nam je vraag aan, maar nam nog geen contact op",
    ),
    (
        [Kind.TRIED, Kind.TRIED],
        "probeerde je 2 keer te bereiken, zonder succes",
        "probeerden de onderneming 2 keer te bereiken",
        "probeerde je 2 keer te bereiken, zonder succes. Contact was beloofd",
    ),
]


def _letters(name: Letter, now: float) -> str:
    written = letter(Intent.objects.get(letter=str(name), to="owner"), at(now))
    assert written is not None
    return " ".join(f"{written['Subject']} {written.get_content()}".split())


@pytest.mark.parametrize(
    ("kinds", "owner", "coordinator", "page"), FACTS, ids=["silent", "taken", "tried"]
)
def test_each_is_told_to_owner_and_coordinator(
    kinds: list[Kind], owner: str, coordinator: str, page: str, settings: Any
) -> None:
    settings.BAKEN_COORDINATOR = "c@baken.example"
    row = sent()
    for number, kind in enumerate(kinds):
        store.record(row.pk, event(kind, 0.1 + number / 10))
    tick(at(8))
    says = _letters(Letter.NO_WORD_YET, 8)
    assert owner in says
    assert "antwoord" not in says
    told = to_coordinator(Intent.objects.get(to="coordinator"), at(8))
    assert told is not None and coordinator in " ".join(told.get_content().split())
    late = headline(store.state_of(row), "Huis", "nl", date(2026, 3, 11))
    assert page in late.replace("\u00a0", " ")
    tick(at(40))
    assert owner in _letters(Letter.DOOR_CLOSED, 40)
    state = store.state_of(Referral.objects.get())
    assert state.left_because == state.so_far


def test_the_next_door_reads_that_calls_were_in_vain() -> None:
    row = sent(alternative="tweede-huis", may_pass_on=True)
    sent("other", "tweede-huis")
    for number, kind in enumerate((Kind.TRIED, Kind.TRIED)):
        store.record(row.pk, event(kind, 0.1 + number / 10))
    tick(at(10))
    after = Referral.objects.get(after=row)
    assert "probeerde de onderneming 2 keer te bereiken" in told_receiver(after, "nl")
