"""A handover and what happened to it: three fields, each with who said so and when.

A referral is the fold of its events (:func:`baken.refer.states.replay`). Moments are aware
datetimes that come in from above; nothing here reads a clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

T = TypeVar("T")
BRUSSELS = ZoneInfo("Europe/Brussels")


def day_of(at: datetime) -> date:
    """The Belgian calendar day of a moment (aware)."""
    return at.astimezone(BRUSSELS).date()


class Who(StrEnum):
    """Who said something. ``SYSTEM`` is Baken itself: a clock or the post."""

    OWNER = "owner"
    RECEIVER = "receiver"
    COORDINATOR = "coordinator"
    SYSTEM = "system"


class Delivery(StrEnum):
    """Where the message to the receiver is. ``HANDED_OVER``: the receiver's mail server took it."""

    QUEUED = "queued"
    HANDED_OVER = "handed_over"
    BOUNCED = "bounced"


class Handling(StrEnum):
    """What the receiver does with it."""

    OFFERED = "offered"
    SEEN = "seen"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    FULL = "full"
    TRIED = "tried"
    IN_CONTACT = "in_contact"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Outcome(StrEnum):
    """Whether it helped, in the eyes of one side."""

    HELPED = "helped"
    PARTLY = "partly"
    NOT = "not"


class SoFar(StrEnum):
    """What the receiver did towards a first contact, in its last word that counts."""

    SILENT = "silent"
    UNSENT = "unsent"
    """Our own letter to it has not left: it can know of nothing by that."""
    TAKEN = "taken"
    """It said that it would."""
    FULL = "full"
    """It said until when it had no room."""
    TRIED = "tried"
    """Calls in vain; that it took the question on, too, tells less."""
    DENIED = "denied"
    """It said that there was contact, and the owner that there was none."""


CEASED = "ceased"
"""The reason of a door that shuts because the organisation is there no more."""
UNREACHED = "unreached"
"""The reason of a door that shuts because our letter never got there."""
TOO_LONG = "too_long"
"""The reason of a door that shuts because it is full for longer than it would have been open."""
SHUT_FOR = (CEASED, UNREACHED, TOO_LONG)
"""Why Baken shuts a door, but for a contact that did not come in time."""
OTHER_REASON = "other"
"""A refusal that names no reason."""
ALREADY_HELPED = "already_helped"
"""The one refusal after which there is nothing to look for elsewhere."""
PASSED = "receiver/passed/"
"""How the key of a refusal begins with which the receiver handed the file on; then where to."""
AWAY = "away"
"""The reason of a step that proposed no next door because nobody was there at any."""
NO_DOOR = "no_door"
"""The reason of a step that proposed no next door because none was known."""
ENDED = frozenset({Handling.REFUSED, Handling.CLOSED, Handling.WITHDRAWN, Handling.EXPIRED})
"""Nothing more is to be done by the receiver; an outcome may still be told."""
NO_CONTACT_YET = frozenset(
    {Handling.OFFERED, Handling.SEEN, Handling.ACCEPTED, Handling.FULL, Handling.TRIED}
)
"""The owner still waits for a first word."""


class Kind(StrEnum):
    """What can happen to a referral."""

    SENT = "sent"
    HANDED_OVER = "handed_over"
    BOUNCED = "bounced"
    SENT_AGAIN = "sent_again"
    """The first letter goes again, to an address that was mended."""
    SEEN = "seen"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    FULL = "full"
    TRIED = "tried"
    CONTACT = "contact"
    NO_CONTACT = "no_contact"
    """The owner says that there was none, whoever said that there was."""
    REACH = "reach"
    """The owner changed how, or when, to be reached."""
    NO_NEXT = "no_next"
    """The owner takes back that it may go to a next door unasked, and nothing else."""
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    OUTCOME = "outcome"
    STEP = "step"
    """A clock's step was done (``step`` says which, ``of`` the day from which it counted)."""


