"""What an event does to a referral, and which events it can still take.

Rules that hold whatever comes: an event is applied once (by its key); an ended handling takes only
an outcome, after a contact, and the owner's word that the question, or that it may go on unasked,
is taken back; the two sides'
outcomes are kept apart and each side may change its own; who may say what stands in
:data:`MAY_SAY`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from baken.kernel.errors import BakenError
from baken.refer.clocks import hour_on, promised_by, shuts_by
from baken.refer.model import (
    AWAY,
    NO_CONTACT_YET,
    Absence,
    Delivery,
    Event,
    Handling,
    Kind,
    Referral,
    Said,
    SoFar,
    Terms,
    Who,
    day_of,
)
from baken.refer.words import REFUSALS

MAY_SAY: dict[Kind, frozenset[Who]] = {
    Kind.SENT: frozenset({Who.OWNER, Who.RECEIVER, Who.COORDINATOR, Who.SYSTEM}),
    Kind.HANDED_OVER: frozenset({Who.SYSTEM}),
    Kind.BOUNCED: frozenset({Who.SYSTEM}),
    Kind.SENT_AGAIN: frozenset({Who.SYSTEM}),
    Kind.SEEN: frozenset({Who.RECEIVER}),
    Kind.ACCEPTED: frozenset({Who.RECEIVER}),
    Kind.REFUSED: frozenset({Who.RECEIVER}),
    Kind.FULL: frozenset({Who.RECEIVER}),
    Kind.TRIED: frozenset({Who.RECEIVER}),
    Kind.CONTACT: frozenset({Who.OWNER, Who.RECEIVER}),
    Kind.NO_CONTACT: frozenset({Who.OWNER}),
    Kind.REACH: frozenset({Who.OWNER}),
    Kind.NO_NEXT: frozenset({Who.OWNER}),
    Kind.CLOSED: frozenset({Who.OWNER, Who.RECEIVER, Who.SYSTEM}),
    Kind.WITHDRAWN: frozenset({Who.OWNER}),
    Kind.EXPIRED: frozenset({Who.SYSTEM}),
    Kind.OUTCOME: frozenset({Who.OWNER, Who.RECEIVER}),
    Kind.STEP: frozenset({Who.SYSTEM}),
}

_BEFORE_CONTACT = frozenset(
    {Handling.OFFERED, Handling.SEEN, Handling.ACCEPTED, Handling.FULL, Handling.TRIED}
)
_OPEN = _BEFORE_CONTACT | {Handling.IN_CONTACT}
CAN_TAKE: dict[Kind, frozenset[Handling]] = {
    Kind.SEEN: frozenset({Handling.OFFERED}),
    Kind.ACCEPTED: _BEFORE_CONTACT - {Handling.ACCEPTED},
    Kind.REFUSED: _OPEN,
    Kind.FULL: _BEFORE_CONTACT,
    Kind.TRIED: _BEFORE_CONTACT,
    Kind.CONTACT: _BEFORE_CONTACT,
    Kind.NO_CONTACT: frozenset({Handling.IN_CONTACT, Handling.CLOSED}),
    Kind.REACH: _OPEN,
    Kind.NO_NEXT: _OPEN | {Handling.REFUSED, Handling.CLOSED},
    Kind.CLOSED: _OPEN,
    Kind.WITHDRAWN: _OPEN | {Handling.REFUSED, Handling.CLOSED},
    Kind.EXPIRED: _OPEN,
}
"""In which state of handling an event can come that moves the handling, or that changes how the
owner is reached or what the owner allows."""
FULL_AT_MOST = timedelta(days=92)
"""So far ahead "full until" may lie, three months: its owner is promised contact after that day.
Said again it counts from the first time, so that no door is full for ever."""
_TO = {
    Kind.SEEN: Handling.SEEN,
    Kind.ACCEPTED: Handling.ACCEPTED,
    Kind.REFUSED: Handling.REFUSED,
    Kind.FULL: Handling.FULL,
    Kind.TRIED: Handling.TRIED,
    Kind.CONTACT: Handling.IN_CONTACT,
    Kind.NO_CONTACT: Handling.ACCEPTED,
    Kind.CLOSED: Handling.CLOSED,
    Kind.WITHDRAWN: Handling.WITHDRAWN,
    Kind.EXPIRED: Handling.EXPIRED,
}


def can_take_back(referral: Referral) -> bool:
    """Whether the receiver can still open what was shared, so that the owner can take it back."""
    there = referral.handling.value in CAN_TAKE[Kind.WITHDRAWN]
    return there and not referral.taken_back


def full_most(referral: Referral, today: date) -> date:
    """The last day until which a receiver can say that it is full."""
    return (referral.full_since or today) + FULL_AT_MOST


def sayable(referral: Referral, today: date) -> set[str]:
    """What can be said of a referral as it stands, but what would tell nothing new."""
    handling = referral.handling.value
    can = {kind for kind, states in CAN_TAKE.items() if handling in states}
    if referral.taken:
        can.discard(Kind.ACCEPTED)
    if full_most(referral, today) <= today:
        can.discard(Kind.FULL)
    return {str(kind) for kind in can}


def begin(terms: Terms, sent: Event) -> Referral:
    """The referral as it stands when it is sent: message queued, offered to the receiver."""
    _check_who(sent)
    if sent.kind is not Kind.SENT:
        raise BakenError(
            "kind", f"a referral begins with {Kind.SENT!s}, not with {sent.kind!s}", "sent"
        )
    return Referral(
        terms=terms,
        delivery=Said(Delivery.QUEUED, Who.SYSTEM, sent.at),
        handling=Said(Handling.OFFERED, sent.by, sent.at),
        away=sent.away,
        keys=frozenset({sent.key}),
    )


def apply(referral: Referral, event: Event) -> Referral:
    """The referral after an event. The same event again changes nothing.

    Raises :class:`BakenError` when that side can't say it, when it can't come in this state, or
    when what it must hold lacks.
    """
    if event.key not in referral.keys:
        _check_said(referral, event)
    return _after(referral, event)


def replay(terms: Terms, events: Iterable[Event]) -> Referral:
    """The referral that a list of events, oldest first, leads to. What was kept stands, also where
    it could no more be said today.
    """
    first, *rest = events
    referral = begin(terms, first)
    for event in rest:
        referral = _after(referral, event)
    return referral


def _after(referral: Referral, event: Event) -> Referral:
    if event.key in referral.keys:
        return referral
    _check_who(event)
    return replace(_applied(referral, event), keys=referral.keys | {event.key})


def _applied(referral: Referral, event: Event) -> Referral:
    match event.kind:
        case Kind.HANDED_OVER | Kind.BOUNCED:
            to = Delivery.HANDED_OVER if event.kind is Kind.HANDED_OVER else Delivery.BOUNCED
            return replace(referral, delivery=Said(to, event.by, event.at))
        case Kind.SENT_AGAIN:
            queued = replace(referral, delivery=Said(Delivery.QUEUED, event.by, event.at))
            if not referral.unreached:
                return queued
            return replace(queued, again_on=day_of(event.at), away=_held(referral, event))
        case Kind.OUTCOME:
            if event.outcome is None:
                raise BakenError("outcome", "it is missing", "helped, partly or not")
            said = Said(event.outcome, event.by, event.at)
            return replace(referral, outcomes={**referral.outcomes, event.by: said})
        case Kind.STEP:
            if event.step is None or event.of is None:
                raise BakenError("step", "a step tells which it was and from which day it counted")
            stays_of = event.of if event.reason == AWAY else referral.stays_of
            steps = referral.steps | {(event.step, event.of)}
            return replace(referral, steps=steps, stays_of=stays_of)
        case Kind.SENT:
            raise BakenError("kind", "it was sent already", "another event")
    return _handled(referral, event)


def _handled(referral: Referral, event: Event) -> Referral:
    state = referral.handling.value
    if state not in CAN_TAKE[event.kind]:
        if event.kind is Kind.SEEN and state in _OPEN:
            return referral
        raise BakenError(
            "kind",
            f"{event.kind!s} can't come when the handling is {state!s}",
            near=_possible(state),
        )
    if event.kind is Kind.WITHDRAWN and referral.ended:
        return replace(referral, taken_back=True)
    if event.kind is Kind.REACH:
        return replace(referral, reach_on=day_of(event.at))
    if event.kind is Kind.NO_NEXT:
        return replace(referral, no_next_on=referral.no_next_on or day_of(event.at))
    after = replace(referral, handling=Said(_TO[event.kind], event.by, event.at))
    day = day_of(event.at)
    match event.kind:
        case Kind.REFUSED:
            if event.reason not in REFUSALS:
                raise BakenError(
                    "reason",
                    f"{event.reason!r} is no reason",
                    "one of the reasons",
                    sorted(REFUSALS),
                )
            return replace(after, refusal=event.reason)
        case Kind.EXPIRED | Kind.CLOSED:
            return replace(after, refusal=event.reason)
        case Kind.FULL:
            if event.until is None or event.until <= day:
                raise BakenError("until", "it is missing or not in the future", "a day after today")
            since = referral.full_since or day
            told = replace(after, full_until=event.until, full_since=since, so_far=SoFar.FULL)
            shuts = referral.shuts_else if referral.full_still else shuts_by(referral)
            return replace(told, shuts_else=shuts, away=_held(referral, event))
        case Kind.ACCEPTED:
            so_far = SoFar.TRIED if referral.tries else SoFar.TAKEN
            told = replace(after, so_far=so_far)
            if referral.taken:
                return told
            return replace(told, accepted_on=day, full_until=None, away=_held(referral, event))
        case Kind.TRIED:
            told = replace(after, tries=referral.tries + 1, so_far=SoFar.TRIED)
            return _called_at_hour(referral, told, event)
        case Kind.CONTACT:
            return replace(after, contact_on=day, contact_said=event.by, denied_on=None)
        case Kind.NO_CONTACT:
            return _denied(referral, after, event)
    return after


def _called_at_hour(before: Referral, told: Referral, event: Event) -> Referral:
    """A call in vain moves no day, and none before the chosen hour takes that away. On its day or
    later the hour, which was the promise, is used up: another day takes its place, and that is none
    of those that were announced meanwhile.
    """
    hour, day = hour_on(before), day_of(event.at)
    if hour is None or day < hour:
        return told
    away = tuple(dict.fromkeys((*before.away, *_held(before, event))))
    return replace(told, hour_called=day, away=away)


def _held(before: Referral, event: Event) -> tuple[Absence, ...]:
    """The days away that hold the promise after a word: up to three months, as "full until" may.
    When it is sent, its owner agrees to the day; nobody may move it away for a year after that.
    """
    end = max((event.until or day_of(event.at)) + FULL_AT_MOST, promised_by(before))
    return tuple(replace(a, last=min(a.last, end)) for a in event.away if a.first <= end)


def _denied(before: Referral, after: Referral, event: Event) -> Referral:
    """There was no contact, says the owner: the file waits for one as from "I take it", from that
    day on. One that was closed stays so, and leads on as one that was closed without contact on
    that day. What both sides said of the outcome is kept. Where only the owner had said that there
    was contact, "full until" holds as before.
    """
    day = day_of(event.at)
    so_far = SoFar.DENIED if before.contact_said is Who.RECEIVER else before.so_far
    denied = replace(before, contact_on=None, denied_on=day, so_far=so_far)
    if before.handling.value is Handling.CLOSED:
        return replace(denied, accepted_on=day)
    if before.contact_said is Who.OWNER and before.full_until and before.full_until > day:
        return replace(denied, handling=Said(Handling.FULL, Who.RECEIVER, event.at))
    told = replace(denied, handling=after.handling, accepted_on=day, away=_held(before, event))
    return replace(told, full_until=None)


def _check_who(event: Event) -> None:
    if event.by not in MAY_SAY[event.kind]:
        who = sorted(str(w) for w in MAY_SAY[event.kind])
        raise BakenError("by", f"{event.by!s} can't say {event.kind!s}", " or ".join(who))


def _check_said(referral: Referral, event: Event) -> None:
    if event.kind is Kind.OUTCOME and referral.contact_on is None:
        raise BakenError("kind", "there was no contact yet", "the outcome after a contact")
    if event.kind is Kind.WITHDRAWN and referral.taken_back:
        raise BakenError("kind", "it was taken back already")
    if event.kind is Kind.SENT_AGAIN and not _came_back(referral):
        raise BakenError("kind", "no letter came back of a question that waits", "one that did")
    if event.kind is Kind.NO_CONTACT and referral.contact_on is None:
        raise BakenError("kind", "nobody said that there was contact", "a word of contact before")
    day = day_of(event.at)
    if event.kind is Kind.FULL and event.until and event.until > full_most(referral, day):
        raise BakenError(
            "until", "it is too far ahead", "at most three months, or a refusal with its reason"
        )


def _came_back(referral: Referral) -> bool:
    waits = referral.handling.value in NO_CONTACT_YET
    return waits and referral.delivery.value is Delivery.BOUNCED


def _possible(state: Handling) -> list[str]:
    return sorted(str(kind) for kind, states in CAN_TAKE.items() if state in states)
