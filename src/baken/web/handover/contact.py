"""The owner's page where number, address and times to call are seen and changed, once the question
is sent: a number can be wrong, and plans change.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from baken.refer.clocks import back_on, promised_by
from baken.refer.dossier import Contact
from baken.refer.model import Absence, Event, Handling, Kind, Who
from baken.refer.states import CAN_TAKE
from baken.registers.workdays import add_working_days
from baken.web.handover import draft as drafts
from baken.web.handover import store
from baken.web.handover.draft import Draft
from baken.web.handover.models import Referral
from baken.web.handover.readers import nobody_calls
from baken.web.handover.windows import by_day, full_day, windows
from baken.web.owner.answered import private
from baken.web.owner.asking import Asked, Problem
from baken.web.texts import DEFAULT, text

AHEAD = timedelta(days=30)
"""So far after the promised day it is looked whether who has the question is away."""


def can_change(row: Referral) -> bool:
    """Whether the question stands here still, with a way to reach its owner."""
    return Handling(row.handling) in CAN_TAKE[Kind.REACH] and bool(row.dossier.get("contact"))


def page(request: HttpRequest, row: Referral) -> HttpResponse:
    """The form as it stands."""
    return _page(request, row, _filled(row), Asked(request.lang))


def change(request: HttpRequest, row: Referral) -> HttpResponse:
    """Keep what was filled in, or say what is wrong with it. Raises :class:`BakenError` where the
    question stands here no more.
    """
    now, asked = timezone.now(), Asked(request.lang)
    had = (row.dossier.get("contact") or {}).get("phone", "")
    made = drafts.read(request.POST, timezone.localdate(), (), *_within(row), had)
    wrong = [(field, key) for field, key in made.problems if field in drafts.REACH]
    if row.slot_at is not None:
        wrong = [(field, key) for field, key in wrong if field != "when"]
        if not made.phone:
            wrong = [("phone", "send.wrong.slot_phone")]
    if wrong:
        asked.problems = [Problem(field, text(asked.lang, key)) for field, key in wrong]
        return _page(request, row, made, asked)
    contact = made.contact(_lang(row)).model_dump()
    said = Event(Kind.REACH, Who.OWNER, now, f"reach/{now.isoformat()}")
    store.change_reach(row.pk, contact, said)
    return HttpResponseRedirect(request.path, status=303)


def _page(request: HttpRequest, row: Referral, draft: Draft, asked: Asked) -> HttpResponse:
    today, (until, away) = timezone.localdate(), _within(row)
    soonest = add_working_days(today, 1)
    back = back_on(soonest, away)
    context = {
        "asked": asked,
        "draft": draft,
        "to": row.receiver,
        "days": by_day(asked.lang, today, until, away),
        "back": full_day(asked.lang, back) if until is None and back > soonest else "",
    }
    status = 400 if asked.problems else 200
    return private(render(request, "handover/contact.html", context, status=status))


def _filled(row: Referral) -> Draft:
    contact = Contact.model_validate(row.dossier["contact"])
    to_come = windows(timezone.localdate(), *_within(row))
    return drafts.of(contact, Draft(row.receiver.record_id, ""), to_come, _lang(row))


def _within(row: Referral) -> tuple[date | None, list[Absence]]:
    """Until when times to call are offered, and on which days nobody would call: until the promised
    day, or as many as usual where that is over or where nobody is there any more before it.
    """
    today, until = timezone.localdate(), promised_by(store.state_of(row))
    away = nobody_calls(row, today, max(today, until) + AHEAD)
    return (until if windows(today, until, away) else None), away


def _lang(row: Referral) -> str:
    return str(row.dossier.get("lang", DEFAULT))
