"""The outbox: nothing is lost, nothing goes twice but in the one window, and that is counted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import OperationalError

from baken.refer.model import Kind, Who
from baken.web.handover import outbox, store
from baken.web.handover.models import Intent, Referral
from baken.web.handover.tick import tick
from tests.web.handover import made
from tests.web.handover.made import MONDAY, arrived, at, event

pytestmark = pytest.mark.django_db


def sent(key: str = "form-1") -> Referral:
    """A question of which only the letter to the organisation waits."""
    row = made.sent(key)
    row.intents.filter(letter="sent").delete()
    return row


def clock(moment: datetime) -> Callable[[], datetime]:
    return lambda: moment


class Post:
    """A mail server that keeps the identifiers, and fails as it is told."""

    def __init__(self, *fails: Exception | None) -> None:
        self.fails = list(fails)
        self.got: list[str] = []

    def __call__(self, intent: Intent) -> bool:
        fail = self.fails.pop(0) if self.fails else None
        if fail is not None:
            raise fail
        self.got.append(intent.message_id)
        return True


def test_what_is_sent_is_noted_and_not_sent_again() -> None:
    row = sent()
    post = Post()
    assert outbox.drain(post, clock(at(0.1))).sent == 1
    assert outbox.drain(post, clock(at(0.2))).sent == 0
    assert len(post.got) == 1
    assert store.state_of(row).delivery.value == "handed_over"


def test_what_had_nothing_left_to_say_is_no_letter_that_went() -> None:
    row = sent()
    done = outbox.drain(lambda intent: False, clock(at(0.1)))
    assert (done.sent, done.unneeded) == (0, 1)
    assert row.intents.get().stage == Intent.DROPPED
    assert store.state_of(row).delivery.value == "queued"
    assert outbox.drain(Post(), clock(at(0.2))).sent == 0


def test_a_server_that_is_down_is_tried_again_after_a_pause_and_then_a_longer_one() -> None:
    sent()
    post = Post(outbox.Temporary("busy"), outbox.Temporary("busy"))
    assert outbox.drain(post, clock(MONDAY)).later == 1
    assert outbox.drain(post, clock(MONDAY + timedelta(seconds=30))).later == 0
    assert outbox.drain(post, clock(MONDAY + timedelta(minutes=2))).later == 1
    assert outbox.drain(post, clock(MONDAY + timedelta(minutes=4))).sent == 0
    assert outbox.drain(post, clock(MONDAY + timedelta(minutes=8))).sent == 1


def test_an_address_that_does_not_exist_is_a_bounce_that_owner_and_coordinator_hear() -> None:
    row = sent()
    post = Post(outbox.Refused("no such box"))
    done = outbox.drain(post, clock(MONDAY))
    assert (done.dead, done.sent) == (1, 2)
    assert store.state_of(row).delivery.value == "bounced"
    told = Intent.objects.filter(letter="not_arrived").values_list("to", flat=True)
    assert set(told) == {"owner", "coordinator"}


def test_after_many_failures_it_is_given_up_aloud() -> None:
    sent()
    moment = MONDAY
    for _ in range(outbox.MOST_TRIES):
        moment += timedelta(days=2)
        outbox.drain(Post(outbox.Temporary("busy"), outbox.Temporary("x")), clock(moment), most=1)
    assert Intent.objects.get(letter="new_file").stage == Intent.DEAD
    assert Intent.objects.filter(letter="not_arrived").count() == 2


def test_who_holds_the_lease_is_alone_and_a_dead_holder_loses_it() -> None:
    sent()
    now = MONDAY + timedelta(hours=1)
    held = outbox.take(now)
    assert held is not None
    assert outbox.take(now + timedelta(minutes=1)) is None
    for behind in (timedelta(milliseconds=1), outbox.APART):
        assert outbox.take(now - behind) is None, "nor by a clock that is behind"
    again = outbox.take(now + outbox.LEASE)
    assert again is not None
    assert (again.pk, again.message_id) == (held.pk, held.message_id)
    assert (again.attempts, again.doubles) == (2, 1), "it may have gone twice, and that is counted"


def test_a_referral_that_ended_meanwhile_stops_no_round() -> None:
    row = sent()
    Intent.objects.update(stage=Intent.BEGUN)
    store.record(row.pk, event(Kind.WITHDRAWN, 0.1, by=Who.OWNER))
    post = Post()
    assert outbox.drain(post, clock(at(0.2))).sent == 2


def test_a_clock_that_ran_ahead_holds_nothing_up_when_it_is_right_again() -> None:
    sent()
    assert outbox.take(at(300)) is not None, "leased by a worker on a wrong clock that died"
    assert outbox.drain(Post(), clock(at(0.1))).sent == 1
    sent("form-2")
    outbox.drain(Post(outbox.Temporary("busy")), clock(at(300)))
    assert outbox.drain(Post(), clock(at(0.2))).sent == 1


def test_a_message_that_cannot_be_made_waits_and_stops_no_other(
    caplog: pytest.LogCaptureFixture,
) -> None:
    sent("form-1"), sent("form-2")
    post = Post(KeyError("bakker@firma.example"))
    done = outbox.drain(post, clock(MONDAY))
    assert (done.later, done.sent) == (1, 1)
    assert "is odd, and waits" in caplog.text
    assert Intent.objects.get(stage=Intent.WAITING).failed == "KeyError", "and no content"
    assert outbox.drain(post, clock(MONDAY + timedelta(minutes=2))).sent == 1


def test_a_database_that_does_not_answer_is_no_odd_message() -> None:
    sent()
    with pytest.raises(OperationalError):
        outbox.drain(Post(OperationalError("gone")), clock(MONDAY))


def test_a_referral_that_no_clock_can_read_stops_no_other(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    odd, well = arrived("form-1"), arrived("form-2")
    read = store.state_of

    def state_of(row: Referral) -> Any:
        if row.pk == odd.pk:
            raise ValueError("no such kind")
        return read(row)

    monkeypatch.setattr("baken.web.handover.tick.state_of", state_of)
    assert tick(at(3.5)) > 0
    assert well.intents.filter(letter="reminder").exists()
    assert f"Referral {odd.pk} is odd, and was skipped" in caplog.text
