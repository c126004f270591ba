"""Periods in words: 2025-03 is maart 2025."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from baken.signals.read.rhythm import period_in
from baken.signals.series import Frequency

MONTHS = {
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
}
QUARTER = {"nl": "het {}e kwartaal van {}", "en": "quarter {} of {}", "fr": "le trimestre {} de {}"}
WEEK = {"nl": "week {} van {}", "en": "week {} of {}", "fr": "la semaine {} de {}"}


def in_words(period: str, frequency: str) -> Mapping[str, str]:
    """A period as people say it, in three languages; one that can't be read stays as it is."""
    numbers = re.findall(r"\d+", period)
    if frequency == "month" and len(numbers) >= 2 and 1 <= int(numbers[1]) <= 12:
        return {k: f"{v.split()[int(numbers[1]) - 1]} {numbers[0]}" for k, v in MONTHS.items()}
    if frequency in ("quarter", "week") and len(numbers) >= 2:
        texts = QUARTER if frequency == "quarter" else WEEK
        return {k: v.format(int(numbers[1]), numbers[0]) for k, v in texts.items()}
    return dict.fromkeys(MONTHS, period)


def last_day(period: str, frequency: Frequency) -> date | None:
    """The last day of a period; None of a position, and of what is no date.

    >>> last_day("2025-02", "month"), last_day("2025-Q1", "quarter")
    (datetime.date(2025, 2, 28), datetime.date(2025, 3, 31))
    """
    found = period_in(period, frequency)
    if found is None or frequency == "position":
        return None
    if frequency == "day":
        return date.fromordinal(found.order)
    if frequency == "week":
        return date.fromisocalendar(int(found.label[:4]), int(found.label[-2:]), 7)
    next_month = {"month": found.order, "quarter": 3 * found.order, "year": 12 * found.order + 12}
    at = next_month[frequency]
    return date(at // 12, at % 12 + 1, 1) - timedelta(days=1)
