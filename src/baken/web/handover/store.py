"""Referrals in the database: one function that changes them, in one transaction with its
messages.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from baken.kernel.errors import BakenError
from baken.refer.clocks import promised_by
from baken.refer.letters import Letter, Message, letters_after
from baken.refer.listed import listed
from baken.refer.model import CEASED, Absence, Event, Handling, Kind, Outcome, Terms, Who, day_of
from baken.refer.model import Referral as State
from baken.refer.states import apply, begin, can_take_back, replay
from baken.web.handover import slots
from baken.web.handover.intents import TO_COORDINATOR, intent_of, of_who_had_it
from baken.web.handover.models import EventRow, Intent, Permission, Receiver, Referral
from baken.web.handover.readers import knowing

HOUR = "hour"
"""Where an event holds the agreed hour that fell away with it."""
TOLD_IN = "told_in"
"""Where an event holds the key of the letter in which it is to be told: the coordinator's, or that
of who had the file in hand."""


@dataclass(frozen=True)
class Order:
    """What an owner sends: to whom, what is shared, and what was allowed.

    ``dossier`` holds the ticked items only; ``items`` their names; ``alternative`` the record
    that is the next door, ``later`` those after it; ``owner_address`` may be empty (then the owner
    looks with the link); ``by`` is who sends it: the owner, an organisation that passes it on, or
    a clock. ``slot`` is an hour that the receiver offers; ``answer`` ties what was sent from one.
    """

    receiver: str
    dossier: Mapping[str, Any]
    items: Sequence[str]
    text_version: str
    channel: str = "page"
    crisis: bool = False
    lang: str = "nl"
    alternative: str = ""
    later: Sequence[str] = ()
    owner_address: str = ""
    may_pass_on: bool = False
    after: Referral | None = field(default=None)
    by: Who = Who.OWNER
    slot: datetime | None = None
    answer: str = ""


def send(order: Order, at: datetime, key: str) -> Referral:
    """Begin a referral: row, permission, first event and first message, all or nothing.

    ``key`` belongs to the owner's form: a double click or a second tab gives the referral that is
    there. Raises :class:`BakenError` when nobody of that name takes files (any more), when a door
    before leads to one where the question stood, and with the path ``slot`` when the hour is not
    free (any more).
    """
    public_id = public_id_of(order.receiver, key)
    with transaction.atomic():
        receiver = _locked(order.receiver)
        known: Referral | None = Referral.objects.filter(public_id=public_id).first()
        if known is not None:
            return known
        if order.after is not None and order.answer and _stood(receiver, order.answer):
            raise BakenError("state", "it stood there already", "another door")
        if order.slot is not None and order.slot not in slots.free(receiver, at, order.crisis):
            raise BakenError("slot", "it is not free (any more)", "another hour")
        terms = Terms(day_of(at), order.crisis, receiver.promise, order.slot and day_of(order.slot))
        event = knowing(Event(Kind.SENT, order.by, at, f"sent/{public_id}"), receiver)
        state = begin(terms, event)
        row: Referral = Referral.objects.create(
            public_id=public_id,
            receiver=receiver,
            sent_on=terms.sent_on,
            crisis=terms.crisis,
            promise=terms.promise,
            lang=order.lang,
            alternative=order.alternative,
            later=list(order.later),
            after=order.after,
            owner_address=order.owner_address,
            dossier=dict(order.dossier),
            slot_at=order.slot,
            answer=order.answer,
            **vars(listed(state)),
        )
        Permission.objects.create(
            referral=row,
            text_version=order.text_version,
            items=list(order.items),
            channel=order.channel,
            given_at=at,
            may_pass_on=order.may_pass_on,
        )
        _keep(row, state, event)
        return row


def public_id_of(receiver: str, key: str) -> str:
    """The name of the referral that a form with this key sends to a receiver."""
    return hashlib.sha256(f"{receiver}/{key}".encode()).hexdigest()[:32]


def move(order: Order, at: datetime, key: str) -> Referral:
    """Send, and withdraw from the door before (``order.after``) in the same transaction: one
    question stands before one door.
    """
    before = order.after
    with transaction.atomic():
        if before is not None:
            before = Referral.objects.select_for_update().get(pk=before.pk)
            _not_wiped(before)
        row = send(order, at, key)
        if before is not None and not state_of(before).ended:
            record(before.pk, Event(Kind.WITHDRAWN, Who.OWNER, at, f"moved/{row.public_id}"))
        return row


def pass_on(
    referral_id: int,
    order: Order,
    leaving: Event,
    key: str,
    still: Callable[[State], bool] = lambda state: True,
) -> Referral:
    """Leave a door by an event and send to the next one, both or neither: the owner, who allowed it
    beforehand, gets one letter. The same again gives the referral that is there.

    ``still``: whether what was found before the lock is so under it. Raises :class:`BakenError`
    when it is not, when the question went on already, or when its owner allows that no more.
    """
    with transaction.atomic():
        row = Referral.objects.select_for_update().get(pk=referral_id)
        _not_wiped(row)
        state = state_of(row)
        stays = row.next.exists() or state.no_next_on is not None or not still(state)
        if leaving.key not in state.keys and stays:
            raise BakenError("state", "it changed in the meantime", "a question that stands there")
        record(row.pk, leaving, silent=frozenset({Who.OWNER}))
        Permission.objects.filter(referral=row, withdrawn_at=None).update(withdrawn_at=leaving.at)
        return send(order, leaving.at, key)


def choose(referral_id: int, hour: datetime, at: datetime) -> None:
    """Fix an hour for a question that stands before a door, and tell the receiver. The same again
    changes nothing. Raises :class:`BakenError` with the path ``slot`` when it can't be.
    """
    with transaction.atomic():
        row = Referral.objects.select_for_update().get(pk=referral_id)
        if row.slot_at == hour:
            return
        receiver = _locked(row.receiver.record_id)
        stands = slots.can_stand(state_of(row))
        if not stands or row.slot_at or hour not in slots.free(receiver, at, row.crisis, row):
            raise BakenError("slot", "it is not free (any more)", "another hour")
        row.slot_at = hour
        _copied(row, state_of(row))
        told = Message(Letter.HOUR, Who.RECEIVER, f"hour/{at.isoformat()}")
        if not row.intents.filter(letter=str(Letter.NEW_FILE), stage=Intent.WAITING).exists():
            intent_of(row, told, at).save()


def wipe(referral_id: int, at: datetime) -> None:
    """Withdraw at one door what can be withdrawn, and throw the content away
    (:mod:`baken.web.handover.question`: at all doors of a question).
    """
    with transaction.atomic():
        row = Referral.objects.select_for_update().get(pk=referral_id)
        if can_take_back(state_of(row)):
            record(row.pk, Event(Kind.WITHDRAWN, Who.OWNER, at, "wiped"))
        Permission.objects.filter(referral=row, withdrawn_at=None).update(withdrawn_at=at)
        forget(row.pk, at)


def change_reach(referral_id: int, contact: Mapping[str, Any], said: Event) -> None:
    """Keep how the owner can be reached from now on; the receiver gets a letter without content,
    unless its first one still has to go. Raises :class:`BakenError` where the question stands
    there no more.
    """
    with transaction.atomic():
        row = Referral.objects.select_for_update().get(pk=referral_id)
        waits = row.intents.filter(letter=str(Letter.NEW_FILE), stage=Intent.WAITING).exists()
        record(row.pk, said, frozenset({Who.RECEIVER}) if waits else frozenset())
        dossier = {**row.dossier, "contact": dict(contact)}
        Referral.objects.filter(pk=row.pk).update(dossier=dossier, owner_address=contact["mail"])


def forget(referral_id: int, at: datetime) -> None:
    """Throw away what the owner shared, what the receiver noted of it, and every link.

    What stays is without content: which organisation, what happened on which day, and the
    permission with its end and the sorts of items; not that it was urgent, nor the doors after it,
    nor what else was sent from the same answer.
    """
    with transaction.atomic():
        row = Referral.objects.select_for_update().get(pk=referral_id)
        Referral.objects.filter(pk=row.pk).update(
            dossier={}, owner_address="", slot_at=None, wiped_at=at, crisis=False,
            alternative="", later=[], answer="",
        )  # fmt: skip
        for permission in Permission.objects.filter(referral=row):
            permission.items = [name.partition(":")[0] for name in permission.items]
            permission.save(update_fields=["items"])
        row.links.filter(revoked_at=None).update(revoked_at=at)
        row.notes.all().delete()
        forget_hours(row, at)


def forget_hours(row: Referral, now: datetime) -> None:
    """Throw away the hours that fell, but for one to come that a letter to the organisation must
    still name.
    """
    last = row.intents.filter(letter=str(Letter.WITHDRAWN), stage__in=Intent.GOES)
    waits = last.exists()
    for event in row.events.filter(more__has_key=HOUR):
        if not waits or datetime.fromisoformat(event.more[HOUR]) <= now:
            del event.more[HOUR]
            event.save(update_fields=["more"])


def sweep_hours(now: datetime) -> None:
    """The same for every referral that was wiped, after its last letter went."""
    found = Referral.objects.exclude(wiped_at=None).filter(events__more__has_key=HOUR)
    for pk in set(found.values_list("pk", flat=True)):
        with transaction.atomic():
            forget_hours(Referral.objects.select_for_update().get(pk=pk), now)


def record(referral_id: int, event: Event, silent: frozenset[Who] = frozenset()) -> State:
    """Let an event happen to a referral: state, event and messages in one transaction. Who is
    ``silent`` gets no letter of it.

    The same event again changes nothing and writes nothing. Raises
    :class:`baken.kernel.errors.BakenError` when it can't happen (and then nothing is written).
    """
    with transaction.atomic():
        row = Referral.objects.select_for_update().get(pk=referral_id)
        before, event = state_of(row), knowing(event, row.receiver)
        after = apply(before, event)
        if after is not before:
            fallen = None
            if after.ended or after.unreached or after.handling.value is Handling.FULL:
                fallen, row.slot_at = row.slot_at, None
            if event.kind in (Kind.CONTACT, Kind.NO_CONTACT):
                row.in_time = after.contact_on and after.contact_on <= promised_by(before)
            _copied(row, replace(after, terms=terms_of(row)))
            if (after.ended and _dropped(row)) or (after.taken_back and not _opened(row)):
                silent |= {Who.RECEIVER}
            closes = event.kind is Kind.CLOSED and event.reason != CEASED
            if closes and after.contact_on:  # how it went is asked anyway
                silent |= {Who.OWNER}
            _keep(row, after, event, silent, fallen)
            if event.kind is Kind.WITHDRAWN:
                ends = Permission.objects.filter(referral=row, withdrawn_at=None)
                ends.update(withdrawn_at=event.at)
            if event.kind in (Kind.WITHDRAWN, Kind.EXPIRED):
                row.links.filter(who=Who.RECEIVER, revoked_at=None).update(revoked_at=event.at)
        return after


def state_of(row: Referral) -> State:
    """A referral as its events left it."""
    return replay(terms_of(row), events_of(row))


def before_contact(row: Referral) -> State:
    """A referral as it stood before its last word of contact."""
    events = events_of(row)
    last = max(at for at, one in enumerate(events) if one.kind is Kind.CONTACT)
    return replay(terms_of(row), events[:last])


def terms_of(row: Referral) -> Terms:
    """What was agreed when it was sent."""
    return Terms(row.sent_on, row.crisis, row.promise, row.slot_at and day_of(row.slot_at))


def events_of(row: Referral) -> list[Event]:
    """What happened to it, oldest first."""
    return [event_of(one) for one in sorted(row.events.all(), key=lambda one: one.pk)]


def event_of(row: EventRow) -> Event:
    """The event that a row holds."""
    more = row.more
    away = tuple(Absence(*map(date.fromisoformat, days)) for days in more.get("away", ()))
    if row.kind == Kind.SENT and "until" in more:  # as it was kept before days away had a place
        away = (Absence(day_of(row.at), date.fromisoformat(more["until"])),)
    return Event(
        kind=Kind(row.kind),
        by=Who(row.by),
        at=row.at,
        key=row.key,
        reason=more.get("reason"),
        until=date.fromisoformat(more["until"]) if "until" in more else None,
        outcome=Outcome(more["outcome"]) if "outcome" in more else None,
        step=more.get("step"),
        of=date.fromisoformat(more["of"]) if "of" in more else None,
        away=away,
    )


def _locked(record_id: str) -> Receiver:
    """The receiver, held until the transaction ends: what is sent to it waits its turn."""
    found: Receiver | None = (
        Receiver.objects.select_for_update().filter(record_id=record_id, active=True).first()
    )
    if found is None:
        raise BakenError("receiver", f"{record_id!r} takes no files", "an organisation that does")
    return found


def _stood(receiver: Receiver, answer: str) -> bool:
    return bool(Referral.objects.filter(receiver=receiver, answer=answer).exists())


def _not_wiped(row: Referral) -> None:
    """What its owner wiped goes nowhere, also where a page or a clock found it before."""
    if row.wiped_at is not None:
        raise BakenError("state", "its owner wiped it", "a question that stands")


def _opened(row: Referral) -> bool:
    return bool(row.events.filter(kind=str(Kind.SEEN)).exists())


def _dropped(row: Referral) -> bool:
    """Take the first letter to the receiver out of the outbox where it never went: then there is
    nothing to take back either.
    """
    first = row.intents.filter(letter=str(Letter.NEW_FILE), stage=Intent.WAITING)
    return bool(first.update(stage=Intent.DROPPED))


def _copied(row: Referral, state: State) -> None:
    """Write the hour of a referral, whether contact came in time, and the copy of its state for
    lists.
    """
    copy = vars(listed(state))
    for name, value in copy.items():
        setattr(row, name, value)
    row.save(update_fields=[*copy, "slot_at", "in_time"])


def _keep(
    row: Referral,
    state: State,
    event: Event,
    silent: frozenset[Who] = frozenset(),
    fallen: datetime | None = None,
) -> None:
    """Write an event and its messages; ``fallen`` is the hour that it took away, told where that
    was still to come.
    """
    messages = letters_after(event, frozenset(state.outcomes), silent)
    intents = [intent_of(row, message, event.at) for message in messages]
    shut = event.kind is Kind.EXPIRED and event.reason != CEASED
    had_it = of_who_had_it(row, event.at) if shut else None
    intents += [had_it] if had_it else []
    named = [one.key for one in intents if one is had_it or one.about == TO_COORDINATOR]
    told = {
        "reason": event.reason,
        "until": event.until and event.until.isoformat(),
        "outcome": event.outcome and str(event.outcome),
        "step": event.step and str(event.step),
        "of": event.of and event.of.isoformat(),
        "away": [[a.first.isoformat(), a.last.isoformat()] for a in event.away],
        HOUR: fallen.isoformat() if fallen and fallen > event.at else None,
        TOLD_IN: next(iter(named), None),
    }
    EventRow.objects.create(
        referral=row,
        kind=str(event.kind),
        by=str(event.by),
        at=event.at,
        key=event.key,
        more={name: value for name, value in told.items() if value},
    )
    Intent.objects.bulk_create(intents, ignore_conflicts=True)
