"""The clocks' tick: every step that is due and not yet done, each in a transaction of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from baken.kernel.errors import BakenError
from baken.refer.clocks import LEAVES, ON, Due, Step, due
from baken.refer.model import TOO_LONG, UNREACHED, Absence, Event, Kind, Referral, Who
from baken.web.handover import hears, onward, readers
from baken.web.handover.models import Referral as Row
from baken.web.handover.outbox import skipped_if_odd
from baken.web.handover.store import Order, pass_on, record, state_of


def tick(now: datetime) -> int:
    """Do what is due; how many steps. Run it as often as you like, and after any pause."""
    away: dict[int, list[Absence]] = {}
    count = 0
    for row in _alive():
        with skipped_if_odd(Row, row.pk):
            for done in _steps(row, now, away):
                count += done
    return count


def _steps(row: Row, now: datetime, away: dict[int, list[Absence]]) -> Iterator[bool]:
    """Do each step that is due of a referral; whether it was done."""
    state = state_of(row)
    late = _told_first(state, _late(row, state, timezone.localtime(now).date(), away))
    for one in late:
        try:
            yield _do(row, state, one, late, now)
        except BakenError:  # somebody was faster: the next tick looks again
            continue


def _late(row: Row, state: Referral, today: date, away: dict[int, list[Absence]]) -> list[Due]:
    """What is due of a referral. ``away`` keeps the absences of the receivers; who has the file in
    hand can be away alone.
    """
    if row.receiver_id not in away:
        away[row.receiver_id] = readers.absences_of(row.receiver, today)
    late = due(state, today, away[row.receiver_id])
    reminds = any(one.step is Step.REMIND for one in late)
    if reminds and (readers.untold(state, today) or readers.reminded(row, today) is None):
        return due(state, today, [Absence(today, today)])
    return late


def _told_first(state: Referral, late: list[Due]) -> list[Due]:
    """What is due, and before a door shuts without a contact that the promised day passed, where
    the clocks stood still since before that: the coordinator hears of it all the same.
    """
    shuts = next((one for one in late if one.step is Step.EXPIRE), None)
    if shuts is None or state.unreached or (Step.ESCALATE, shuts.of) in state.steps:
        return late
    return [Due(Step.ESCALATE, shuts.since, shuts.of), *late]


def _do(row: Row, before: Referral, one: Due, late: Sequence[Due], now: datetime) -> bool:
    """One step; whether it was done. The owner hears of the last one only, where several are late
    at once; of a door that said no or was not reached, or that at no other one somebody is, the
    owner heard already.
    """
    if one.step is Step.AT_ONCE:
        return _at_once(row, before, one, now)
    told = before.unreached or before.turned_down
    waits = one.step in ON and not told
    order = onward.by_clock(row, now, waits) if one.step in LEAVES else None
    lacks = onward.lacks_door(row, now) if waits and order is None else None
    if one.step in ON and order is None and (told or (lacks and one.step is Step.BACK)):
        return False
    ends = (order is not None or one.step is Step.EXPIRE) and not before.ended
    kind = Kind.EXPIRED if ends else Kind.STEP
    why = UNREACHED if ends and before.unreached else lacks
    event = Event(kind, Who.SYSTEM, now, one.key, reason=why, step=str(one.step), of=one.of)
    if order is not None:
        _pass_on(row, order, event, one, now)
        return True
    more = one.step is Step.ESCALATE and any(other.step in LEAVES for other in late)
    record(row.pk, event, frozenset({Who.OWNER}) if more else frozenset())
    return True


def _at_once(row: Row, before: Referral, one: Due, now: datetime) -> bool:
    """Leave a door that is full for too long. Where that can't be, its owner read the FULL letter;
    of an owner without mail the coordinator hears, once.
    """
    order = onward.at_once(row, before, now)
    if order is not None:
        event = Event(Kind.EXPIRED, Who.SYSTEM, now, one.key, reason=TOO_LONG)
        _pass_on(row, order, event, one, now)
        return True
    if (one.step, one.of) in before.steps or hears.by_mail(row):
        return False
    key = f"{one.key}/unheard"
    told = Event(Kind.STEP, Who.SYSTEM, now, key, step=str(one.step), of=one.of)
    record(row.pk, told)
    return True


def _pass_on(row: Row, order: Order, event: Event, one: Due, now: datetime) -> None:
    """Pass it on while the step is due still, as is looked at again under the lock."""

    def still(state: Referral) -> bool:
        return one in due(state, timezone.localtime(now).date())

    pass_on(row.pk, order, event, onward.key_after(row), still)


def _alive() -> list[Row]:
    """Referrals that a clock can still say something of: open, closed, refused after a contact (how
    it went is asked), or refused and free to go on; the oldest first. Of one that the owner wiped
    there is nothing to say.
    """
    goes_on = Q(handling="refused", next=None, permission__may_pass_on=True)
    goes_on &= Q(permission__no_next_at=None)
    asked = Q(handling="closed") | Q(handling="refused", contact_on__isnull=False)
    found = Row.objects.filter(Q(ended=False) | asked | goes_on, wiped_at=None)
    found = found.select_related("receiver").prefetch_related("receiver__absences", "events")
    return list(found.defer("dossier").order_by("pk"))
