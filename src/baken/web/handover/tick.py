"""The clocks' tick: every step that is due and not yet done, each in a transaction of its own."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from baken.kernel.errors import BakenError
from baken.refer.clocks import Absence, Step, due
from baken.refer.model import Event, Kind, Who
from baken.web.handover.models import Referral
from baken.web.handover.store import record, state_of


def tick(now: datetime) -> int:
    """Do what is due; how many steps. Run it as often as you like, and after any pause."""
    today = timezone.localtime(now).date()
    count = 0
    for row in _alive():
        absences = [Absence(a.first, a.last) for a in row.receiver.absences.all()]
        for one in due(state_of(row), today, absences):
            kind = Kind.EXPIRED if one.step is Step.EXPIRE else Kind.STEP
            event = Event(kind, Who.SYSTEM, now, one.key, step=str(one.step), of=one.of)
            try:
                record(row.pk, event)
            except BakenError:  # somebody was faster: the next tick looks again
                continue
            count += 1
    return count


def _alive() -> list[Referral]:
    """Referrals that a clock can still say something of: open, or ended after contact without
    both outcomes. Of one that the owner wiped there is nothing to say.
    """
    found = Referral.objects.filter(ended=False) | Referral.objects.filter(handling="closed")
    found = found.filter(wiped_at=None)
    return list(found.select_related("receiver").prefetch_related("receiver__absences", "events"))
