"""An owner takes back that the question may go to a next door unasked, and nothing else: who has it
keeps it, and the clocks do as for who never allowed it.
"""

from __future__ import annotations

from django.db import transaction

from baken.kernel.errors import BakenError
from baken.refer.model import Event, Handling, Kind
from baken.refer.states import CAN_TAKE
from baken.web.handover import onward, store
from baken.web.handover.models import Permission, Referral


def can_stay(row: Referral) -> bool:
    """Whether the question may still go on from here unasked, so that it can be taken back."""
    here = Handling(row.handling) in CAN_TAKE[Kind.NO_NEXT] and not row.next.exists()
    return here and onward.may_pass_on(row)


def stay(referral_id: int, said: Event) -> None:
    """Keep that it goes on no more unasked, with the event. Who took it back already changes
    nothing. Raises :class:`BakenError` where it went on, ended or was never allowed.
    """
    with transaction.atomic():
        row = Referral.objects.select_for_update().get(pk=referral_id)
        if Permission.objects.filter(referral=row).exclude(no_next_at=None).exists():
            return
        if not can_stay(row):
            raise BakenError("state", "it does not go on unasked (any more)", "one that may")
        store.record(row.pk, said)
        Permission.objects.filter(referral=row).update(no_next_at=said.at)
