"""Whether an offer can be had at a date: apart from whether the firm meets its conditions."""

from __future__ import annotations

from datetime import date
from typing import Literal

from baken.landscape.dates import first_day, last_day
from baken.landscape.model import Offer

Availability = Literal["open", "call", "closed", "unknown"]


def availability(record: Offer, as_of: date) -> Availability:
    """The state at ``as_of`` by the record's windows, status and versions.

    A window with dates decides. Otherwise the status does, from the day that it speaks of
    on; for an earlier ``as_of`` it says nothing, unless a version says that the offer held.
    """
    if any(_within(c.opens, c.closes, as_of) for c in record.calls if c.closes or c.opens):
        return "open"
    status = record.status
    known_from = first_day(status.as_of) if status.as_of else None
    ended = status.value in ("closed", "abolished", "replaced")
    if known_from is not None and as_of < known_from:
        if ended:
            return "unknown"
        return "open" if _held_by_version(record, as_of) else "unknown"
    if ended:
        return "closed"
    if any(c.opens and first_day(c.opens) > as_of for c in record.calls):
        return "call"
    return status.value if status.value in ("open", "call") else "unknown"


def deadline(record: Offer, as_of: date) -> date | None:
    """The last day of the window that is open or comes next; None if no such day is known."""
    days = [
        last_day(c.closes)
        for c in record.calls
        if c.closes is not None and len(c.closes) == 10 and last_day(c.closes) >= as_of
    ]
    return min(days, default=None)


def _within(opens: str | None, closes: str | None, as_of: date) -> bool:
    """Only a window with a known end can be said to be open: an old start proves nothing."""
    if closes is None or as_of > last_day(closes):
        return False
    return opens is not None and first_day(opens) <= as_of


def _held_by_version(record: Offer, as_of: date) -> bool:
    versions = getattr(record, "versions", [])
    return any(
        v.valid_from is not None
        and first_day(v.valid_from) <= as_of
        and (v.valid_to is None or as_of <= last_day(v.valid_to))
        for v in versions
    )
