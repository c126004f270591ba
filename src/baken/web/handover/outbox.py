"""The outbox: every message that must go out, sent at least once and noted as sent.

One intent, one lease, one mail, one transaction. A worker that dies leaves its lease to run out;
the next one takes the intent again. A mail that was given to the server just before the crash
goes twice, with the same Message-ID, and is counted. No queue library holds the truth.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import OperationalError, transaction
from django.db.models import F, Q, QuerySet

from baken.refer.letters import Letter
from baken.refer.model import NO_CONTACT_YET, Event, Kind, Who
from baken.web.handover import onward
from baken.web.handover.models import Intent, Referral, new_message_id
from baken.web.handover.store import forget_hours, record, state_of

log = logging.getLogger("baken.web.outbox")
LEASE = timedelta(minutes=5)
APART = timedelta(minutes=5)
"""So much may the clocks of two workers differ: what is further off is a clock that was wrong."""
PAUSES = (1, 5, 15, 60, 240, 720, 1440)
"""Minutes until the next try after a temporary failure; the last one is repeated."""
SOON = 5
"""The same after a failure that says nothing of the letter: it goes once the server is back."""
MOST_TRIES = 12
TO_RECEIVER = (Letter.NEW_FILE, Letter.REMINDER)
"""Letters that tell whether an organisation is reached."""


class Temporary(Exception):
    """The message could not be handed over now; later it may.

    ``counts``: one of the tries of this letter. ``ends_round``: the next letter would fare no
    better, and each may cost a time-out.
    """

    counts = True
    ends_round = False


class CutOff(Temporary):
    """The mail server broke off in the middle of this letter."""

    ends_round = True


class ServerDown(Temporary):
    """The mail server takes no letter at all now: it says nothing of this one."""

    counts = False
    ends_round = True


class NotRelayed(Temporary):
    """The mail server takes no letter to there from us: the operator's to mend."""

    counts = False


class Refused(Exception):
    """The message is refused for good (an address that does not exist)."""


Send = Callable[[Intent], bool]
"""Hands a message over; False when there was nobody to write to or nothing left to say."""


def write(letter: str, to: str, about: str, key: str, now: datetime) -> None:
    """Write down that a letter of another room must go out; the same key again writes nothing."""
    Intent.objects.get_or_create(
        key=key,
        defaults={
            "letter": letter,
            "to": to,
            "about": about,
            "message_id": new_message_id(),
            "next_try": now,
        },
    )


def each_due(due: QuerySet[Any], wrote: Callable[[Any], bool]) -> int:
    """Do ``wrote`` for each row that is still due, in a transaction of its own; how many letters
    that made. A row that it can't use is skipped and told in the log."""
    count = 0
    for pk in list(due.values_list("pk", flat=True)):
        with skipped_if_odd(due.model, pk), transaction.atomic():
            row = due.select_for_update().filter(pk=pk).first()
            count += row is not None and wrote(row)
    return count


@contextmanager
def skipped_if_odd(model: type[Any], pk: object) -> Iterator[None]:
    """One row that our own code can't use stops no other: the log tells which, and not what is in
    it. A database that does not answer is no odd row."""
    try:
        yield
    except OperationalError:
        raise
    except Exception:
        log.exception("%s %s is odd, and was skipped", model.__name__, pk)


@dataclass
class Drained:
    """What a round did; ``unneeded`` had nothing left to say. ``why``: the kinds of failure, each
    once. ``down``: the mail server did not do its work, whatever the letter.
    """

    sent: int = 0
    unneeded: int = 0
    later: int = 0
    dead: int = 0
    why: dict[str, int] = field(default_factory=dict)
    down: bool = False

    def failed(self, intent: Intent, why: str) -> None:
        """Count a failure under what became of the letter."""
        self.why[why] = self.why.get(why, 0) + 1
        if intent.stage == Intent.DEAD:
            self.dead += 1
        else:
            self.later += 1


def drain(send: Send, clock: Callable[[], datetime], most: int = 1_000) -> Drained:
    """Send what is due, at most ``most`` messages. ``send`` raises :class:`Temporary` or
    :class:`Refused`; a message that it can't make is tried again later, like one that could not go.
    """
    done = Drained()
    for _ in range(most):
        intent = take(clock())
        if intent is None:
            break
        try:
            went = send(intent)
        except Temporary as e:
            _later(intent, clock(), str(e), e.counts)
            done.failed(intent, str(e))
            done.down |= not e.counts
            if e.ends_round:
                break
        except Refused as e:
            _dead(intent, clock(), str(e))
            done.failed(intent, str(e))
        except OperationalError:
            raise
        except Exception as e:
            log.exception("Intent %s is odd, and waits", intent.pk)
            _later(intent, clock(), type(e).__name__)
            done.failed(intent, type(e).__name__)
        else:
            _done(intent, clock(), went)
            done.sent += went
            done.unneeded += not went
    for why, count in done.why.items():
        log.warning("letters that did not go: %s, %s", count, why)
    return done


