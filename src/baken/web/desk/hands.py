"""In whose hands a file is on a day, who stands in, and when nobody of an organisation takes
anything: what the handovers ask (:mod:`baken.web.handover.readers`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise

from django.db.models import Q, QuerySet

from baken.refer.model import Absence
from baken.web.desk.models import Busy, Holder, Member
from baken.web.desk.roles import OF_ORGANISATION
from baken.web.handover.models import Receiver, Referral
from baken.web.handover.readers import ORGANISATION

ONE_DAY = timedelta(days=1)


def works_at(receiver_id: int | None) -> QuerySet[Member]:
    """Who of an organisation can hold a file."""
    found = Member.objects.filter(receiver_id=receiver_id, is_active=True, role__in=OF_ORGANISATION)
    return found.order_by("name", "pk") if receiver_id is not None else found.none()


def on(day: date) -> QuerySet[Busy]:
    """What holds on a day; the one that lasts longest first."""
    found: QuerySet[Busy] = Busy.objects.filter(first__lte=day, last__gte=day)
    return found.select_related("stand_in").order_by("-last", "pk")


def busy_on(members: Iterable[Member], day: date) -> dict[int, Busy]:
    """What of each member holds on a day, by number; being away before being full."""
    rows = on(day).filter(member__in=list(members))
    return {row.member_id: row for row in sorted(rows, key=lambda row: (not row.full, row.last))}


def stands_in_for(member: Member, day: date) -> list[int]:
    """The numbers of the members whose files somebody looks after on a day."""
    rows = on(day).filter(stand_in=member, full=False)
    return list(rows.values_list("member_id", flat=True))


def reminded(row: Referral, day: date) -> str | None:
    """Who is reminded of a file: who has it, on days away the stand-in or nobody; of a file that
    nobody has, the organisation.
    """
    holder = Holder.objects.filter(referral=row, member__is_active=True).first()
    if holder is None:
        return ORGANISATION
    away = on(day).filter(member_id=holder.member_id, full=False).first()
    if away is None:
        return f"member/{holder.member_id}"
    other = away.stand_in
    if other is None or not other.is_active or on(day).filter(member=other, full=False).exists():
        return None
    return f"member/{other.pk}"


def had_it(row: Referral, day: date) -> str:
    """Who hears that a file left: the stand-in on days away, else who has it, also when away, for
    there is nothing to do about it; nobody where nobody has it.
    """
    holder = Holder.objects.filter(referral=row, member__is_active=True).first()
    if holder is None:
        return ORGANISATION
    return reminded(row, day) or f"member/{holder.member_id}"


def files_of(member: Member, day: date) -> QuerySet[Referral]:
    """The files that somebody has in hand or stands in for on a day."""
    mine = Q(holder__member=member) | Q(holder__member__in=stands_in_for(member, day))
    found: QuerySet[Referral] = Referral.objects.filter(mine, receiver_id=member.receiver_id)
    return found


def nobody_there(receiver: Receiver, since: date) -> list[Absence]:
    """The days from a day on on which all who work at an organisation are away or full; none where
    nobody has an account.
    """
    people = set(works_at(receiver.pk).values_list("pk", flat=True))
    rows = list(Busy.objects.filter(member__in=people, last__gte=since))
    if not people or {row.member_id for row in rows} != people:
        return []
    changes = {max(r.first, since) for r in rows} | {r.last + ONE_DAY for r in rows}
    found: list[Absence] = []
    for day, change in pairwise(sorted(changes)):
        if {r.member_id for r in rows if r.first <= day <= r.last} != people:
            continue
        joins = found and found[-1].last == day - ONE_DAY
        first = found.pop().first if joins else day
        found.append(Absence(first, change - ONE_DAY))
    return found
