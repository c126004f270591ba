"""What is due in a handover, written as "due and not yet done".

A clock never asks what falls due *today*: it asks what should have been done by today and was
not. So a scheduler that stood still for three days loses nothing; on its first tick everything
that is late is done.

The ladder counts in Belgian working days from the day on which the receiver could act: the day of
sending, of "I take it" without a contact since, or on which "full until" ended. A call in vain
moves no day. Days on which nobody is there, announced before the sending, are not counted. An hour
that the owner chose is the promise: the reminder comes on its day at the latest. The truth comes
once the promised day is over, so on the day after it.

A door that said no, or that our letter never reached, is not waited for: the next one is due at
once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from baken.refer.model import NO_CONTACT_YET, Handling, Referral, Who, day_of
from baken.registers.workdays import add_working_days, next_working_day


class Step(StrEnum):
    """What a clock does."""

    REMIND = "remind"
    """The receiver is reminded, in the day's one mail with all that person's files."""
    ESCALATE = "escalate"
    """The coordinator sees it; the owner hears the truth and may take the alternative."""
    SWITCH = "switch"
    """The alternative is what happens: of itself where the owner allowed it beforehand, else it is
    the one thing that the owner is asked.
    """
    EXPIRE = "expire"
    """This door is closed; the next one is shown."""
    ASK = "ask"
    """Both sides are asked for the outcome."""
    ASK_AGAIN = "ask_again"
    ASK_LAST = "ask_last"


@dataclass(frozen=True)
class Ladder:
    """After how many working days without contact each step is due; ``escalate`` is the promised
    day itself, and its step is due once that day is over.
    """

    remind: int
    escalate: int
    switch: int
    expire: int


STANDARD = Ladder(3, 5, 8, 15)
CRISIS = Ladder(1, 2, 3, 5)
"""Route R1: who can't pay this week can't wait three weeks."""
HOUR_STANDS = frozenset({Handling.OFFERED, Handling.SEEN, Handling.ACCEPTED})
"""States in which an hour is still to come, or can be chosen."""
ONE_DAY = timedelta(days=1)
OUTCOME_DAYS = {Step.ASK: 30, Step.ASK_AGAIN: 37, Step.ASK_LAST: 44}
"""Days after the contact on which the outcome is asked for: once, and two reminders."""


@dataclass(frozen=True)
class Due:
    """A step that should have been done: since when, and from which day it counts (part of its
    key).
    """

    step: Step
    since: date
    of: date

    @property
    def key(self) -> str:
        """Unique within a referral: the same step counted from the same day is done once."""
        return f"{self.step}:{self.of.isoformat()}"


@dataclass(frozen=True)
class Absence:
    """Days on which a receiver announced not to be there, first and last included."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        """Whether the day is one of them."""
        return self.first <= day <= self.last


def ladder_of(referral: Referral) -> Ladder:
    """The ladder by which this referral climbs.

    A receiver that promises fewer than five days is reminded two days (at least one) before the
    promise ends, the owner hears on the day that it ends, and the door shuts when the standard
    one does.
    """
    if referral.terms.crisis:
        return CRISIS
    promise = min(referral.terms.promise, STANDARD.escalate)
    if promise < 1:
        raise ValueError("a promise is at least one working day")
    return Ladder(max(1, promise - 2), promise, promise + 3, STANDARD.expire)


def counts_from(referral: Referral) -> date:
    """The day from which the ladder counts."""
    if (
        referral.handling.value in (Handling.FULL, Handling.TRIED)
        and referral.full_until is not None
    ):
        return referral.full_until
    if referral.accepted_on is not None:
        return referral.accepted_on
    return max(referral.terms.sent_on, referral.away_until or referral.terms.sent_on)


def held_until(referral: Referral, absences: Sequence[Absence]) -> date | None:
    """From which day the ladder counts where nobody is there on some of the promised days: so far
    on that as many working days are left with somebody there. None where none of them is lost.
    """
    sent, number = referral.terms.sent_on, ladder_of(referral).escalate
    promised, there = sent, 0
    while there < number:
        promised = next_working_day(promised + ONE_DAY)
        there += not any(absence.holds(promised) for absence in absences)
    start = sent
    while add_working_days(start, number) < promised:
        start += ONE_DAY
    return start if start > sent else None


def promised_by(referral: Referral) -> date:
    """The last day on which the owner may expect the first contact."""
    usual = add_working_days(counts_from(referral), ladder_of(referral).escalate)
    return _slot(referral) or usual


def shuts_by(referral: Referral) -> date | None:
    """The day on which this door shuts at the latest, when no contact comes; None when none is
    waited for.
    """
    return next((d.since for d in _waiting(referral) if d.step is Step.EXPIRE), None)


def goes_on(referral: Referral) -> bool:
    """Whether a clock still has something to do: the file has a next step."""
    ahead = [*_waiting(referral), *_outcome(referral)]
    return any((one.step, one.of) not in referral.steps for one in ahead)


def due(referral: Referral, today: date, absences: Sequence[Absence] = ()) -> list[Due]:
    """What should have been done by ``today`` and was not, earliest first.

    ``absences`` are the receiver's. On such a day no reminder is sent; the owner's promises
    stand, for an absence that was known counted before sending (:func:`held_until`).
    """
    found = [*_waiting(referral), *_turned_down(referral, today), *_outcome(referral)]
    late = [d for d in found if d.since <= today and (d.step, d.of) not in referral.steps]
    if any(d.step is Step.EXPIRE for d in late):
        late = [d for d in late if d.step is Step.EXPIRE or d.step in OUTCOME_DAYS]
    if any(absence.holds(today) for absence in absences):
        late = [d for d in late if d.step is not Step.REMIND]
    return sorted(late, key=lambda d: (d.since, list(Step).index(d.step)))


def _waiting(referral: Referral) -> list[Due]:
    if referral.handling.value not in NO_CONTACT_YET:
        return []
    start, ladder = counts_from(referral), ladder_of(referral)
    after = {
        Step.REMIND: ladder.remind,
        Step.ESCALATE: ladder.escalate,
        Step.SWITCH: ladder.switch,
        Step.EXPIRE: ladder.expire,
    }
    days = {step: add_working_days(start, number) for step, number in after.items()}
    days[Step.ESCALATE] = promised_by(referral) + ONE_DAY
    slot = _slot(referral)
    if slot is not None:
        days[Step.REMIND] = min(days[Step.REMIND], slot)
        days[Step.SWITCH] = max(days[Step.SWITCH], add_working_days(slot, 2))
        days[Step.EXPIRE] = max(days[Step.EXPIRE], add_working_days(slot, 3))
    if referral.unreached:
        days = {Step.SWITCH: day_of(referral.delivery.at), Step.EXPIRE: days[Step.EXPIRE]}
    return [Due(step, day, start) for step, day in days.items()]


def _turned_down(referral: Referral, today: date) -> list[Due]:
    """A no leads on at once, and no more once the door would have shut anyhow."""
    said = day_of(referral.handling.at)
    if not referral.turned_down or today > add_working_days(said, ladder_of(referral).expire):
        return []
    return [Due(Step.SWITCH, said, counts_from(referral))]


def _slot(referral: Referral) -> date | None:
    """The day of the chosen hour, while the call is still to come by it."""
    day = referral.terms.slot_on
    stands = referral.handling.value in HOUR_STANDS
    return day if stands and day is not None and day >= counts_from(referral) else None


def _outcome(referral: Referral) -> list[Due]:
    back = referral.taken_back or referral.handling.value is Handling.WITHDRAWN
    if referral.contact_on is None or back:
        return []
    if {Who.OWNER, Who.RECEIVER} <= set(referral.outcomes):
        return []
    start = referral.contact_on
    return [Due(step, start + timedelta(days=days), start) for step, days in OUTCOME_DAYS.items()]
