"""The trail: who did what, to which file or to whose access, and when. It only grows; a line goes
after a year, and no sooner: the database itself refuses it.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.utils import timezone

from baken.kernel.errors import BakenError
from baken.web.desk.models import Member, Role, Trail
from baken.web.handover.models import Referral
from baken.web.handover.said import row_number

TRAIL_DAYS = 366
"""A day more than the database guards a line."""
ACCESS = ("in", "password", "codes", "elsewhere", "invited", "revoked", "reset", "left")
"""What happens to somebody's access; all else happens to a file."""


class Asked(NamedTuple):
    """What of the trail is asked for; empty: all. ``file`` is the beginning of a file's id."""

    who: str = ""
    what: str = ""
    file: str = ""
    first: str = ""
    last: str = ""


def write(by: Member, what: str, now: datetime, about: Member | None = None) -> None:
    """A line of what somebody did to an access: the own one, or that of ``about``."""
    if what not in ACCESS:
        raise ValueError(what)
    Trail.objects.create(member=by, about=about, what=what, at=now)


def trail_of(member: Member) -> QuerySet[Trail]:
    """The lines that somebody sees, newest first: all for an operator; for an administrator those
    of the own people, and of the own files whoever read them.
    """
    lines: QuerySet[Trail] = Trail.objects.select_related("member", "about").order_by("-at", "-pk")
    if member.role == Role.OPERATOR:
        return lines
    if member.role == Role.ADMINISTRATOR and member.receiver_id is not None:
        own = Referral.objects.filter(receiver_id=member.receiver_id).values("public_id")
        return lines.filter(Q(member__receiver_id=member.receiver_id) | Q(file__in=own))
    return lines.none()


def of_file(public_id: str) -> QuerySet[Trail]:
    """The lines of one file, newest first."""
    lines: QuerySet[Trail] = Trail.objects.filter(file=public_id).select_related("member")
    return lines.order_by("-at", "-pk")


def found(member: Member, asked: Asked) -> QuerySet[Trail]:
    """What somebody sees of what is asked for. Raises :class:`BakenError` with the field that is
    wrong.
    """
    lines = trail_of(member)
    if asked.who:
        lines = lines.filter(member_id=row_number(asked.who))
    if asked.what:
        lines = lines.filter(what=asked.what)
    if asked.file:
        lines = lines.filter(file__startswith=asked.file.lower())
    if asked.first:
        lines = lines.filter(at__gte=_midnight(asked.first, "first"))
    if asked.last:
        lines = lines.filter(at__lt=_midnight(asked.last, "last", 1))
    return lines


def sweep(now: datetime | None = None) -> int:
    """Throw away what is older than a year; how many lines went."""
    before = (now or timezone.now()) - timedelta(days=TRAIL_DAYS)
    count: int = Trail.objects.forget(before)
    return count


def _midnight(typed: str, field: str, later: int = 0) -> datetime:
    """The first moment of a day as it was typed, or of so many days later."""
    try:
        day = date.fromisoformat(typed) + timedelta(days=later)
        if not 2000 <= day.year <= 2100:
            raise ValueError(typed)
        moment: datetime = timezone.make_aware(datetime.combine(day, time.min))
    except (ValueError, OverflowError):
        raise BakenError(field, "it is no day", "a day such as 2026-04-01") from None
    return moment
