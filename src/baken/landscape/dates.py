"""Dates of the precision that a source gives, and how old a record's newest source is."""

from __future__ import annotations

import calendar
from datetime import date
from functools import lru_cache

from baken.landscape.model import Offer

STALE_AFTER_MONTHS = {"call": 3, "instrument": 12, "training": 12, "organisation": 24}
"""Months after which a record's newest dated source no longer vouches for it."""

OLD_AFTER_MONTHS = 60
"""Months after which a source is so old that a page warns of it: most sources are stale."""


@lru_cache(maxsize=4096)
def first_day(partial: str) -> date:
    """The first day that ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD`` can mean.

    >>> first_day("2024-06")
    datetime.date(2024, 6, 1)
    """
    parts = [int(p) for p in partial.split("-")]
    return date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)


@lru_cache(maxsize=4096)
def last_day(partial: str) -> date:
    """The last day that a date of some precision can mean.

    >>> last_day("2024-02")
    datetime.date(2024, 2, 29)
    """
    parts = [int(p) for p in partial.split("-")]
    month = parts[1] if len(parts) > 1 else 12
    day = parts[2] if len(parts) > 2 else calendar.monthrange(parts[0], month)[1]
    return date(parts[0], month, day)


def show_date(partial: str) -> str:
    """A date of some precision as people write it here.

    >>> show_date("2024-06-05"), show_date("2024-06"), show_date("2024")
    ('05/06/2024', '06/2024', '2024')
    """
    return "/".join(reversed(partial.split("-")))


def in_force(valid_from: str | None, valid_to: str | None, as_of: date) -> bool:
    """Whether something dated holds at ``as_of``; no date is no bound."""
    if valid_from is not None and as_of < first_day(valid_from):
        return False
    return valid_to is None or as_of <= last_day(valid_to)


def months_between(earlier: date, later: date) -> int:
    """Full months from ``earlier`` to ``later``, never below nought."""
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    if later.day < earlier.day:
        months -= 1
    return max(0, months)


def newest_source(record: Offer) -> str | None:
    """The newest date that a source of the record carries; None if undated.

    A partial date counts as its last day, so that ``2026`` is newer than ``2025-12-31``. The day
    of the status may be that of no source that is listed, so it does not count.
    """
    return max((s.date for s in record.sources if s.date), key=last_day, default=None)


def months_old(record: Offer, as_of: date) -> int | None:
    """Age in full months of the newest dated source; None when no source has a date."""
    newest = newest_source(record)
    return None if newest is None else months_between(min(last_day(newest), as_of), as_of)


def stale_limit(record: Offer) -> int:
    """Months that the record's kind allows: a call 3, other instruments 12, organisations 24."""
    return STALE_AFTER_MONTHS["call" if record.status.value == "call" else record.type]


def is_stale(record: Offer, as_of: date) -> bool:
    """Whether the newest dated source is older than allowed, or no source has a date."""
    age = months_old(record, as_of)
    return age is None or age >= stale_limit(record)


def is_old(newest: str, as_of: date) -> bool:
    """Whether the newest dated source is so old that a page warns of it.

    >>> is_old("2021", date(2026, 12, 30)), is_old("2021", date(2026, 12, 31))
    (False, True)
    """
    return months_between(min(last_day(newest), as_of), as_of) >= OLD_AFTER_MONTHS
