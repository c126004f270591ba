"""The books after a run: each referral with its letters and the mail that came, and the whole."""

from __future__ import annotations

from datetime import datetime, timedelta

from baken.refer.clocks import Step
from baken.refer.letters import Letter, letters_after
from baken.refer.model import Event, Kind, Who
from baken.refer.model import Referral as State
from baken.refer.states import replay
from baken.web.handover import outbox, store
from baken.web.handover.daily import told_by_newer
from baken.web.handover.intents import TO_COORDINATOR, TO_WHO_HAS_IT
from baken.web.handover.models import EventRow, Intent, Referral
from baken.web.handover.overtaken import too_late
from baken.web.handover.tick import tick
from baken.web.handover.wire import sender


def drain(now: datetime) -> None:
    """What the scheduler's command does with the outbox."""
    outbox.drain(sender(lambda: now), lambda: now, most=100_000)


def settle(now: datetime) -> None:
    """Let the clocks and the outbox do all that they have to do."""
    tick(now)
    drain(now + outbox.LEASE + timedelta(minutes=1))


def check(row: Referral | None, got: dict[str, list[str]]) -> int:
    """The books of one referral, by who got each Message-ID; how many of its mails went twice."""
    assert row is not None
    state, doubles = store.state_of(row), 0
    assert (row.handling, row.delivery) == (str(state.handling.value), str(state.delivery.value))
    keys = [e.key for e in row.events.all()]
    assert len(keys) == len(set(keys)), "an event stands twice"
    assert row.next.count() <= 1, "it went on twice"
    again = row.events.filter(kind=str(Kind.SENT_AGAIN)).count()
    assert not (row.ended and row.slot_at), "an hour is held for nothing"
    for intent in row.intents.all():
        mails = got.get(intent.message_id, [])
        if intent.stage == Intent.DEAD and intent.failed.startswith("came back"):
            assert row.delivery == "bounced" or again, "its referral does not know"
            continue
        if intent.stage == Intent.DROPPED:
            assert not mails or intent.doubles, "it was dropped and went"
            assert _said_nothing(intent, row), f"{intent.letter}: dropped with something to say"
            continue
        assert intent.stage == Intent.DONE, f"{intent.letter} is {intent.stage}, not sent"
        assert mails, f"{intent.letter}: said to be sent"
        assert len(set(mails)) <= 1, "one message went to two"
        assert len(mails) - 1 <= intent.doubles, "a double that was not counted"
        doubles += max(0, len(mails) - 1)
    unwritten = _unwritten(row)
    assert not unwritten, f"events without their letters: {unwritten}"
    first = row.intents.filter(letter="new_file").count()
    assert first == 1 + again, f"{first} first letters for one referral"
    return doubles


def _unwritten(row: Referral) -> list[str]:
    """The letters that follow from what happened and were never written. Letters of a day, to a
    coordinator, to who has a file, or on calls in vain, are one for many: that there is one counts.
    """
    told, events, found = store.terms_of(row), store.events_of(row), []
    for number, event in enumerate(events, 1):
        after = replay(told, events[:number])
        for message in letters_after(event, frozenset(after.outcomes)):
            if message.to in _spared(row, event, after):
                continue
            its = Intent.objects.filter(key=f"{row.public_id}/{message.key}")
            shared = Intent.objects.filter(to=str(message.to))
            if message.to is Who.COORDINATOR:
                its = shared.filter(about=TO_COORDINATOR)
            elif message.letter in (Letter.TRIED, *TO_WHO_HAS_IT):
                its = its | shared.filter(letter=str(message.letter))
            if not its.exists():
                found.append(f"{event.kind}: {message.letter} to {message.to}")
    return found


def _spared(row: Referral, event: Event, after: State) -> set[Who]:
    """Who gets no letter of an event: another one tells more, or there is nothing to take back."""
    spared = set()
    first = row.intents.filter(letter=str(Letter.NEW_FILE)).exclude(stage=Intent.DROPPED)
    at_once = row.events.filter(at=event.at, by=str(Who.SYSTEM)).exclude(key=event.key)
    more = event.step == Step.ESCALATE and at_once.exists()
    if more or row.next.exists() or (event.kind is Kind.CLOSED and after.contact_on):
        spared.add(Who.OWNER)
    unopened = not row.events.filter(kind=str(Kind.SEEN)).exists()
    if (after.ended and not first.exists()) or (after.taken_back and unopened):
        spared.add(Who.RECEIVER)
    return spared


def _said_nothing(intent: Intent, row: Referral) -> bool:
    """Whether a message had nothing left to say when its turn came: what it told was over, or a
    newer one tells it. A first letter only where the question ended before it left; of another of a
    question that has ended nobody can tell any more how it stood then.
    """
    if intent.letter == Letter.NEW_FILE:
        return row.ended and row.delivery == "queued"
    over = intent.letter != Letter.REMINDER and too_late(intent, intent.done_at)
    return row.ended or over or told_by_newer(intent, intent.done_at)


def whole(got: dict[str, list[str]]) -> None:
    """The books as a whole: each referral sent once, and no mail that nobody meant to send."""
    meant = set(Intent.objects.values_list("message_id", flat=True))
    assert set(got) <= meant, "a mail that is no intent"
    assert EventRow.objects.filter(kind="sent").count() == Referral.objects.count()
