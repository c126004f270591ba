"""When an owner can be called: mornings and afternoons of the working days of the promise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from baken.refer.clocks import away_on
from baken.refer.model import Absence
from baken.registers.workdays import add_working_days
from baken.web import words
from baken.web.texts import items, text

DAYS = 5
PARTS = ("am", "pm")
ANY = "any"
"""What a form holds where each of the windows suits."""


def windows(today: date, until: date | None = None, away: Sequence[Absence] = ()) -> list[str]:
    """The windows that can be ticked, as ``2026-11-27/am``, earliest first: those of the next five
    working days with somebody there, as far as contact is in time then (``until`` the promised
    day). On days of absence nobody would call.
    """
    days: list[date] = []
    day = add_working_days(today, 1)
    while len(days) < DAYS and (until is None or day <= until):
        if not away_on(day, away):
            days.append(day)
        day = add_working_days(day, 1)
    return [f"{day.isoformat()}/{part}" for day in days for part in PARTS]


def in_words(lang: str, window: str) -> str:
    """A window as people say it: ``vrijdag 27 november 2026, voormiddag``."""
    iso, part = window.split("/")
    weekday = items(lang, "send.weekdays")[date.fromisoformat(iso).weekday()]
    return f"{weekday} {words.day(lang, iso)}, {text(lang, f'send.part.{part}')}"


def by_day(
    lang: str, today: date, until: date | None = None, away: Sequence[Absence] = ()
) -> list[tuple[str, list[tuple[str, str]]]]:
    """The windows as a table: a row per day (``vrijdag 27/11``), with each window and its words."""
    rows: dict[str, list[tuple[str, str]]] = {}
    for window in windows(today, until, away):
        day = date.fromisoformat(window.split("/")[0])
        short = f"{items(lang, 'send.weekdays')[day.weekday()]} {day.day}/{day.month}"
        rows.setdefault(short, []).append((window, in_words(lang, window)))
    return list(rows.items())


def whole_days(lang: str, chosen: Iterable[str]) -> list[str]:
    """The days of these windows, each once: what is told where any moment of them suits."""
    days = dict.fromkeys(window.split("/")[0] for window in chosen)
    return [full_day(lang, date.fromisoformat(day)) for day in days]


def full_day(lang: str, day: date) -> str:
    """A day with its weekday: ``vrijdag 27 november 2026``."""
    return f"{items(lang, 'send.weekdays')[day.weekday()]} {words.day(lang, day.isoformat())}"
