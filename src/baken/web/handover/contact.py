"""The owner's page where number, address and times to call are seen and changed, once the question
is sent: a number can be wrong, and plans change.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from baken.refer.clocks import Absence, promised_by
from baken.refer.dossier import Contact
from baken.refer.model import Event, Handling, Kind, Who
from baken.refer.states import CAN_TAKE
from baken.registers.workdays import working_days_since
from baken.web.handover import draft as drafts
from baken.web.handover import store
from baken.web.handover.draft import Draft
from baken.web.handover.models import Referral
from baken.web.handover.readers import absences_of
from baken.web.handover.windows import DAYS, by_day, in_words, windows
from baken.web.owner.answered import private
from baken.web.owner.asking import Asked, Problem
from baken.web.texts import DEFAULT, text


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
    made = drafts.read(request.POST, timezone.localdate(), promised=_days(row), away=_away(row))
    wrong = [(field, key) for field, key in made.problems if field in drafts.REACH]
    if row.slot_at is not None and not made.phone:
        wrong = [("phone", "send.wrong.slot_phone")]
    if wrong:
        asked.problems = [Problem(field, text(asked.lang, key)) for field, key in wrong]
        return _page(request, row, made, asked)
    contact = made.contact(_lang(row)).model_dump()
    said = Event(Kind.REACH, Who.OWNER, now, f"reach/{now.isoformat()}")
    store.change_reach(row.pk, contact, said)
    return HttpResponseRedirect(request.path, status=303)


def _page(request: HttpRequest, row: Referral, draft: Draft, asked: Asked) -> HttpResponse:
    context = {
        "asked": asked,
        "draft": draft,
        "to": row.receiver,
        "days": by_day(asked.lang, timezone.localdate(), _days(row), _away(row)),
    }
    status = 400 if asked.problems else 200
    return private(render(request, "handover/contact.html", context, status=status))


def _filled(row: Referral) -> Draft:
    contact = Contact.model_validate(row.dossier["contact"])
    chosen = windows(timezone.localdate(), _days(row), _away(row))
    when = tuple(w for w in chosen if in_words(_lang(row), w) in contact.when)
    to = row.receiver.record_id
    return Draft(to, "", name=contact.name, phone=contact.phone, mail=contact.mail, when=when)


def _days(row: Referral) -> int:
    """The working days of the times to call: until the promised day, or the usual number."""
    left = working_days_since(timezone.localdate(), promised_by(store.state_of(row)))
    return left or DAYS


def _away(row: Referral) -> list[Absence]:
    return absences_of(row.receiver, timezone.localdate())


def _lang(row: Referral) -> str:
    return str(row.dossier.get("lang", DEFAULT))
