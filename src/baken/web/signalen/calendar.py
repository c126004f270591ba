"""The next look at the figures, as an appointment for a calendar."""

from __future__ import annotations

from datetime import date, timedelta

from icalendar import Event

from baken.web.ics import AT_NINE, event, uid_of
from baken.web.texts import text

DAY = 6
"""By then the invoices of the month before are there."""


def next_look_on(today: date) -> date:
    """The day of the next look: early in the next month, never on a weekend."""
    first = (today.replace(day=28) + timedelta(days=7)).replace(day=1)
    day = first.replace(day=DAY)
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= 5 else 0)


def next_look(today: date, lang: str, address: str) -> Event:
    """The next look. It holds no figure and no name."""
    summary, says = text(lang, "signalen.ics.summary"), text(lang, "signalen.ics.text")
    on = next_look_on(today)
    uid = uid_of("signalen", on.isoformat())
    return event(summary, on, bell=AT_NINE, uid=uid, says=says, url=address)
