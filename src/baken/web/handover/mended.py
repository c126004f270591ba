"""An organisation whose address was mended: what came back from the old one is sent again."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from datetime import datetime

from baken.kernel.errors import BakenError
from baken.refer.model import NO_CONTACT_YET, Delivery, Event, Kind, Who
from baken.web.handover import store
from baken.web.handover.models import Receiver, Referral


def send_all_again(receiver: Receiver, now: datetime) -> None:
    """Send the first letter again of each question that waits there and whose mail came back."""
    waiting = Referral.objects.filter(
        receiver=receiver,
        delivery=str(Delivery.BOUNCED),
        handling__in=[str(handling) for handling in NO_CONTACT_YET],
        wiped_at=None,
    )
    for row in waiting.order_by("pk"):
        send_again(row, receiver, now)


def send_again(row: Referral, receiver: Receiver, now: datetime) -> None:
    """The same of one question, once for each address. Nothing where somebody was faster."""
    mark = hashlib.sha256(receiver.address.encode()).hexdigest()[:16]
    with suppress(BakenError):
        store.record(row.pk, Event(Kind.SENT_AGAIN, Who.SYSTEM, now, f"{Kind.SENT_AGAIN}/{mark}"))
