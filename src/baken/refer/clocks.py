"""What is due in a handover, written as "due and not yet done".

A clock never asks what falls due *today*: it asks what should have been done by today and was
not. So a scheduler that stood still for three days loses nothing; on its first tick everything
that is late is done.

The ladder counts in Belgian working days from the day on which the receiver could act: the day of
sending (again, where the letter had not arrived), of "I take it" without a contact since, or on
which "full until" ended. A call in vain moves no day. Days on which nobody is there are not
counted, as far as they were announced when the promise was made: by one of these, or by a call in
vain at the hour that the owner chose. That hour is the promise while it is to come: the ladder
counts all days then, and the reminder comes on its day at the latest. After a call in vain at that
hour the usual day is the promise, or where that is over, the next one on which somebody is there.
The truth comes once the promised day is over, so on the day after it.

A door that is full for longer than it would have been open is not waited for either.

A door that said no or closed the file without contact, or that our letter never reached, is not
waited for: the next one is due at once. Where the next door was due and nobody was there at any,
that stays due until somebody is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from baken.refer.model import NO_CONTACT_YET, Absence, Handling, Referral, Who, day_of
from baken.registers.workdays import (
    add_working_days,
    is_working_day,
    next_working_day,
    working_day_before,
)


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
    BACK = "back"
    """The same, where the question stayed because nobody was there at any other door: due from then
    on, and done once somebody is.
    """
    AT_ONCE = "at_once"
    """The next door, without waiting: "full until" keeps the question longer than this door would
    have been open. Where it can't go there, the coordinator hears of an owner who gets no mail.
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
"""States in which an hour can be chosen; one that was chosen outlives a call before it."""
ON = (Step.SWITCH, Step.BACK)
"""Steps at which the next door is due while the question can still wait here."""
LEAVES = (*ON, Step.EXPIRE)
"""Steps at which the question goes to the next door, where the owner allowed it beforehand."""
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


def ladder_of(referral: Referral) -> Ladder:
    """The ladder by which this referral climbs.

    A receiver that promises fewer than five days is reminded two days (at least one) before the
    promise ends, the owner hears on the day that it ends, and the door shuts when the standard
    one does. In a crisis nobody promises a later day than usual.
    """
    promise = min(referral.terms.promise, STANDARD.escalate)
    if promise < 1:
        raise ValueError("a promise is at least one working day")
    if referral.terms.crisis:
        promise = min(promise, CRISIS.escalate)
        return Ladder(CRISIS.remind, promise, promise + 1, CRISIS.expire)
    return Ladder(max(1, promise - 2), promise, promise + 3, STANDARD.expire)


def promised(referral: Referral) -> tuple[date, date]:
    """The day from which the ladder counts, and the promised one: the last day on which the owner
    may expect the first contact. The one place that tells either, after whatever happened.

    Where nobody is there on some days, the ladder counts from so much later that as many working
    days are left with somebody there.
    """
    start, number = _could_act(referral), ladder_of(referral).escalate
    hour = hour_on(referral)
    if hour is not None:
        return start, hour
    until, there = start, 0
    while there < number:
        until = next_working_day(until + ONE_DAY)
        there += not away_on(until, referral.away)
    if until > add_working_days(start, number):
        start = working_day_before(until, number)
    return start, max(until, _after_hour(referral) or until)


def counts_from(referral: Referral) -> date:
    """The day from which the ladder counts."""
    return promised(referral)[0]


def promised_by(referral: Referral) -> date:
    """The last day on which the owner may expect the first contact."""
    return promised(referral)[1]


def later(referral: Referral) -> bool:
    """Whether announced days away make the promised day a later one than usual."""
    return counts_from(referral) > _could_act(referral)


def away_on(day: date, absences: Sequence[Absence]) -> bool:
    """Whether nobody is there on a day."""
    return any(absence.holds(day) for absence in absences)


def back_on(day: date, absences: Sequence[Absence]) -> date:
    """The first working day from a day on on which somebody is there."""
    while away_on(day, absences) or not is_working_day(day):
        day += ONE_DAY
    return day


def hour_on(referral: Referral) -> date | None:
    """The day of the chosen hour, while the call is still to come by it."""
    day = referral.terms.slot_on
    stands = referral.handling.value in (*HOUR_STANDS, Handling.TRIED)
    if day is None or not stands or referral.hour_called or day < _could_act(referral):
        return None
    return day


def _after_hour(referral: Referral) -> date | None:
    """The first day that can be promised once the call at the chosen hour was in vain; of a call
    that came later than that, the hour's own day stays the one that was promised.
    """
    hour, called = referral.terms.slot_on, referral.hour_called
    if hour is None or called is None:
        return None
    return hour if called > hour else back_on(hour + ONE_DAY, referral.away)


