"""Who of a receiver is reminded of a file, and on which days nobody is there: the organisation's
own address and announced days, and what a room with accounts knows beside them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from baken.refer.clocks import Absence, held_until
from baken.refer.model import Referral as State
from baken.web.handover.models import Receiver, Referral

ORGANISATION = ""
"""The address of the organisation itself."""
Reminded = Callable[[Referral, date], str | None]
Absences = Callable[[Receiver, date], list[Absence]]
REMINDED: list[Reminded] = []
"""At most one room that knows people: who is reminded of a file on a day (``about`` of a letter);
:data:`ORGANISATION`; None: nobody, for who has it is away."""
ABSENCES: list[Absences] = []
"""At most one room that knows on which days from a day on nobody of a receiver takes anything."""


def reminded(row: Referral, day: date) -> str | None:
    """Who is reminded of a file on a day."""
    for ask in REMINDED:
        return ask(row, day)
    return ORGANISATION


def absences_of(receiver: Receiver, since: date) -> list[Absence]:
    """The days from ``since`` on on which a receiver is not there, first ones first."""
    found = [Absence(a.first, a.last) for a in receiver.absences.all() if a.last >= since]
    for ask in ABSENCES:
        found += ask(receiver, since)
    return sorted(set(found), key=lambda a: (a.first, a.last))


def held(receiver: Receiver, state: State) -> date | None:
    """Up to which day the announced absences of a receiver hold the clocks of what is sent."""
    return held_until(state, absences_of(receiver, state.terms.sent_on))
