"""An organisation that is there no more: what waits at its door goes on, or its owner is told.
So is who was in contact there: nobody is left to make up for a contact that there was not.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from baken.refer.model import CEASED, Event, Handling, Kind, Outcome, Who
from baken.web.handover import onward, store
from baken.web.handover.models import Receiver, Referral


def shut(receiver: Receiver, now: datetime) -> int:
    """Shut the door for every question that is there: one that waits goes to the next door where
    the owner allowed it, all others get a letter that leads there, but where the owner said that it
    helped. How many; said again, none.
    """
    found = Referral.objects.filter(receiver=receiver, ended=False, wiped_at=None)
    return sum([_shut(pk, now) for pk in found.order_by("pk").values_list("pk", flat=True)])


def _shut(pk: int, now: datetime) -> bool:
    """Shut it for one question as it stands now; whether nobody was faster."""
    with transaction.atomic():
        row = Referral.objects.select_for_update().get(pk=pk)
        if row.ended:
            return False
        contact = row.handling == Handling.IN_CONTACT
        kind = Kind.CLOSED if contact else Kind.EXPIRED
        event = Event(kind, Who.SYSTEM, now, CEASED, reason=CEASED)
        order = None if contact else onward.by_clock(row, now)
        if order is not None:
            store.pass_on(pk, order, event, onward.key_after(row))
            return True
        helped = row.owner_says == Outcome.HELPED
        store.record(pk, event, frozenset({Who.OWNER}) if helped else frozenset())
        return True