def shuts_by(referral: Referral) -> date | None:
    """The day on which this door shuts at the latest, when no contact comes; None when none is
    waited for.
    """
    return next((d.since for d in _waiting(referral) if d.step is Step.EXPIRE), None)


def leaves_at(referral: Referral) -> list[Due]:
    """The steps ahead at which a question that waits here can go on of itself, earliest first."""
    found = [d for d in _waiting(referral) if d.step in LEAVES]
    ahead = [d for d in found if (d.step, d.of) not in referral.steps]
    return sorted(ahead, key=lambda d: d.since)


def full_too_long(referral: Referral, today: date) -> bool:
    """Whether "full until" promises a first contact later than this door would have shut without
    it, and that day is not over: from then on the ladder runs as usual.
    """
    full, shuts = referral.full_still, referral.shuts_else
    return bool(full and shuts and today <= full and promised_by(referral) > shuts)


def goes_on(referral: Referral) -> bool:
    """Whether a clock still has something to do: the file has a next step."""
    ahead = [*_waiting(referral), *_outcome(referral)]
    return any((one.step, one.of) not in referral.steps for one in ahead)


def due(referral: Referral, today: date, absences: Sequence[Absence] = ()) -> list[Due]:
    """What should have been done by ``today`` and was not, earliest first.

    ``absences`` are the receiver's. On such a day no reminder is sent; the owner's promises
    stand, for an absence that was known counted when they were made.
    """
    found = [*_waiting(referral), *_turned_down(referral, today), *_outcome(referral)]
    late = [d for d in found if d.since <= today and (d.step, d.of) not in referral.steps]
    if full_too_long(referral, today):  # each round, until another door promises earlier
        late.append(Due(Step.AT_ONCE, day_of(referral.handling.at), counts_from(referral)))
    if any(d.step is Step.EXPIRE for d in late):
        late = [d for d in late if d.step is Step.EXPIRE or d.step in OUTCOME_DAYS]
    if away_on(today, absences):
        late = [d for d in late if d.step is not Step.REMIND]
    return sorted(late, key=lambda d: (d.since, list(Step).index(d.step)))


def _waiting(referral: Referral) -> list[Due]:
    if referral.handling.value not in NO_CONTACT_YET:
        return []
    (start, until), ladder = promised(referral), ladder_of(referral)
    after = {
        Step.REMIND: ladder.remind,
        Step.ESCALATE: ladder.escalate,
        Step.SWITCH: ladder.switch,
        Step.EXPIRE: ladder.expire,
    }
    days = {step: add_working_days(start, number) for step, number in after.items()}
    days[Step.ESCALATE] = until + ONE_DAY
    slot = hour_on(referral)
    if slot is not None:
        days[Step.REMIND] = min(days[Step.REMIND], slot)
    if slot is not None or until > add_working_days(start, ladder.escalate):
        days[Step.SWITCH] = max(days[Step.SWITCH], add_working_days(until, 2))
        days[Step.EXPIRE] = max(days[Step.EXPIRE], add_working_days(until, 3))
    if referral.unreached:
        days = {Step.SWITCH: day_of(referral.delivery.at), Step.EXPIRE: days[Step.EXPIRE]}
    if referral.stays_of == start:
        days[Step.BACK] = days[Step.SWITCH]
    return [Due(step, day, start) for step, day in days.items()]


def _turned_down(referral: Referral, today: date) -> list[Due]:
    """A no, or a file closed without contact, leads on at once, and no more once the door would
    have shut anyhow.
    """
    said = max(day_of(referral.handling.at), referral.denied_on or date.min)
    if not referral.turned_down or today > add_working_days(said, ladder_of(referral).expire):
        return []
    of = counts_from(referral)
    steps = [Step.SWITCH, Step.BACK] if referral.stays_of == of else [Step.SWITCH]
    return [Due(step, said, of) for step in steps]


def _could_act(referral: Referral) -> date:
    """The day on which the receiver could act, whether or not somebody was there."""
    full = referral.full_still
    return full or referral.accepted_on or referral.again_on or referral.terms.sent_on


def _outcome(referral: Referral) -> list[Due]:
    back = referral.taken_back or referral.handling.value is Handling.WITHDRAWN
    if referral.contact_on is None or back:
        return []
    if {Who.OWNER, Who.RECEIVER} <= set(referral.outcomes):
        return []
    start = referral.contact_on
    return [Due(step, start + timedelta(days=days), start) for step, days in OUTCOME_DAYS.items()]
