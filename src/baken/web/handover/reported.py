"""What the coordinator hears of a door where nobody made contact in time, and who had a file in
hand of what the clock took away; and what was told.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from baken.refer.clocks import Step, counts_from, full_too_long
from baken.refer.model import NO_CONTACT_YET, Delivery, Handling, day_of
from baken.refer.model import Referral as State
from baken.refer.states import replay
from baken.web.handover import daily
from baken.web.handover.intents import TO_COORDINATOR
from baken.web.handover.models import EventRow, Intent, Referral
from baken.web.handover.store import TOLD_IN, events_of, terms_of

MOST = 60
"""So many letters back is looked for what none told."""


def is_late(state: State) -> bool:
    """Whether a question waits for a contact longer than promised."""
    waits = state.handling.value in NO_CONTACT_YET
    return waits and (str(Step.ESCALATE), counts_from(state)) in state.steps


def went_by(state: State) -> bool:
    """Whether a door was shut by the clock after its promised day, and there was no contact."""
    shut = state.handling.value is Handling.EXPIRED and state.refusal is None
    return shut and any(step == Step.ESCALATE for step, _ in state.steps)


def untold(sort: str = TO_COORDINATOR) -> QuerySet[Referral]:
    """The questions of which something was to stand in a letter of a sort (of a day), and none left
    since.
    """
    letters = daily.alike(sort)
    went = letters.filter(stage=Intent.DONE).order_by("-pk").first()
    left = letters.filter(pk__gt=went.pk) if went else letters
    keys = list(left.order_by("-pk").values_list("key", flat=True)[:MOST])
    events = EventRow.objects.filter(**{f"more__{TOLD_IN}__in": keys})
    return Referral.objects.filter(wiped_at=None, pk__in=events.values("referral"))


def was_told(row: Referral, key: str) -> bool:
    """Whether the letter in which an event of a question (by its key) was to stand left, and named
    the question.
    """
    said = row.events.get(key=key)
    meant = _letters().filter(key=said.more.get(TOLD_IN, "")).first()
    left = _letters().filter(stage=Intent.DONE, done_at__isnull=False)
    went = meant and left.filter(pk__gte=meant.pk).order_by("pk").first()
    return bool(went) and _named(row, went.done_at)


def _named(row: Referral, at: datetime) -> bool:
    state = replay(terms_of(row), [one for one in events_of(row) if one.at <= at])
    back = state.delivery.value is Delivery.BOUNCED
    return is_late(state) or went_by(state) or full_too_long(state, day_of(at)) or back


def _letters() -> QuerySet[Intent]:
    return daily.alike(TO_COORDINATOR)
