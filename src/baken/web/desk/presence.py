"""Who is there: days away with a stand-in, and days on which somebody takes nothing new."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from baken.kernel.errors import BakenError
from baken.refer.model import day_of
from baken.web.desk.hands import works_at
from baken.web.desk.models import Busy, Member, Role
from baken.web.desk.roles import OF_ORGANISATION, only
from baken.web.desk.views import here
from baken.web.handover import away_told, slots, wrong
from baken.web.handover.away import LONGEST
from baken.web.handover.said import day_of_form, is_day, row_number

MOST = 50
"""Lines that somebody can have at a time."""


@only(OF_ORGANISATION)
def presence(request: HttpRequest) -> HttpResponse:
    """``/bureau/wie-is-er``: an adviser says it of oneself, an administrator of each."""
    member, today, problem = request.user, timezone.localdate(), ""
    alone: list[datetime] = []
    also: list[str] = []
    if request.method == "POST":
        try:
            _done(member, request.POST, timezone.now())
            return HttpResponseRedirect(here(request, "desk_presence"))
        except NobodyCalls as e:
            problem, alone = e.path, e.hours
        except BakenError as e:
            problem, also = e.path, wrong.also_of(e)
    people = works_at(member.receiver_id).prefetch_related("busy__stand_in")
    context = {
        "people": [(one, _still(one, today)) for one in people],
        "choices": may_say(member),
        "today": today.isoformat(),
        "given": [slots.in_words(request.lang, at) for at in alone],
    }
    return wrong.page(request, "desk/presence.html", context, problem, also=also)


def may_say(member: Member) -> list[Member]:
    """Of whom somebody says when they are there."""
    if member.role == Role.ADMINISTRATOR:
        return list(works_at(member.receiver_id))
    return [member]


class NobodyCalls(BakenError):
    """A firm chose ``hours`` on which nobody would call."""

    def __init__(self, hours: list[datetime]) -> None:
        super().__init__("given", "nobody would call then", "a stand-in, or that somebody calls")
        self.hours = hours


def say(by: Member, form: Mapping[str, str], now: datetime) -> None:
    """Say that somebody is away or full. Raises :class:`BakenError` with the field that lacks,
    :class:`wrong.Lacks` with all that are empty, and :class:`NobodyCalls` unless the form is
    ``sure``.
    """
    today = day_of(now)
    who = _named(may_say(by), form.get("who", "") or str(by.pk))
    if who is None:
        raise BakenError("who", "you can't say this of that person", "somebody of the list")
    full = form.get("kind") == "full"
    lacks = [] if form.get("kind") in ("away", "full") else ["kind"]
    lacks += [field for field in ("first", "last") if not is_day(form, field)]
    if lacks:
        raise wrong.Lacks(lacks)
    first, last = day_of_form(form, "first"), day_of_form(form, "last")
    if first > last or last < today or last - min(first, today) > LONGEST:
        raise BakenError("last", "it lies before the first day, or too far", "a day from today on")
    stand_in = _named(list(works_at(by.receiver_id)), form.get("stand_in", ""))
    if form.get("stand_in") and (stand_in is None or stand_in == who or full):
        raise BakenError("stand_in", "nobody of that name can stand in", "a colleague, or nobody")
    if who.busy.filter(last__gte=today).count() >= MOST:
        raise BakenError("last", f"there are {MOST} lines already", "take one away first")
    with transaction.atomic():
        Busy.objects.get_or_create(member=who, first=first, last=last, full=full, stand_in=stand_in)
        alone = slots.left_alone(by.receiver, first, last, now)
        if alone and form.get("sure") != "1":
            raise NobodyCalls(alone)
        away_told.tell(by.receiver, now)


def _done(by: Member, form: Mapping[str, str], now: datetime) -> None:
    match form.get("do"):
        case "busy":
            say(by, form, now)
        case "back":
            number = row_number(form.get("row", ""))
            Busy.objects.filter(pk=number, member__in=may_say(by)).delete()
        case _:
            raise BakenError("do", "this button says nothing", "a button of the page")


def _named(people: list[Member], number: str) -> Member | None:
    return next((one for one in people if str(one.pk) == number), None)


def _still(member: Member, today: date) -> list[tuple[Busy, bool]]:
    """What still holds or comes, and whether it holds now."""
    rows = sorted((b for b in member.busy.all() if b.last >= today), key=lambda b: (b.first, b.pk))
    return [(row, row.first <= today) for row in rows]
