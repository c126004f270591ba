"""How long a link opens something: as long as what it leads to goes on, and some time after that.

An owner's link leads to one question at all doors of its way (:func:`question.way`): many an owner
has no other link than that of the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Max

from baken.refer.clocks import goes_on
from baken.refer.model import Who, day_of
from baken.web.handover import links, question
from baken.web.handover.models import EventRow, Link, Referral
from baken.web.handover.store import state_of


def of_owner(token: str) -> Link | None:
    """The owner's link of a token. Where what was shared at its door is over its time and gone, it
    leads to the last door of its way that still holds it: some owners have no other link.
    """
    link = links.find(token)
    if link is None or link.who != Who.OWNER:
        return None
    held = [one for one in question.way(link.referral) if one.wiped_at is None]
    if link.referral.wiped_at is None or not held:
        return link
    return links.link_for(held[-1], Who.OWNER, held[-1].sent_on)[0]


def open_on(link: Link, today: date) -> bool:
    """Whether the link still opens something: it does as long as its file has a next step, and so
    many days after the last letter with it and after the last thing that happened
    (:data:`baken.web.handover.links.DAYS`). For an owner all doors of its way count.
    """
    if link.revoked_at is not None:
        return False
    if today <= link.expires_on:
        return True
    if link.who == Who.OWNER:
        until = owner_until(link.referral)
        return until is None or today <= until
    return goes_on(state_of(link.referral)) or today <= _days_after([link.referral], Who.RECEIVER)


def owner_until(row: Referral) -> date | None:
    """The last day on which the owner's page of a question opens: so long after the last thing that
    happened at any of its doors, or the last letter of it. None while it goes on at one of them.
    """
    doors = question.way(row)
    if any(one.wiped_at is None and goes_on(state_of(one)) for one in doors):
        return None
    theirs = Link.objects.filter(referral__in=doors, who=str(Who.OWNER))
    letter = theirs.aggregate(last=Max("expires_on"))["last"]
    return max(_days_after(doors, Who.OWNER), letter or date.min)


def _days_after(doors: Sequence[Referral], who: Who) -> date:
    """So many days after the last thing that happened there as a side's link stays open."""
    last = EventRow.objects.filter(referral__in=doors).aggregate(last=Max("at"))["last"]
    return day_of(last) + timedelta(days=links.DAYS[who])
