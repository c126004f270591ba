"""Files for people's own calendars (iCalendar)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from django.http import HttpResponse
from icalendar import Alarm, Calendar, Event

from baken.web.keeping import to_keep

DAY = timedelta(days=1)
AT_NINE = timedelta(hours=9)
"""The bell of a day."""


def event(
    summary: str,
    start: date,
    lasts: timedelta = DAY,
    bell: timedelta | None = None,
    *,
    says: str = "",
    url: str = "",
    uid: str = "",
) -> Event:
    """A day that leaves its hours free, or with a moment as ``start`` a time that is taken.

    ``bell`` rings so long after the start; what has the same ``uid`` is the same event.
    """
    made = Event()
    made.add("uid", f"{uid or uuid4()}@baken")
    made.add("dtstamp", datetime.now(UTC))
    made.add("dtstart", start)
    made.add("dtend", start + lasts)
    made.add("summary", summary)
    if says:
        made.add("description", says)
    if url:
        made.add("url", url)
    if not isinstance(start, datetime):
        made.add("transp", "TRANSPARENT")
    if bell is not None:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", summary)
        alarm.add("trigger", bell)
        made.add_component(alarm)
    return made


def calendar(events: Iterable[Event]) -> bytes:
    """The file with these events."""
    made = Calendar()
    made.add("prodid", "-//Baken//NL")
    made.add("version", "2.0")
    for one in events:
        made.add_component(one)
    file: bytes = made.to_ical()
    return file


def answer(events: Iterable[Event], name: str) -> HttpResponse:
    """The file as an answer of the site."""
    made = HttpResponse(calendar(events), content_type="text/calendar; charset=utf-8")
    return to_keep(made, name)
