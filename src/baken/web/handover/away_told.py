"""Days away that make an owner wait longer than usual, in words: those that were known when it was
promised, those that were announced since and hold the promised day, and once that is over, those
on which nobody is there still.
"""

from __future__ import annotations

from datetime import date, datetime

from baken.refer.clocks import away_on, back_on, hour_on, later, promised_by, shuts_by
from baken.refer.letters import Letter, Message
from baken.refer.model import NO_CONTACT_YET, Absence, Referral, Who, day_of
from baken.registers.workdays import next_working_day
from baken.web.handover.intents import intent_of
from baken.web.handover.models import Intent, Receiver
from baken.web.handover.models import Referral as Row
from baken.web.handover.promise import counted, promise
from baken.web.handover.reach import Door
from baken.web.handover.readers import absences_of
from baken.web.handover.store import state_of
from baken.web.handover.windows import full_day
from baken.web.texts import text


def waits_longer(row: Row, state: Referral, today: date) -> bool:
    """Whether days away move the first contact of a question that waits."""
    waits = state.handling.value in NO_CONTACT_YET
    return waits and (later(state) or bool(since(row, state, today)))


def told(row: Row, state: Referral, name: str, lang: str, today: date) -> list[str]:
    """What the owner reads of it, of an organisation that goes by ``name``."""
    if state.handling.value not in NO_CONTACT_YET:
        return []
    late = today > promised_by(state)
    if found := _hits(row, state, today):
        hits, back_again = found
        says = "follow.away_since" if late or hour_on(state) is None else "follow.away_hour"
        days = [full_day(lang, one) for one in (hits.first, hits.last, back_again)]
        lines = [text(lang, says, to=name, first=days[0], last=days[1], day=days[2])]
        if shuts := shuts_first(row, state, today):
            lines.append(text(lang, "follow.away_shuts", shuts=full_day(lang, shuts)))
        return lines
    if late or not later(state):
        return []
    lines = []
    for absence in counted(state):
        says = "send.away_past" if absence.last < today else "send.away"
        first, last = (full_day(lang, one) for one in (absence.first, absence.last))
        lines.append(text(lang, says, to=name, first=first, last=last))
    return lines


def shuts_first(row: Row, state: Referral, today: date) -> date | None:
    """The day on which the door shuts at the latest, where nobody is back there before it: who is
    told that they can't call yet must not wait for a call that no longer comes.
    """
    found, shuts = _hits(row, state, today), shuts_by(state)
    called = today <= promised_by(state) and hour_on(state) is not None
    return shuts if found and shuts and not called and found[1] >= shuts else None


def _hits(row: Row, state: Referral, today: date) -> tuple[Absence, date] | None:
    """The announced days that hold the promised one, or once that is over, the next on which
    somebody could call; and the day on which somebody is there again.
    """
    late = today > promised_by(state)
    away = _still(row, today) if late else since(row, state, today)
    day = next_working_day(today) if late else promised_by(state)
    hits = next((absence for absence in away if absence.holds(day)), None)
    return (hits, back_on(day, away)) if hits else None


def since(row: Row, state: Referral, today: date) -> list[Absence]:
    """The days that are announced now, where the promised one is one of them."""
    day = promised_by(state)
    if state.handling.value not in NO_CONTACT_YET:
        return []
    away = absences_of(row.receiver, today) if today <= day else []
    return away if away_on(day, away) else []


def back(row: Row, today: date) -> date | None:
    """The day from which on somebody is there again; None where somebody is there now."""
    away = _still(row, today)
    return back_on(today, away) if away else None


def _still(row: Row, today: date) -> list[Absence]:
    """The days that are announced, where the next one on which somebody could call is one."""
    away = absences_of(row.receiver, today)
    return away if away_on(next_working_day(today), away) else []


def tell(receiver: Receiver, now: datetime) -> None:
    """Write to the owners who were promised one of the days that are announced now, once for each
    promised day. An hour that was given stands: somebody calls then.
    """
    waiting = [str(handling) for handling in NO_CONTACT_YET]
    rows = Row.objects.filter(receiver=receiver, handling__in=waiting, wiped_at=None)
    for row in rows.filter(contact_by__gte=day_of(now)).order_by("pk"):
        state = state_of(row)
        if hour_on(state) is None and since(row, state, day_of(now)):
            message = Message(Letter.AWAY, Who.OWNER, f"away/{promised_by(state).isoformat()}")
            Intent.objects.bulk_create([intent_of(row, message, now)], ignore_conflicts=True)


def there(row: Row, other: Door, now: datetime, lang: str) -> list[str]:
    """The same of another door, where days away make its promise later than usual."""
    if other.receiver is None:
        return []
    to = promise(other.receiver, row.crisis, now, lang)
    if not to.later:
        return []
    away = [text(lang, "send.away", to=other.name, first=a, last=b) for a, b in to.away]
    return [*away, text(lang, "letters.next.away", day=to.day)]