@dataclass(frozen=True)
class Absence:
    """Days on which a receiver announced not to be there, first and last included."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        """Whether the day is one of them."""
        return self.first <= day <= self.last


PROMISES = frozenset(
    {Kind.SENT, Kind.SENT_AGAIN, Kind.ACCEPTED, Kind.FULL, Kind.TRIED, Kind.NO_CONTACT}
)
"""After which the owner is promised a day, with the days away that are announced by then."""


@dataclass(frozen=True)
class Event:
    """One thing that happened.

    ``reason`` belongs to a refusal, a door that shuts or a step without a next door, ``until`` to
    "full until", ``outcome`` to an outcome, ``step`` and ``of`` to a step of the clocks, ``away``
    (the receiver's announced days) to one of :data:`PROMISES`. ``key`` makes a repeated message
    harmless: an event with a key that is already there changes nothing.
    """

    kind: Kind
    by: Who
    at: datetime
    key: str
    reason: str | None = None
    until: date | None = None
    outcome: Outcome | None = None
    step: str | None = None
    of: date | None = None
    away: tuple[Absence, ...] = ()


@dataclass(frozen=True)
class Said(Generic[T]):
    """A value, who said it and when."""

    value: T
    by: Who
    at: datetime


@dataclass(frozen=True)
class Terms:
    """What was agreed when the owner sent it.

    ``promise`` is in working days: within how many the receiver makes contact (5, or fewer where
    the organisation promises so). ``crisis`` (route R1) has a ladder of its own. ``slot_on`` is
    the day of the hour that the owner chose, while it stands.
    """

    sent_on: date
    crisis: bool = False
    promise: int = 5
    slot_on: date | None = None


@dataclass(frozen=True)
class Referral:
    """A referral as its events left it.

    ``away``: the receiver's announced absences as known when the promise was made.
    ``again_on``: the day on which the first letter went again to a door that had not been reached;
    ``full_since`` is the day on which "full until" was said first.
    ``contact_said`` is who said that there is contact. ``denied_on``: the day on
    which the owner said that there was none, until there is, whatever the receiver does meanwhile
    (``denied``: it did nothing yet); ``reach_on``: the last one on which the owner changed how to
    be reached; ``no_next_on``: the one from which it goes to no next door unasked, where the owner
    had allowed that.
    """

    terms: Terms
    delivery: Said[Delivery]
    handling: Said[Handling]
    outcomes: Mapping[Who, Said[Outcome]] = field(default_factory=dict)
    refusal: str | None = None
    full_until: date | None = None
    full_since: date | None = None
    shuts_else: date | None = None
    """The day on which this door would have shut without "full until"."""
    tries: int = 0
    hour_called: date | None = None
    """The day of the call in vain that used up the chosen hour: on its day, or after it."""
    so_far: SoFar = SoFar.SILENT
    again_on: date | None = None
    accepted_on: date | None = None
    contact_on: date | None = None
    contact_said: Who | None = None
    denied_on: date | None = None
    reach_on: date | None = None
    no_next_on: date | None = None
    away: tuple[Absence, ...] = ()
    steps: frozenset[tuple[str, date]] = frozenset()
    stays_of: date | None = None
    """The day from which was counted when the next door was due and nobody was there at any."""
    taken_back: bool = False
    """The owner took the question back after this door had ended it."""
    keys: frozenset[str] = frozenset()

    @property
    def ended(self) -> bool:
        """Whether the receiver has nothing more to do."""
        return self.handling.value in ENDED

    @property
    def denied(self) -> bool:
        """Whether the owner's word that there was no contact is what happened last: the file waits
        as taken on by that word, and the receiver neither called nor took it on since.
        """
        return self.handling.value is Handling.ACCEPTED and self.handling.by is Who.OWNER

    @property
    def taken(self) -> bool:
        """Whether it was taken on, and "full until" was not said after that: to take it on once
        more, after a call in vain, says nothing new and moves no day.
        """
        return self.accepted_on is not None and self.full_until is None

    @property
    def full_still(self) -> date | None:
        """The day of "full until" while that word counts: a call in vain after it changes nothing
        of it. None otherwise.
        """
        waits = self.handling.value in (Handling.FULL, Handling.TRIED)
        return self.full_until if waits else None

    def full_over(self, today: date) -> bool:
        """Whether "full until" was the last word, and that day is over."""
        full = self.handling.value is Handling.FULL
        return full and self.full_until is not None and today > self.full_until

    @property
    def claimed(self) -> bool:
        """Whether only its owner says that there was contact: the receiver told nothing of it."""
        said = self.contact_on is not None and self.contact_said is Who.OWNER
        return said and Who.RECEIVER not in self.outcomes

    @property
    def unreached(self) -> bool:
        """Whether our letter came back from a door that never opened the question."""
        return self.delivery.value is Delivery.BOUNCED and self.handling.value is Handling.OFFERED

    @property
    def turned_down(self) -> bool:
        """Whether the receiver said no, closed it or is there no more, and there was no contact, so
        that another door may help.
        """
        if self.contact_on is not None or self.taken_back or self.refusal == ALREADY_HELPED:
            return False
        said = self.handling
        return said.value is Handling.REFUSED or (
            said.value is Handling.CLOSED and said.by is not Who.OWNER
        )

    @property
    def helped_already(self) -> bool:
        """Whether the receiver said no for it helps this firm already: no other door is urged."""
        said_no = self.handling.value is Handling.REFUSED
        return said_no and self.refusal == ALREADY_HELPED and not self.taken_back

    @property
    def unhelped(self) -> bool:
        """Whether the owner is not helped though this door has done with it: it did not help, in
        the owner's words, or it was closed and there never was contact.
        """
        told = self.outcomes.get(Who.OWNER)
        if self.contact_on is not None:
            return told is not None and told.value is Outcome.NOT
        return self.handling.value is Handling.CLOSED

    @property
    def so_far_told(self) -> SoFar:
        """What is told of what the receiver did: that our letter never left, where that is why."""
        queued = self.delivery.value is Delivery.QUEUED
        unknown = queued and self.handling.value is not Handling.SEEN
        return SoFar.UNSENT if unknown and self.so_far is SoFar.SILENT else self.so_far

    @property
    def shut_for(self) -> str:
        """One of :data:`SHUT_FOR`, where that is why this door was shut; else empty."""
        return self.refusal if self.refusal in SHUT_FOR else ""

    @property
    def passed_to(self) -> str:
        """The id of the organisation to which the receiver handed it on; else empty."""
        refused = self.handling.value is Handling.REFUSED
        to = (key.removeprefix(PASSED) for key in self.keys if key.startswith(PASSED))
        return next(to, "") if refused else ""

    @property
    def left_because(self) -> str:
        """Why the question left this door: ``ceased``, ``unreached``, ``too_long``, ``refused``,
        ``closed``, or what was done so far, where it was late or its word of a contact was denied.
        """
        if self.shut_for:
            return self.shut_for
        if self.handling.value is Handling.REFUSED:
            return "refused"
        closed = self.handling.value is Handling.CLOSED and self.so_far is not SoFar.DENIED
        return "closed" if closed else self.so_far_told
