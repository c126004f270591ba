"""Whether the day or the month stands first in ``05/06/2025``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import pairwise

from baken.signals.periods import in_words
from baken.signals.read.periods import DayOrder, period_of
from baken.signals.read.questions import LANGUAGES, Text, answer, question
from baken.signals.read.rhythm import calendar_of
from baken.signals.read.source import Aside

SLASHED = re.compile(r"(\d{1,2})([-/])(\d{1,2})\2(?:\d{4}|\d{2})(?!\d).*")
ENOUGH = 6
"""Dates that must fall in step before their rhythm tells the order."""


def day_order(
    texts: Iterable[str], label: str, answers: Mapping[str, str], aside: Aside
) -> tuple[DayOrder, dict[str, object] | None]:
    """The order in a column, and the question where that is open.

    A first number over twelve in one date tells it for all. With dots the day is first: no program
    writes the month first there. Else the rhythm tells it where the dates fall in step (each first
    of a month, each Monday) in one order only, and that is said.

    Raises:
        BakenError: when an answer is none of the choices.
    """
    found = [(m, t.strip()) for t in texts if (m := SLASHED.fullmatch(t.strip()))]
    days = any(int(m[1]) > 12 for m, _ in found)
    months = any(int(m[3]) > 12 for m, _ in found)
    doubt = [t for m, t in found if m[1] != m[3] and max(int(m[1]), int(m[3])) <= 12]
    if days or months or not doubt:
        return ("mdy" if months and not days else "dmy"), None
    asked = _question(label, min(doubt))
    told = answer(asked, answers)
    if told is not None:
        return ("mdy" if told == "mdy" else "dmy"), None
    orders: tuple[DayOrder, DayOrder] = ("dmy", "mdy")
    steady = [order for order in orders if _in_step([t for _, t in found], order)]
    if len(steady) != 1:
        return "dmy", asked
    first = "day" if steady == ["dmy"] else "month"
    why = f"'{min(doubt)[:10]}' was read with the {first} first: so the dates fall in step"
    aside.note(None, why)
    return steady[0], None


def clear_days(cells: Iterable[object]) -> list[str]:
    """The dates that tell the order by a number over twelve: in any column they tell it for all."""
    found = (m for c in cells if isinstance(c, str) and (m := SLASHED.fullmatch(c.strip())))
    return [m.string for m in found if max(int(m[1]), int(m[3])) > 12][:1]


def _in_step(texts: Iterable[str], days: DayOrder) -> bool:
    orders = sorted({p.order for t in texts if (p := period_of(t, "day", days))})
    if len(orders) < ENOUGH:
        return False
    found = [date.fromordinal(at) for at in orders]
    return calendar_of(found) != "day" or all(b - a == 1 for a, b in pairwise(orders))


def _question(label: str, doubt: str) -> dict[str, object]:
    return question(
        label,
        "day-first",
        (
            f"Welke dag is '{doubt[:10]}' in {label}?",
            f"Which day is '{doubt[:10]}' in {label}?",
            f"Quel jour est '{doubt[:10]}' dans {label} ?",
        ),
        [
            ("dmy", _meant(doubt, "dmy", ("eerst de dag", "the day first", "le jour d'abord"))),
            ("mdy", _meant(doubt, "mdy", ("eerst de maand", "the month first", "le mois d'abord"))),
        ],
    )


def _meant(doubt: str, days: DayOrder, how: Text) -> Text:
    """A day in words, and what then stands first."""
    found = period_of(doubt, "day", days)
    at = date.fromordinal(found.order) if found else date.min
    months = in_words(f"{at:%Y-%m}", "month")
    nl, en, fr = (
        f"{at.day} {months[lang]}: {said}" for lang, said in zip(LANGUAGES, how, strict=True)
    )
    return nl, en, fr.replace(":", " :")
