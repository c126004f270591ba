"""Files for people's own calendars (iCalendar)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid5

from django.http import HttpResponse
from django.utils.crypto import salted_hmac
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
    uid: str,
    says: str = "",
    url: str = "",
) -> Event:
    """A day that leaves its hours free, or with a moment as ``start`` a time that is taken.

    ``bell`` rings so long after the start; what has the same ``uid`` is the same event.
    """
    made = Event()
    made.add("uid", f"{uid}@baken")
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


def uid_of(whole: str, part: str = "") -> str:
    """The same for the same ``part`` of the same ``whole``: who takes a file twice has each event
    once (RFC 5545, 3.8.4.7). Nobody without the server's key can tell from it what the
    whole is (RFC 7986, 5.3: nothing that points to a person).
    """
    digest = salted_hmac("baken.ics", whole, algorithm="sha256").digest()
    return str(uuid5(UUID(bytes=digest[:16]), part))


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
