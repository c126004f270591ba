"""Letters that waited together: an owner who heard nothing for some days reads how it stands now,
and not every step on the way there.
"""

from __future__ import annotations

from datetime import datetime

import pytest

from baken.refer.model import Kind, Who
from baken.web.handover import outbox, question, store
from baken.web.handover.models import Intent, Referral
from baken.web.handover.post import letter
from baken.web.handover.tick import tick
from tests.web.handover.doors import AFTER_5, DAY_8, DAY_15, asked
from tests.web.handover.made import at, event

pytestmark = pytest.mark.django_db


def go(now: datetime) -> list[tuple[str, str]]:
    """Which letters leave when the mails go, and to whom."""
    went: list[tuple[str, str]] = []

    def send(intent: Intent) -> bool:
        written = letter(intent, now)
        if written is not None:
            went.append((intent.letter, intent.to))
        return written is not None

    outbox.drain(send, lambda: now)
    return went


def to(who: Who, went: list[tuple[str, str]]) -> list[str]:
    return [name for name, side in went if side == str(who)]


def test_on_time_each_step_has_its_letter() -> None:
    asked(may_pass_on=False)
    read = []
    for now in (at(0), AFTER_5, DAY_8, DAY_15):
        tick(now)
        read.append(to(Who.OWNER, go(now)))
    assert read == [["sent"], ["no_word_yet"], ["other_door"], ["door_closed"]]


def test_after_days_without_mails_the_newest_step_is_told_once() -> None:
    asked(may_pass_on=False)
    go(at(0))
    for now in (AFTER_5, DAY_8):
        tick(now)
    assert to(Who.OWNER, go(DAY_8)) == ["other_door"]


def test_whether_it_helped_is_asked_once_though_the_reminders_waited_too() -> None:
    row = asked()
    store.record(row.pk, event(Kind.ACCEPTED, 1))
    store.record(row.pk, event(Kind.CONTACT, 2))
    go(at(2))
    for day in range(30, 80):
        tick(at(day))
    waiting = Intent.objects.filter(letter="how_did_it_go", to=str(Who.OWNER), stage="waiting")
    assert waiting.count() > 1, "else there is nothing to see here"
    went = go(at(80))
    for side in (Who.OWNER, Who.RECEIVER):
        assert to(side, went).count("how_did_it_go") == 1


def test_two_changes_in_one_round_are_one_letter() -> None:
    row = asked()
    store.record(row.pk, event(Kind.SEEN, 1))
    go(at(1))
    for day in (2.0, 2.1):
        store.record(row.pk, event(Kind.REACH, day, by=Who.OWNER))
    assert Intent.objects.filter(letter="reach").count() == 2
    assert to(Who.RECEIVER, go(at(3))) == ["reach"]
    store.record(row.pk, event(Kind.REACH, 4, by=Who.OWNER))
    assert to(Who.RECEIVER, go(at(4))) == ["reach"], "and the next change is told again"


def test_what_never_went_and_what_is_of_another_question_takes_no_letter_away() -> None:
    first, second = asked("form-1"), asked("form-2")
    go(at(0))
    for row in (first, second):
        store.record(row.pk, event(Kind.REACH, 1, by=Who.OWNER))
    assert to(Who.RECEIVER, go(at(1))) == ["reach", "reach"]
    for day in (2, 3):
        store.record(first.pk, event(Kind.REACH, day, by=Who.OWNER))
    last = Intent.objects.filter(letter="reach", referral=first).latest("pk")
    Intent.objects.filter(pk=last.pk).update(stage=Intent.DEAD)
    assert to(Who.RECEIVER, go(at(3))) == ["reach"]


def test_a_message_that_came_back_is_told_with_the_end_of_it() -> None:
    row = asked(may_pass_on=False)
    go(at(0))
    store.record(row.pk, event(Kind.BOUNCED, 1, by=Who.SYSTEM))
    for day in range(2, 25):
        tick(at(day))
    assert Referral.objects.get(pk=row.pk).ended
    assert to(Who.OWNER, go(at(25))) == ["door_unreached"]


def test_a_reminder_of_several_goes_though_one_of_them_was_wiped() -> None:
    gone, waits = asked(), asked("form-2")
    go(at(0))
    tick(at(3))
    assert Intent.objects.get(letter="reminder").referral == gone
    question.wipe(gone, at(3.1))
    told: list[str] = []

    def send(intent: Intent) -> bool:
        written = letter(intent, at(3.2))
        if written is not None and intent.letter == "reminder":
            told.append(written.get_content())
        return written is not None

    outbox.drain(send, lambda: at(3.2))
    assert len(told) == 1
    assert waits.number in told[0]
    assert gone.number not in told[0]


def test_a_reminder_that_came_back_is_noted_at_a_file_that_waits() -> None:
    gone, waits = asked(), asked("form-2")
    go(at(0))
    tick(at(3))
    question.wipe(gone, at(3.1))

    def refused(intent: Intent) -> bool:
        if intent.letter == "reminder":
            raise outbox.Refused("no such address")
        return True

    outbox.drain(refused, lambda: at(3.2))
    assert Referral.objects.get(pk=waits.pk).delivery == "bounced"
