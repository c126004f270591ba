"""What is promised before an owner sends, with its day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from baken.refer.clocks import ladder_of, later, promised_by
from baken.refer.model import Absence, Event, Kind, Referral, Terms, Who, day_of
from baken.refer.states import begin
from baken.web.handover.models import Receiver
from baken.web.handover.readers import knowing
from baken.web.handover.windows import full_day


@dataclass(frozen=True)
class Promise:
    """Contact within ``days`` working days, so ``by`` a day, in words ``day``. ``absences`` are
    announced; ``away`` are those until then, first and last day in words. ``later``: these take
    promised days, so it is later than those days alone would make it. ``pressing``: the firm is
    in trouble, and what threatens may come sooner.
    """

    days: int
    by: date
    day: str
    absences: tuple[Absence, ...] = ()
    away: tuple[tuple[str, str], ...] = ()
    later: bool = False
    pressing: bool = False


def sent_now(receiver: Receiver | None, crisis: bool, now: datetime) -> Referral:
    """A question as it stands when it is sent now; with the usual promise without a receiver."""
    terms = Terms(day_of(now), crisis, receiver.promise if receiver else 5)
    sent = Event(Kind.SENT, Who.OWNER, now, "sent")
    return begin(terms, knowing(sent, receiver) if receiver else sent)


def promise(receiver: Receiver | None, crisis: bool, now: datetime, lang: str) -> Promise:
    """The promise of a receiver for what is sent now; the usual one without a receiver."""
    state = sent_now(receiver, crisis, now)
    by = promised_by(state)
    return Promise(
        ladder_of(state).escalate,
        by,
        full_day(lang, by),
        state.away,
        in_words(state, lang),
        later(state),
        crisis,
    )


def in_words(state: Referral, lang: str) -> tuple[tuple[str, str], ...]:
    """The days away until the promised day, as they were known when it was promised."""
    return tuple((full_day(lang, a.first), full_day(lang, a.last)) for a in counted(state))


def counted(state: Referral) -> list[Absence]:
    """The days away that a promise was reckoned with."""
    until = promised_by(state)
    return [absence for absence in state.away if absence.first <= until]
