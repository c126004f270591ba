"""What a receiver says of itself, by its link and at the desk alike: days on which nobody is there,
and "full until" of all that nobody took yet.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from baken.kernel.errors import BakenError
from baken.refer.model import Event, Handling, day_of
from baken.web.handover import away_told, slots, store
from baken.web.handover.models import Absence, Receiver, Referral
from baken.web.handover.said import day_of_form, row_number

LONGEST = timedelta(days=366)
MOST = 50
"""Lines that a receiver can have at a time."""
WRONG = ("first", "last", "given")
"""Errors that are told at a field of the form."""


def say(receiver: Receiver, form: Mapping[str, str], now: datetime) -> None:
    """Keep days of absence, or take them back, as a button says; other buttons say nothing here.

    Raises :class:`BakenError` with the field that lacks.
    """
    match form.get("do"):
        case "away":
            first, last = day_of_form(form, "first"), day_of_form(form, "last")
            announce(receiver, first, last, now, sure=form.get("sure") == "1")
        case "back":
            receiver.absences.filter(pk=row_number(form.get("row", ""))).delete()


def announce(
    receiver: Receiver, first: date, last: date, now: datetime, sure: bool = False
) -> None:
    """Nobody is there, first and last day included: no reminders and no hours on those days.
    Owners who were promised one of them get a letter.

    Raises :class:`BakenError` with the path ``given`` where a firm chose an hour on one of them,
    unless it is ``sure`` that somebody calls then.
    """
    if first > last:
        raise BakenError("last", "it lies before the first day", "that day or later")
    if last < day_of(now) or last - min(first, day_of(now)) > LONGEST:
        raise BakenError("last", "it is over, or more than a year away", "a day from today on")
    if not sure and slots.given(receiver, first, last, now):
        raise BakenError("given", "a firm chose an hour then", "other days, or that somebody calls")
    if receiver.absences.filter(last__gte=day_of(now)).count() >= MOST:
        raise BakenError("last", f"there are {MOST} lines already", "take one away first")
    with transaction.atomic():
        Absence.objects.get_or_create(receiver=receiver, first=first, last=last)
        away_told.tell(receiver, now)


def context(
    receiver: Receiver, form: Mapping[str, str], problem: str | None, lang: str, now: datetime
) -> dict[str, Any]:
    """What the form needs: days that are kept, and what was typed where it went wrong."""
    today = day_of(now)
    hours: list[str] = []
    if problem == "given":
        days = day_of_form(form, "first"), day_of_form(form, "last")
        hours = [slots.in_words(lang, at) for at in slots.given(receiver, *days, now)]
    return {
        "absences": receiver.absences.filter(last__gte=today).order_by("first", "pk"),
        "given": hours,
        "today": today.isoformat(),
    }


def waiting(receiver: Receiver) -> QuerySet[Referral]:
    """The questions that nobody of a receiver took yet."""
    found: QuerySet[Referral] = Referral.objects.filter(
        receiver=receiver, handling__in=[Handling.OFFERED, Handling.SEEN]
    )
    return found


def others_waiting(row: Referral) -> int:
    """How many questions beside this one nobody took yet."""
    count: int = waiting(row.receiver).exclude(pk=row.pk).count()
    return count


def full(row: Referral, said: Event) -> None:
    """ "Full until" of this question and all others that nobody took yet, all or none. Each firm
    gets its own letter, and its own clock counts from that day.
    """
    with transaction.atomic():
        found = Referral.objects.filter(pk__in=with_others(row))
        for pk in list(found.select_for_update().order_by("pk").values_list("pk", flat=True)):
            store.record(pk, said)


def with_others(row: Referral) -> list[int]:
    """The numbers of this question and of all others that nobody took yet."""
    found = Referral.objects.filter(Q(pk=row.pk) | Q(pk__in=waiting(row.receiver)))
    return list(found.values_list("pk", flat=True))
