"""The coordinator's letter of a day: each file that waits longer than promised, whose message did
not arrive, or that left a door where nobody made contact; none tells what it is about.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from email.message import EmailMessage

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from baken.refer.clocks import full_too_long, promised_by
from baken.refer.model import NO_CONTACT_YET, Delivery, Kind, SoFar, day_of
from baken.web import words
from baken.web.desk import unheard
from baken.web.handover import away_told, hears, reported
from baken.web.handover.models import Intent, Referral
from baken.web.handover.post import enveloped
from baken.web.handover.reach import called
from baken.web.handover.store import state_of
from baken.web.owner.context import in_language
from baken.web.texts import DEFAULT, plural, text

LATELY = timedelta(days=2)
"""So long a message that did not arrive is told of, when its file has ended; longer where no letter
left since."""


def letter(intent: Intent, now: datetime) -> EmailMessage | None:
    """Files that want something, then those that left a door, each with its page at the desk; None
    without any, or without a coordinator.
    """
    if not settings.BAKEN_COORDINATOR:
        return None
    files, left = list(_waiting(now)), list(_left())
    if not files and not left:
        return None
    lines = [text(DEFAULT, "letters.hello")]
    lines += ["", text(DEFAULT, "letters.overdue.text")] if files else []
    for row, says in files:
        lines += ["", *_about(row, says, now), _page(row)]
    lines += ["", text(DEFAULT, "letters.overdue.gone")] if left else []
    for row in left:
        lines += ["", *_went(row, day_of(now)), _page(row)]
    subject = "letters.overdue.subject" if files else "letters.overdue.subject_gone"
    count = plural(DEFAULT, "desk.files", len(files) or len(left))
    address = str(settings.BAKEN_COORDINATOR)
    return enveloped(intent, address, text(DEFAULT, subject, files=count), lines, DEFAULT, now)


def _about(row: Referral, says: str, now: datetime) -> Iterator[str]:
    """How a file stands, until when nobody is there, and who can call a firm without mail."""
    state, today = state_of(row), timezone.localtime(now).date()
    day = words.day(DEFAULT, promised_by(state).isoformat())
    times = plural(DEFAULT, "letters.times", state.tries)
    yield text(DEFAULT, says, to=called(row, DEFAULT), day=day, times=times)
    if other := row.next.order_by("pk").first():
        yield text(DEFAULT, "letters.overdue.now_at", other=called(other, DEFAULT))
    if back := away_told.back(row, today):
        day = words.day(DEFAULT, back.isoformat())
        yield text(DEFAULT, "letters.overdue.away", day=day)
    if alone := unheard.says(row, state, DEFAULT, day_of(now)):
        yield alone


def _went(row: Referral, today: date) -> Iterator[str]:
    """Where a file went on to, or that its door shut, what was done there, and who can call a firm
    without mail now.
    """
    state, other = state_of(row), row.next.order_by("pk").first()
    way = "went_on" if other else "shut"
    told = {"to": called(row, DEFAULT), "other": called(other, DEFAULT) if other else ""}
    times = plural(DEFAULT, "letters.times", state.tries)
    so_far = text(DEFAULT, f"letters.overdue.gone_{state.so_far_told}", times=times)
    yield f"{text(DEFAULT, f'letters.overdue.{way}', **told)} {so_far}"
    if alone := unheard.says_gone(row, other, DEFAULT, today):
        yield alone


def _page(row: Referral) -> str:
    return str(settings.BAKEN_URL) + in_language(f"/bureau/dossier/{row.public_id}", DEFAULT)


def _waiting(now: datetime) -> Iterator[tuple[Referral, str]]:
    """Files that want something, oldest first, each with the name of the text that tells what."""
    back = Q(delivery=str(Delivery.BOUNCED))
    lately = back & Q(events__kind=str(Kind.BOUNCED), events__at__gte=now - LATELY)
    untold = back & Q(pk__in=reported.untold().values("pk"))
    waits = Q(ended=False, handling__in=[str(handling) for handling in NO_CONTACT_YET])
    for row in _rows(Referral.objects.filter(waits | lately | untold)):
        state = state_of(row)
        late = reported.is_late(state)
        if late and state.so_far is not SoFar.SILENT:
            yield row, f"letters.overdue.{state.so_far_told}"
        elif state.delivery.value is Delivery.BOUNCED:
            yield row, "letters.overdue.not_arrived"
        elif full_too_long(state, day_of(now)) and not hears.by_mail(row):
            yield row, "letters.overdue.too_long"
        elif late:
            yield row, f"letters.overdue.{state.so_far_told}"


def _left() -> Iterator[Referral]:
    """Files that the clock took from a door after the promised day, of which no letter told yet
    that this day passed. One whose message did not arrive is told as such.
    """
    for row in _rows(reported.untold()):
        if row.delivery != Delivery.BOUNCED and reported.went_by(state_of(row)):
            yield row


def _rows(found: QuerySet[Referral]) -> QuerySet[Referral]:
    known = found.select_related("receiver").prefetch_related("events", "receiver__absences")
    return known.distinct().order_by("sent_on", "pk")
