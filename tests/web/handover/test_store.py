"""A referral in the database: its state and its messages are one, whatever comes twice or too
late.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from baken.kernel.errors import BakenError
from baken.refer.model import Event, Handling, Kind, Outcome, Who
from baken.web.handover import store
from baken.web.handover.models import EventRow, Intent, Link, Permission, Referral
from baken.web.handover.post import letter
from baken.web.handover.tick import tick
from tests.web.handover.made import MONDAY, arrived, at, event, letters, receiver, sent

pytestmark = pytest.mark.django_db


def test_sending_writes_referral_permission_event_and_message_together() -> None:
    row = sent()
    assert (row.handling, row.delivery, row.ended) == ("offered", "queued", False)
    assert [e.kind for e in row.events.all()] == ["sent"]
    assert Permission.objects.get(referral=row).items == ["need"]
    assert letters() == ["new_file"]


def test_a_double_click_sends_once() -> None:
    assert sent("form-1") == sent("form-1")
    assert sent("form-2") != sent("form-1")
    assert Referral.objects.count() == Intent.objects.filter(to="receiver").count() == 2


@pytest.mark.parametrize("to", ["nobody", "gone"])
def test_who_takes_no_files_is_sent_none(to: str) -> None:
    receiver("gone", active=False)
    with pytest.raises(BakenError, match="takes no files"):
        store.send(store.Order(to, {}, [], "2026-11"), MONDAY, "form-1")
    assert Referral.objects.count() == 0


def test_what_cannot_be_written_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    row = sent()

    def broken(*args: object, **more: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(store.Intent.objects, "bulk_create", broken)
    with pytest.raises(RuntimeError):
        store.record(row.pk, event(Kind.ACCEPTED, 1))
    row.refresh_from_db()
    assert row.handling == "offered"
    assert EventRow.objects.count() == 1


def test_an_event_changes_the_copy_for_lists_and_brings_its_letter() -> None:
    row = sent()
    store.record(row.pk, event(Kind.REFUSED, 1, reason="not_my_size"))
    row.refresh_from_db()
    assert (row.handling, row.ended) == ("refused", True)
    assert letters(Who.OWNER) == ["refused"]
    assert store.state_of(row).refusal == "not_my_size"


def test_the_same_event_twice_writes_once() -> None:
    row = sent()
    for _ in range(2):
        store.record(row.pk, event(Kind.TRIED, 1))
    assert store.state_of(row).tries == 1
    assert letters(Who.OWNER) == ["tried"]


def test_what_is_not_possible_is_refused_and_leaves_nothing() -> None:
    row = sent()
    store.record(row.pk, event(Kind.WITHDRAWN, 1, by=Who.OWNER))
    with pytest.raises(BakenError, match="withdrawn"):
        store.record(row.pk, event(Kind.ACCEPTED, 2))
    assert EventRow.objects.filter(kind="accepted").count() == 0


def test_withdrawing_ends_permission_and_link() -> None:
    row = sent()
    Link.objects.create(referral=row, who=Who.RECEIVER, token_hash="x", expires_on=date(2026, 4, 1))
    Intent.objects.update(stage=Intent.DONE)
    store.record(row.pk, event(Kind.WITHDRAWN, 1, by=Who.OWNER))
    assert Permission.objects.get(referral=row).withdrawn_at == at(1)
    assert Link.objects.get(referral=row).revoked_at == at(1)
    assert letters(Who.RECEIVER) == ["new_file", "withdrawn"]


def test_events_come_back_from_their_rows_as_they_were() -> None:
    row = sent()
    happened = [
        event(Kind.FULL, 1, until=date(2026, 4, 1)),
        event(Kind.ACCEPTED, 2),
        event(Kind.CONTACT, 3, by=Who.OWNER),
        event(Kind.STEP, 4, by=Who.SYSTEM, step="ask", of=date(2026, 3, 5)),
        event(Kind.OUTCOME, 5, outcome=Outcome.PARTLY),
    ]
    for one in happened:
        store.record(row.pk, one)
    assert [store.event_of(e) for e in row.events.order_by("pk")][1:] == happened


def test_the_tick_does_each_late_step_once_however_often_it_runs() -> None:
    arrived()
    assert tick(at(1)) == 0
    assert tick(at(7)) == 1, "the promised day is given whole"
    assert tick(at(8)) == 1
    assert tick(at(8.1)) == 0
    assert letters(Who.OWNER) == ["no_word_yet"]
    assert letters(Who.COORDINATOR) == ["overdue"]


def test_after_a_month_without_a_tick_the_door_shuts_and_the_owner_hears_it() -> None:
    row = sent()
    Link.objects.create(referral=row, who=Who.RECEIVER, token_hash="x", expires_on=date(2026, 6, 1))
    assert tick(at(40)) == 2, "and before it, that the promised day passed"
    assert Link.objects.get(referral=row).revoked_at == at(40)
    row.refresh_from_db()
    assert row.handling == Handling.EXPIRED
    assert letters(Who.OWNER) == ["door_closed"]
    assert letters(Who.COORDINATOR) == ["overdue"]
    assert tick(at(41)) == 0


def test_a_clock_that_jumps_back_undoes_nothing() -> None:
    sent()
    tick(at(7))
    assert tick(MONDAY - timedelta(days=300)) == 0
    assert tick(at(7)) == 0


def test_the_owner_hears_of_a_file_that_was_closed_without_contact() -> None:
    row = sent()
    store.record(row.pk, event(Kind.CLOSED, 3))
    assert letters(Who.OWNER) == ["closed_without"]
    written = letter(Intent.objects.get(letter="closed_without"), at(3))
    assert written is not None
    says = " ".join(written.get_content().split())
    assert "Huis van Raad sloot je vraag af, en we weten van geen contact." in says
    assert "Op de pagina kan je ze opnieuw stellen." in says


@pytest.mark.parametrize(
    "before",
    [[event(Kind.CONTACT, 2)],
     [event(Kind.CONTACT, 2), event(Kind.OUTCOME, 2, by=Who.OWNER, outcome=Outcome.NOT)]],
)  # fmt: skip
def test_of_a_file_that_was_closed_after_contact_no_letter_goes(before: list[Event]) -> None:
    row = sent()
    for one in [*before, event(Kind.CLOSED, 3)]:
        store.record(row.pk, one)
    assert letters(Who.OWNER) == ["contact"]


def test_who_closes_the_own_question_gets_no_letter_of_it() -> None:
    row = sent()
    store.record(row.pk, event(Kind.CLOSED, 3, by=Who.OWNER))
    assert letters(Who.OWNER) == []


def test_the_outcome_is_asked_after_the_file_was_closed_too() -> None:
    row = sent()
    store.record(row.pk, event(Kind.CONTACT, 2))
    store.record(row.pk, event(Kind.CLOSED, 3))
    tick(at(33))
    assert letters(Who.OWNER) == ["contact", "how_did_it_go"]
    store.record(row.pk, event(Kind.OUTCOME, 34, by=Who.OWNER, outcome=Outcome.HELPED))
    tick(at(41))
    assert letters(Who.OWNER) == ["contact", "how_did_it_go"]
    assert letters(Who.RECEIVER) == ["new_file", "how_did_it_go", "how_did_it_go"]
