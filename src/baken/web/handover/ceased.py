"""An organisation that is there no more: what waits at its door goes on, or its owner is told."""

from __future__ import annotations

from datetime import datetime

from baken.refer.model import CEASED, NO_CONTACT_YET, Event, Kind, Who
from baken.web.handover import onward, store
from baken.web.handover.models import Receiver, Referral


def shut(receiver: Receiver, now: datetime) -> int:
    """Shut the door for every question that waits there without a contact: to the next door where
    the owner allowed it, else with a letter that leads there. How many; said again, none.
    """
    waiting = Referral.objects.filter(
        receiver=receiver, ended=False, handling__in=[str(h) for h in NO_CONTACT_YET]
    )
    rows = list(waiting.order_by("pk"))
    for row in rows:
        event = Event(Kind.EXPIRED, Who.SYSTEM, now, CEASED, reason=CEASED)
        order = onward.by_clock(row, now)
        if order is None:
            store.record(row.pk, event)
        else:
            store.pass_on(row.pk, order, event, onward.key_after(row))
    return len(rows)
