"""Letters of a day: of each sort one a day to an address, with all that waits when it leaves. Their
key is the sort and the day.
"""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

from django.db.models import Q, QuerySet

from baken.refer.model import BRUSSELS, day_of
from baken.web.handover.models import Intent

_DAY = re.compile(r"/\d{4}-\d\d-\d\d$")


def key_of(sort: str, at: datetime) -> str:
    """The key of the letter of a sort on the day of a moment."""
    return f"{sort}/{day_of(at).isoformat()}"


def sort_of(intent: Intent) -> str:
    """Which letter of a day it is, and whose; empty for a letter of something else."""
    found = _DAY.search(intent.key)
    return intent.key[: found.start()] if found else ""


def goes(sort: str, at: datetime) -> datetime:
    """When what a moment brings about can go in a letter of a sort: then, or where one of that day
    left, or leaves now, as the next day begins.
    """
    leaves = alike(sort).filter(stage=Intent.BEGUN, lease_until__gt=at)
    if leaves.exists():
        at = _begins(at, 1)
    while _left(sort, at):
        at = _begins(at, 1)
    return at


def told_by_newer(intent: Intent, now: datetime) -> bool:
    """Whether a newer letter of the sort waits for its turn or went: it tells all that this one
    would. One that is for tomorrow, for today's left, waits for no turn yet.
    """
    sort = sort_of(intent)
    if not sort:
        return False
    waits = Q(stage__in=Intent.GOES) & (Q(next_try__lte=now) | Q(attempts__gt=0))
    went = Q(stage=Intent.DONE, done_at__lte=now)
    return bool(alike(sort).filter(waits | went, pk__gt=intent.pk).exists())


def alike(sort: str) -> QuerySet[Intent]:
    """All letters of a sort."""
    return Intent.objects.filter(key__startswith=f"{sort}/")


def _left(sort: str, at: datetime) -> bool:
    """Whether the letter of a day is gone: it has left or was given up, or one of an earlier day
    that had waited left on it.
    """
    own = Q(key=key_of(sort, at)) & ~Q(stage=Intent.WAITING)
    waited = Q(stage=Intent.DONE, done_at__gte=_begins(at, 0), done_at__lt=_begins(at, 1))
    return bool(alike(sort).filter(own | waited).exists())


def _begins(at: datetime, days: int) -> datetime:
    """When the day of a moment begins, or one so many days after it."""
    return datetime.combine(day_of(at) + timedelta(days=days), time.min, BRUSSELS)
