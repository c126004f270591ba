"""What an organisation says of itself: days away, hours for a first call, full until a day, and its
texts.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from baken.kernel.errors import BakenError
from baken.kernel.plain import plain
from baken.refer.states import FULL_AT_MOST
from baken.web.desk import files
from baken.web.desk.models import Answer, Member
from baken.web.desk.roles import OF_ORGANISATION, only
from baken.web.desk.views import here
from baken.web.handover import away, slots, wrong
from baken.web.handover.models import Receiver
from baken.web.handover.said import day_of_form, row_number


@only(OF_ORGANISATION)
def house(request: HttpRequest) -> HttpResponse:
    """``/bureau/organisatie``."""
    problem = ""
    if request.method == "POST":
        try:
            say(request.user, request.POST, timezone.now())
            return HttpResponseRedirect(here(request, "desk_house"))
        except BakenError as e:
            problem = e.path
    today = timezone.localdate()
    receiver = request.user.receiver
    context = {
        **away.context(receiver, request.POST, problem, request.lang, timezone.now()),
        "receiver": receiver,
        "answers": receiver.answers.order_by("title", "pk"),
        "hours": slots.offered(receiver, request.lang, today),
        "weekdays": slots.weekdays(request.lang),
        "tomorrow": (today + timedelta(days=1)).isoformat(),
        "full_most": (today + FULL_AT_MOST).isoformat(),
    }
    row = row_number(request.POST.get("row", "")) if problem in ("title", "text") else 0
    context["row_wrong"] = f"{problem}-{row}" if row else ""
    place = (context["row_wrong"], wrong.AT[problem][1]) if row else None
    return wrong.page(request, "desk/house.html", context, problem, place)


def full_until(member: Member, until: date, now: datetime) -> int:
    """Say "full until" of every file that nobody took yet, all or none; of how many."""
    today = timezone.localtime(now).date()
    if until <= today or until - today > FULL_AT_MOST:
        raise BakenError("until", "it is not a day of the coming three months", "a day after today")
    waiting = away.waiting(member.receiver).order_by("pk")
    ids = list(waiting.values_list("public_id", flat=True))
    with transaction.atomic():
        for public_id in ids:
            files.say(member, public_id, {"do": "full", "until": until.isoformat()}, now)
    return len(ids)


def say(member: Member, form: Mapping[str, str], now: datetime) -> None:
    """What a button of the page says of the organisation. Raises :class:`BakenError`."""
    row = row_number(form.get("row", ""))
    match form.get("do"):
        case "away" | "back":
            away.say(member.receiver, form, now)
        case "full":
            full_until(member, day_of_form(form, "until"), now)
        case "answer":
            _keep(member, form, row)
        case "offer":
            slots.add(member.receiver, form, timezone.localtime(now).date())
        case "unoffer":
            slots.drop(member.receiver, row)
        case "drop":
            member.receiver.answers.filter(pk=row).delete()
        case _:
            raise BakenError("do", "this button says nothing", "a button of the page")


def _keep(member: Member, form: Mapping[str, str], row: int) -> None:
    """A text that is new, or (``row``) one of the organisation's own in other words. One that is
    there already, word for word, is not kept twice: a double click is one word.
    """
    title, text = (plain(form.get(name, "")).strip() for name in ("title", "text"))
    if not title or len(title) > 120:
        raise BakenError("title", "it is empty or too long", "at most 120 signs")
    if not text or len(text) > 5_000:
        raise BakenError("text", "it is empty or too long", "at most 5,000 signs")
    if not row:
        with transaction.atomic():
            house = Receiver.objects.select_for_update().get(pk=member.receiver_id)
            if not house.answers.filter(title=title, text=text).exists():
                Answer.objects.create(receiver=house, title=title, text=text)
    elif not member.receiver.answers.filter(pk=row).update(title=title, text=text):
        raise BakenError("title", "this text is gone", "a new text")
