"""Who of a receiver is reminded of a file, and on which days nobody is there: the organisation's
own address and announced days, and what a room with accounts knows beside them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from baken.refer.clocks import away_on
from baken.refer.model import PROMISES, Absence, Delivery, Event, Handling, day_of
from baken.refer.model import Referral as State
from baken.registers.workdays import is_working_day
from baken.web.handover.models import Receiver, Referral

ORGANISATION = ""
"""The address of the organisation itself."""
Reminded = Callable[[Referral, date], str | None]
HadIt = Callable[[Referral, date], str]
Absences = Callable[[Receiver, date], list[Absence]]
REMINDED: list[Reminded] = []
"""At most one room that knows people: who is reminded of a file on a day (``about`` of a letter);
:data:`ORGANISATION`; None: nobody, for who has it is away."""
HAD_IT: list[HadIt] = []
"""At most one room that knows who hears that a file that somebody had in hand was taken away."""
ABSENCES: list[Absences] = []
"""At most one room that knows on which days from a day on nobody of a receiver takes anything."""


def reminded(row: Referral, day: date) -> str | None:
    """Who is reminded of a file on a day."""
    for ask in REMINDED:
        return ask(row, day)
    return ORGANISATION


def had_it(row: Referral, day: date) -> str:
    """Who hears on a day that a file was taken away: who has it in hand (``about`` of a letter);
    empty where nobody has.
    """
    for ask in HAD_IT:
        return ask(row, day)
    return ORGANISATION


def untold(state: State, day: date) -> bool:
    """Whether our first letter has not left by a day, or left on it: of what was not told nobody is
    reminded.
    """
    said = state.delivery
    queued = said.value is Delivery.QUEUED
    left_today = said.value is Delivery.HANDED_OVER and day_of(said.at) == day
    return state.handling.value is Handling.OFFERED and (queued or left_today)


def absences_of(receiver: Receiver, since: date) -> list[Absence]:
    """The days from ``since`` on on which a receiver is not there, first ones first."""
    found = [Absence(a.first, a.last) for a in receiver.absences.all() if a.last >= since]
    for ask in ABSENCES:
        found += ask(receiver, since)
    return sorted(set(found), key=lambda a: (a.first, a.last))


def knowing(event: Event, receiver: Receiver) -> Event:
    """The event with the days away that a receiver announced by then, where it makes a promise."""
    if event.kind not in PROMISES:
        return event
    since = max(day_of(event.at), event.until or date.min)
    return replace(event, away=tuple(absences_of(receiver, since)))


def nobody_calls(row: Referral, first: date, last: date) -> list[Absence]:
    """The days from ``first`` to ``last`` on which nobody would call the owner of a question:
    nobody of the receiver is there, or who has it in hand is away and nobody stands in.
    """
    away = absences_of(row.receiver, first)
    if reminded(row, first) == ORGANISATION:
        return away
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    there = [day for day in days if is_working_day(day) and not away_on(day, away)]
    return [*away, *(Absence(day, day) for day in there if reminded(row, day) is None)]
