"""The next look at the figures, as an appointment for a calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from icalendar import Alarm, Calendar, Event

from baken.web.texts import text

DAY = 6
"""By then the invoices of the month before are there."""


def next_look_on(today: date) -> date:
    """The day of the next look: early in the next month, never on a weekend."""
    first = (today.replace(day=28) + timedelta(days=7)).replace(day=1)
    day = first.replace(day=DAY)
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= 5 else 0)


def reminder(today: date, lang: str, address: str) -> bytes:
    """An iCalendar file for the next look. It holds no figure and no name."""
    says = text(lang, "signalen.ics.text")
    return appointment(next_look_on(today), text(lang, "signalen.ics.summary"), says, address)


def appointment(day: date, summary: str, says: str, address: str) -> bytes:
    """An iCalendar file with one event of a whole day and a bell at nine."""
    calendar = Calendar()
    calendar.add("prodid", "-//Baken//NL")
    calendar.add("version", "2.0")
    event = Event()
    event.add("uid", f"{uuid4()}@baken")
    event.add("dtstamp", datetime.now(UTC))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", summary)
    event.add("description", says)
    event.add("url", address)
    event.add("transp", "TRANSPARENT")
    bell = Alarm()
    bell.add("action", "DISPLAY")
    bell.add("description", summary)
    bell.add("trigger", timedelta(hours=9))
    event.add_component(bell)
    calendar.add_component(event)
    made: bytes = calendar.to_ical()
    return made
