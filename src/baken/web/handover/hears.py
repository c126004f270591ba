"""Whether an owner hears by mail what happens. Who doesn't, reads it on the page only."""

from __future__ import annotations

from baken.refer.model import Kind, Who
from baken.web.handover.models import Intent, Referral


def by_mail(row: Referral) -> bool:
    """Whether the owner gave an address, and no letter to it was refused for good."""
    return bool(row.owner_address) and not mail_back(row)


def otherwise(row: Referral) -> str:
    """The text of how the owner hears that a promise was not kept: by mail, or on the page, for no
    address was given or a letter came back."""
    if by_mail(row):
        return "send.promise_else"
    return "follow.look" if row.owner_address else "follow.look_none"


def mail_back(row: Referral) -> bool:
    """Whether a letter to the owner came back, since the owner last changed how to be reached."""
    dead = row.intents.filter(to=str(Who.OWNER), stage=Intent.DEAD)
    mended = row.events.filter(kind=str(Kind.REACH)).order_by("pk").last()
    return bool((dead.filter(done_at__gt=mended.at) if mended else dead).exists())
