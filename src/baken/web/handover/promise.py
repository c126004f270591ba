"""What is promised before an owner sends, with its day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from baken.refer.clocks import Absence, ladder_of, promised_by
from baken.refer.model import Event, Kind, Referral, Terms, Who, day_of
from baken.refer.states import begin
from baken.web.handover.models import Receiver
from baken.web.handover.readers import absences_of, held
from baken.web.handover.windows import full_day


@dataclass(frozen=True)
class Promise:
    """Contact within ``days`` working days, so by ``day``. ``absences`` are announced; ``away`` are
    those until then, first and last day in words. ``later``: these take promised days, so it is
    later than those days alone would make it.
    """

    days: int
    day: str
    absences: tuple[Absence, ...] = ()
    away: tuple[tuple[str, str], ...] = ()
    later: bool = False


def sent_now(receiver: Receiver | None, crisis: bool, now: datetime) -> Referral:
    """A question as it stands when it is sent now; with the usual promise without a receiver."""
    terms = Terms(day_of(now), crisis, receiver.promise if receiver else 5)
    return begin(terms, Event(Kind.SENT, Who.OWNER, now, "sent"))


def promise(receiver: Receiver | None, crisis: bool, now: datetime, lang: str) -> Promise:
    """The promise of a receiver for what is sent now; the usual one without a receiver."""
    state = sent_now(receiver, crisis, now)
    if receiver is not None:
        state = replace(state, away_until=held(receiver, state))
    until = promised_by(state)
    away = absences_of(receiver, state.terms.sent_on) if receiver else []
    return Promise(
        ladder_of(state).escalate,
        full_day(lang, until),
        tuple(away),
        tuple((full_day(lang, a.first), full_day(lang, a.last)) for a in away if a.first <= until),
        later=state.away_until is not None,
    )