def take(now: datetime) -> Intent | None:
    """Lease the oldest intent that is due and that nobody holds; None when there is none.

    From here on it counts as begun: a crash after this point may have sent it. A lease or a next
    try that lies further ahead than any is ever set, by clocks that differ by :data:`APART` at
    most, comes from a clock that was wrong: it holds nothing up.
    """
    far = now + APART
    free = Q(lease_until=None) | Q(lease_until__lte=now) | Q(lease_until__gt=far + LEASE)
    due = Q(next_try__lte=now) | Q(next_try__gt=far + timedelta(minutes=PAUSES[-1]))
    waiting = due & Q(stage__in=Intent.GOES)
    while True:
        found: Intent | None = (
            Intent.objects.filter(free & waiting).order_by("next_try", "pk").first()
        )
        if found is None:
            return None
        mine = Intent.objects.filter(free & waiting, pk=found.pk, attempts=found.attempts)
        again = 1 if found.stage == Intent.BEGUN else 0
        taken = mine.update(
            stage=Intent.BEGUN,
            lease_until=now + LEASE,
            attempts=F("attempts") + 1,
            doubles=F("doubles") + again,
        )
        if taken:
            found.refresh_from_db()
            return found


def _done(intent: Intent, now: datetime, went: bool) -> None:
    with transaction.atomic():
        open_still = Intent.objects.filter(pk=intent.pk, stage=Intent.BEGUN)
        stage = Intent.DONE if went else Intent.DROPPED
        noted = open_still.update(stage=stage, done_at=now, lease_until=None, failed="")
        if noted and went:
            _arrived(intent, now)
        _last_word(intent, now)


def _later(intent: Intent, now: datetime, why: str, counts: bool = True) -> None:
    """Let a letter wait for its next try; or give it up, after as many as count."""
    if counts and intent.attempts >= MOST_TRIES:
        _dead(intent, now, why)
        return
    tries = intent.attempts if counts else max(1, intent.attempts - 1)
    pause = PAUSES[min(tries, len(PAUSES)) - 1] if counts else SOON
    intent.stage = Intent.WAITING
    held = Intent.objects.filter(pk=intent.pk, stage=Intent.BEGUN, attempts=intent.attempts)
    held.update(  # not where the lease ran out and another has it
        stage=Intent.WAITING,
        attempts=tries,
        lease_until=None,
        next_try=now + timedelta(minutes=pause),
        failed=why[:100],
    )


def _dead(intent: Intent, now: datetime, why: str) -> None:
    intent.stage = Intent.DEAD
    with transaction.atomic():
        Intent.objects.filter(pk=intent.pk).update(
            stage=Intent.DEAD, lease_until=None, done_at=now, failed=why[:100]
        )
        came_back(intent, now)
        _last_word(intent, now)


def _last_word(intent: Intent, now: datetime) -> None:
    """Of a referral that was wiped nothing is kept once its last letter went, or can't go."""
    if intent.letter == Letter.WITHDRAWN and intent.referral.wiped_at:
        forget_hours(intent.referral, now)


def came_back(intent: Intent, now: datetime) -> None:
    """A letter to the organisation that never got there is part of the referral's state, as long
    as there was no contact; not one to a person with an account.
    """
    if intent.letter not in TO_RECEIVER or intent.to != Who.RECEIVER or intent.about:
        return
    row = _waits(intent)
    if row is not None:
        event = Event(Kind.BOUNCED, Who.SYSTEM, now, f"{Kind.BOUNCED}/{intent.key}")
        record(row.pk, event, onward.heard_after(row, now))


def _waits(intent: Intent) -> Referral | None:
    """The question of a letter while it waits for a contact. A reminder speaks of several: where
    its own waits no more, it is the first one there that was sent before it and does.
    """
    found = [intent.referral]
    if intent.letter == Letter.REMINDER:
        there = Referral.objects.filter(receiver=intent.referral.receiver, ended=False)
        found += there.filter(intents__pk__lt=intent.pk).distinct().order_by("sent_on", "pk")
    return next((one for one in found if state_of(one).handling.value in NO_CONTACT_YET), None)


def _arrived(intent: Intent, now: datetime) -> None:
    if intent.letter == Letter.NEW_FILE:
        event = Event(Kind.HANDED_OVER, Who.SYSTEM, now, f"{Kind.HANDED_OVER}/{intent.key}")
        record(intent.referral_id, event)
