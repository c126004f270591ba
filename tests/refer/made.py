"""Referrals for tests: a moment by a day and an hour, an event by its kind."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from itertools import count
from typing import Any

from baken.refer.model import Event, Kind, Referral, Terms, Who
from baken.refer.states import replay

_NUMBERS = count()
USUAL = {
    Kind.SENT: Who.OWNER,
    Kind.HANDED_OVER: Who.SYSTEM,
    Kind.BOUNCED: Who.SYSTEM,
    Kind.WITHDRAWN: Who.OWNER,
    Kind.EXPIRED: Who.SYSTEM,
    Kind.STEP: Who.SYSTEM,
}


def moment(day: str, hour: int = 10) -> datetime:
    """A moment on a day, in UTC."""
    return datetime.combine(date.fromisoformat(day), time(hour), tzinfo=UTC)


def event(kind: str, day: str, **more: Any) -> Event:
    """An event of a kind on a day, said by whoever usually says it."""
    found = Kind(kind)
    more.setdefault("by", USUAL.get(found, Who.RECEIVER))
    more.setdefault("key", f"k{next(_NUMBERS)}")
    return Event(kind=found, at=moment(day), **more)


def referral(
    *events: Event, sent: str = "2026-03-02", crisis: bool = False, promise: int = 5
) -> Referral:
    """A referral that was sent on a day (a Monday without holidays in the month after), and
    what happened to it.
    """
    return replay(Terms(date.fromisoformat(sent), crisis, promise), [event("sent", sent), *events])
