"""What was done at the desk before a letter left, or where none arrived, and what nobody opened:
letters tell that.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from baken.refer.model import Kind, Outcome, Who
from baken.web.desk.to_coordinator import letter as to_coordinator
from baken.web.handover import store
from baken.web.handover.models import Intent, Referral
from baken.web.handover.post import letter
from baken.web.handover.tick import tick
from tests.web.handover.following import owners_page
from tests.web.handover.made import at, event, sent

pytestmark = pytest.mark.django_db


def says(row: Referral, name: str) -> str:
    written = letter(Intent.objects.get(referral=row, letter=name, to="receiver"), at(1))
    assert written is not None
    return " ".join(written.get_content().split())


@pytest.mark.parametrize(("kinds", "asks"), [([], True), ([Kind.SEEN, Kind.ACCEPTED], False)])
def test_who_took_it_at_the_desk_is_not_asked_to_take_it(kinds: list[Kind], asks: bool) -> None:
    row = sent()
    for number, kind in enumerate(kinds):
        store.record(row.pk, event(kind, 0.1 + number / 10))
    assert ("neem je ze aan" in says(row, "new_file")) is asks


@pytest.mark.parametrize("opened", [True, False])
def test_who_opened_nothing_has_nothing_to_throw_away(opened: bool) -> None:
    row = sent()
    if opened:
        store.record(row.pk, event(Kind.SEEN, 0.1))
    Intent.objects.filter(letter="new_file").update(stage=Intent.DONE)
    store.record(row.pk, event(Kind.WITHDRAWN, 0.2, Who.OWNER))
    told = says(row, "withdrawn")
    assert ("Gooi weg" in told) is opened
    assert ("Niemand opende het dossier" in told) is not opened


@pytest.mark.parametrize(
    ("taken", "told"), [(True, "Aangenomen, maar nog geen contact"), (False, "kwam niet aan")]
)
def test_what_did_not_arrive_and_was_taken_at_the_desk_is_told_as_taken(
    taken: bool, told: str, settings: Any
) -> None:
    settings.BAKEN_COORDINATOR = "c@baken.example"
    row = sent()
    store.record(row.pk, event(Kind.BOUNCED, 0.1, Who.SYSTEM))
    if taken:
        store.record(row.pk, event(Kind.ACCEPTED, 0.2))
    tick(at(8))
    now = at(8) if taken else at(0.1) + timedelta(hours=1)
    written = to_coordinator(Intent.objects.filter(to="coordinator").latest("pk"), now)
    assert written is not None
    assert told in " ".join(written.get_content().split())


def test_who_was_not_helped_does_not_wait() -> None:
    row = sent()
    store.record(row.pk, event(Kind.CONTACT, 0.1))
    store.record(row.pk, event(Kind.OUTCOME, 0.2, Who.OWNER, outcome=Outcome.NOT))
    page = owners_page(row)
    assert "Wil je niet wachten?" not in page
    assert "We kennen geen andere deur voor deze vraag." in page
