"""Hours that a receiver offers: what is free, in words, in a calendar, and how they are set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import MAXYEAR, MINYEAR, date, datetime

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from baken.kernel.errors import BakenError
from baken.refer import hours as refer_hours
from baken.refer.clocks import HOUR_STANDS, promised_by
from baken.refer.hours import HALF_HOUR, MOST, WEEKDAYS, Hours, clock
from baken.refer.model import BRUSSELS, day_of
from baken.refer.model import Referral as State
from baken.registers.workdays import add_working_days, is_working_day, next_working_day
from baken.web import ics
from baken.web.handover.models import OfficeHours, Receiver, Referral
from baken.web.handover.promise import sent_now
from baken.web.handover.readers import ORGANISATION, absences_of, nobody_calls, reminded
from baken.web.handover.windows import full_day
from baken.web.texts import items, text

SHOWN = 6
"""So many of the nearest free hours an owner sees."""


def free(
    receiver: Receiver, now: datetime, crisis: bool = False, held: Referral | None = None
) -> list[datetime]:
    """The hours that an owner can choose now, earliest first: a working day ahead, so that the
    receiver sees it coming, and within what is promised. For a question that somebody has in hand
    (``held``) not on days on which that person is away and nobody stands in.
    """
    offered = [_hours(row) for row in receiver.hours.all()]
    if not offered:
        return []
    today = day_of(now)
    last = promised_by(sent_now(receiver, crisis, now))
    away = nobody_calls(held, today, last) if held else absences_of(receiver, today)
    taken = Referral.objects.filter(receiver=receiver, slot_at__gt=now)
    first = add_working_days(next_working_day(today), 1)
    return refer_hours.free(
        offered, first, last, away, list(taken.values_list("slot_at", flat=True))
    )


def name(at: datetime) -> str:
    """An hour as a form holds it: ``2026-11-27T10:00``, Belgian time."""
    return f"{at.astimezone(BRUSSELS):%Y-%m-%dT%H:%M}"


def named(typed: str) -> datetime | None:
    """The hour that a form holds; None when it holds none."""
    try:
        at = datetime.fromisoformat(typed) if typed else None
    except ValueError:
        return None
    return at.replace(tzinfo=BRUSSELS) if at and MINYEAR < at.year < MAXYEAR else None


def in_words(lang: str, at: datetime) -> str:
    """``vrijdag 27 november 2026, 10:00 tot 10:30``."""
    local = at.astimezone(BRUSSELS)
    end = local + HALF_HOUR
    day = full_day(lang, local.date())
    return f"{day}, {text(lang, 'send.from_to', first=f'{local:%H:%M}', last=f'{end:%H:%M}')}"


def to_come(row: Referral, now: datetime, lang: str) -> str:
    """The chosen hour of a referral in words, until it is over; else nothing."""
    at: datetime | None = row.slot_at
    return in_words(lang, at) if at is not None and at + HALF_HOUR > now else ""


def given(receiver: Receiver, first: date, last: date, now: datetime) -> list[datetime]:
    """The hours to come that firms chose on the days from ``first`` to ``last``, both included."""
    return [row.slot_at for row in with_hour(receiver, first, last, now)]


def with_hour(receiver: Receiver, first: date, last: date, now: datetime) -> list[Referral]:
    """The questions with such an hour, earliest first."""
    taken = Referral.objects.filter(receiver=receiver, slot_at__gt=now).order_by("slot_at")
    return [row for row in taken if first <= day_of(row.slot_at) <= last]


def left_alone(receiver: Receiver, first: date, last: date, now: datetime) -> list[datetime]:
    """Those of these hours on which nobody would call: who has the question in hand is away without
    a stand-in, or nobody has it and nobody is there.
    """
    rows = with_hour(receiver, first, last, now)
    absences = absences_of(receiver, first) if rows else []

    def alone(row: Referral) -> bool:
        who = reminded(row, day_of(row.slot_at))
        empty = any(absence.holds(day_of(row.slot_at)) for absence in absences)
        return who is None or (who == ORGANISATION and empty)

    return [row.slot_at for row in rows if alone(row)]


def choices(free: Sequence[datetime], lang: str) -> list[tuple[str, str]]:
    """The nearest free hours as a form holds them, and in words."""
    return [(name(at), in_words(lang, at)) for at in free[:SHOWN]]


def can_stand(state: State) -> bool:
    """Whether an hour can be chosen: our letter got there, and nobody called or left yet."""
    return state.handling.value in HOUR_STANDS and not state.unreached


def still_open(row: Referral, state: State, now: datetime, lang: str) -> list[tuple[str, str]]:
    """The hours that an owner can choose for a question that was sent: it waits, without one, and a
    number went along.
    """
    number = (row.dossier.get("contact") or {}).get("phone")
    if row.slot_at or not number or not can_stand(state):
        return []
    return choices(free(row.receiver, now, row.crisis, row), lang)


def as_file(request: HttpRequest, row: Referral, summary: str, name: str) -> HttpResponse:
    """The chosen hour of a referral for a calendar, with a bell a quarter of an hour before. Asked
    for again it is the same appointment; it holds nothing of the firm.
    """
    at: datetime = row.slot_at
    address = request.build_absolute_uri(request.path)
    made = ics.event(summary, at, HALF_HOUR, bell=-HALF_HOUR / 2, uid=row.public_id, url=address)
    return ics.answer([made], name)


def weekdays(lang: str) -> list[tuple[str, str]]:
    """What ``each`` of a form can be: a weekday by its code, in words."""
    names = items(lang, "send.weekdays")
    return [
        (code, text(lang, "hours.each", weekday=name))
        for code, name in zip(WEEKDAYS, names, strict=False)
    ]


def offered(receiver: Receiver, lang: str, today: date) -> list[tuple[int, str]]:
    """The hours of a receiver in words, with the number of their row; days that are over are left
    out.
    """
    rows = [row for row in receiver.hours.all() if row.day is None or row.day >= today]
    rows.sort(key=lambda row: (row.day or date.min, row.weekday or 0, row.first))
    return [(row.pk, _says(row, lang)) for row in rows]


def add(receiver: Receiver, form: Mapping[str, str], today: date) -> None:
    """Offer hours as a form says: ``each`` (``mon`` ... ``fri``, or ``day`` with ``on``), ``first``
    and ``last``. Raises :class:`BakenError` with the path ``hours``, or ``hours_both`` where a day
    was filled in beside a weekday: which of them is meant nobody can tell.
    """
    each, on = form.get("each", ""), form.get("on", "")
    if each in WEEKDAYS and on:
        raise BakenError("hours_both", f"a day, {on!r}, beside {each!r}", "one of the two")
    first, last = clock(form.get("hour_first", "")), clock(form.get("hour_last", ""))
    if each in WEEKDAYS:
        made = Hours(first, last, weekday=WEEKDAYS.index(each))
    else:
        made = Hours(first, last, day=_day(on, today))
    with transaction.atomic():
        Receiver.objects.select_for_update().get(pk=receiver.pk)
        if receiver.hours.count() >= MOST:
            raise BakenError("hours", f"there are {MOST} lines already", "take one away first")
        _keep(receiver, made)


def drop(receiver: Receiver, row: int) -> None:
    """Offer these hours no more. Who chose one of them keeps it."""
    receiver.hours.filter(pk=row).delete()


def replace(receiver: Receiver, made: Iterable[Hours]) -> None:
    """Offer these hours and no others."""
    receiver.hours.all().delete()
    for each in made:
        _keep(receiver, each)


def _keep(receiver: Receiver, made: Hours) -> None:
    OfficeHours.objects.get_or_create(
        receiver=receiver, weekday=made.weekday, day=made.day, first=made.first, last=made.last
    )


def _hours(row: OfficeHours) -> Hours:
    return Hours(row.first, row.last, row.weekday, row.day)


def _says(row: OfficeHours, lang: str) -> str:
    hours = text(lang, "send.from_to", first=f"{row.first:%H:%M}", last=f"{row.last:%H:%M}")
    if row.day is not None:
        return f"{full_day(lang, row.day)}, {hours}"
    weekday = items(lang, "send.weekdays")[row.weekday or 0]
    return text(lang, "hours.each", weekday=weekday) + f", {hours}"


def _day(typed: str, today: date) -> date:
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        raise BakenError("hours", f"{typed!r} is no day", "a day after today") from None
    if not 0 < (day - today).days <= 366:
        raise BakenError("hours", f"{typed!r} is not a day of the coming year", "a day after today")
    if not is_working_day(day):
        raise BakenError("hours", f"no hours are offered on {typed!r}", "a working day")
    return day
