"""Periods as people and programs write them, from a day to a year, and whole numbers as positions.

What ``2024`` or ``202405`` is, can't be told from one cell: each text gives all that it may be, and
the whole column decides (:func:`frequency_of`).
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from baken.signals.series import Frequency

DayOrder = Literal["dmy", "mdy"]
MONTHS: dict[str, int] = {
    name: at
    for at, names in enumerate(
        (
            "jan januari january janvier janv januar",
            "feb febr februari february fevrier fevr fev",
            "mrt maart mar march mars maa",
            "apr april avril avr",
            "mei may mai",
            "jun juni june juin",
            "jul juli july juillet juil",
            "aug augustus august aout aou",
            "sep sept september septembre",
            "okt oct oktober october octobre",
            "nov november novembre",
            "dec december decembre dez",
        ),
        start=1,
    )
    for name in names.split()
}
"""Names of months without accents, in Dutch, English and French."""
PLAIN = str.maketrans("éèêûùôàäöüç", "eeeuuoaaouc")
TIME = r"(?:[t ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?(?:z|utc|[+-]\d{2}:?\d{2}))?)?"
ISO_DAY = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){TIME}")
DAY = re.compile(rf"(\d{{1,2}})([-/. ])(\d{{1,2}})\2(\d{{4}}|\d{{2}}){TIME}")
NAMED_DAY = re.compile(r"(\d{1,2})[-/. ]+([a-z]{3,9})\.?[-/. ,]+(\d{4}|\d{2})")
MONTH = re.compile(r"(\d{4})[-/](\d{1,2})|(\d{1,2})[-/](\d{4})|(\d{4})m(\d{1,2})")
NAMED_MONTH = re.compile(r"([a-z]{3,9})\.?[-/. ']*(\d{4}|\d{2})|(\d{4})[-/. ]*([a-z]{3,9})\.?")
WEEK = re.compile(r"(\d{4})[- /]?(?:week|wk|w|sem)[- .]?(\d{1,2})")
WEEK_FIRST = re.compile(r"(?:week|wk|w|semaine|sem)[- .]?(\d{1,2})[- /]+(\d{4})")
QUARTER = re.compile(
    r"(\d{4})[- /]?(?:[qkt]|kw)[ .]?([1-4])"
    r"|(?:[qkt]|kw)[ .]?([1-4])(?:[- /']*(\d{4})|[- /']+(\d{2}))"
)
SPAN = re.compile(r"([a-z]{3,9})\.? ?(?:[-–/]|t/m|tot|to|a) ?([a-z]{3,9})\.?[-/. ']*(\d{4}|\d{2})")
"""A quarter as its first and last month: ``jan-mrt 2023``."""
NAMED_QUARTER = re.compile(r"([1-4])(?:e|er|eme|ste|de|st|nd|rd|th)? ?(?:[a-z]*r[a-z]*|kw) (\d{4})")
WHOLE = re.compile(r"-?[0-9]{1,15}\.0+")
"""A whole number as a program writes it that keeps fractions."""
FIRST_YEAR, LAST_YEAR = 1500, 2199
"""Whole numbers from the first to the last may be years."""
FIRST_PLAIN, LAST_PLAIN = 1900, 2099
"""Years in which ``202405`` may be a month and ``20240531`` a day."""
RANK: tuple[Frequency, ...] = ("day", "week", "month", "quarter", "year", "position")


@dataclass(frozen=True, slots=True)
class Period:
    """One reading of a text. ``order`` sorts periods of one frequency: the number of months,
    quarters, years or days since the year nought, or the position itself; ``label`` is how Baken
    writes it."""

    frequency: Frequency
    order: int
    label: str


def day(value: date) -> Period:
    """A day."""
    return Period("day", value.toordinal(), value.isoformat())


def month(year: int, number: int) -> Period:
    """A month."""
    return Period("month", year * 12 + number, f"{year:04d}-{number:02d}")


def quarter(year: int, number: int) -> Period:
    """A quarter."""
    return Period("quarter", year * 4 + number, f"{year:04d}-Q{number}")


def year(number: int) -> Period:
    """A year."""
    return Period("year", number, f"{number:04d}")


def month_named(text: str) -> int | None:
    """The number of a month by its name or what it is shortened to.

    >>> month_named("Août"), month_named("janv."), month_named("omzet")
    (8, 1, None)
    """
    return MONTHS.get(text.strip().lower().translate(PLAIN).rstrip("."))


@lru_cache(maxsize=200_000)
def readings(text: str, days: DayOrder = "dmy") -> tuple[Period, ...]:
    """All that a text may be; empty where it is no period. ``days`` is the order of day and month
    in ``05/06/2025``."""
    text = text.strip().lower().translate(PLAIN)
    if text.removeprefix("-").isdigit() and text.isascii():
        return _of_digits(text)
    if WHOLE.fullmatch(text):
        return (Period("position", int(text.partition(".")[0]), text),)
    try:
        found = _of_day(text, days) or _of_month(text) or _of_rest(text)
        if found is None or last_day(found) is None:
            return ()
    except ValueError:  # 30 February, week 54, the year nought, beyond 9999
        return ()
    return (found,)


def _of_digits(text: str) -> tuple[Period, ...]:
    if len(text) > 15:
        return ()
    value = int(text)
    found = [Period("position", value, text)]
    if len(text) == 4 and FIRST_YEAR <= value <= LAST_YEAR:
        found.append(year(value))
    at = value // 100 if len(text) == 6 else value // 10_000
    if len(text) == 6 and FIRST_PLAIN <= at <= LAST_PLAIN and 1 <= value % 100 <= 12:
        found.append(month(at, value % 100))
    if len(text) == 8 and FIRST_PLAIN <= at <= LAST_PLAIN:
        with suppress(ValueError):
            found.append(day(date(at, value // 100 % 100, value % 100)))
    return tuple(found)


def _of_day(text: str, days: DayOrder) -> Period | None:
    if m := ISO_DAY.fullmatch(text):
        return day(date(int(m[1]), int(m[3]), int(m[4])))
    if m := DAY.fullmatch(text):
        one, two = int(m[1]), int(m[3])
        if days == "mdy":
            one, two = two, one
        return day(date(full_year(m[4]), two, one))
    if (m := NAMED_DAY.fullmatch(text)) and (named := month_named(m[2])):
        return day(date(full_year(m[3]), named, int(m[1])))
    return None


def _of_month(text: str) -> Period | None:
    if m := MONTH.fullmatch(text):
        at, number = int(m[1] or m[4] or m[5]), int(m[2] or m[3] or m[6])
        return month(at, number) if 1 <= number <= 12 and at else None
    if m := NAMED_MONTH.fullmatch(text):
        named = month_named(m[1] or m[4])
        return month(full_year(m[2] or m[3]), named) if named else None
    return None


def _of_rest(text: str) -> Period | None:
    if m := WEEK.fullmatch(text):
        return _week(int(m[1]), int(m[2]))
    if m := WEEK_FIRST.fullmatch(text):
        return _week(int(m[2]), int(m[1]))
    if m := QUARTER.fullmatch(text):
        return quarter(full_year(m[1] or m[4] or m[5]), int(m[2] or m[3]))
    if m := NAMED_QUARTER.fullmatch(text):
        return quarter(int(m[2]), int(m[1]))
    if m := SPAN.fullmatch(text):
        first, last = month_named(m[1]), month_named(m[2])
        if first and last and last - first == 2 and last % 3 == 0:
            return quarter(full_year(m[3]), last // 3)
    return None


def _week(at: int, number: int) -> Period:
    first = date.fromisocalendar(at, number, 1)
    return Period("week", first.toordinal() // 7, f"{at:04d}-W{number:02d}")


def full_year(text: str) -> int:
    """Four digits as they are; two are of this century up to 69."""
    value = int(text)
    return value if len(text) == 4 else value + (2000 if value < 70 else 1900)


def frequency_of(texts: Iterable[str], days: DayOrder = "dmy") -> Frequency | None:
    """What a whole column is: what most of its cells can be; None where none is a period.

    Whole numbers are years when all of them lie from 1500 to 2199 (one that does not makes them
    positions), months when all are like 202405 and days when all are like 20240531. Of two that fit
    as many cells, the calendar goes before the position.

    >>> frequency_of(["1891", "1892", "1893"]), frequency_of(["0", "1", "1891"])
    ('year', 'position')
    """
    counts: Counter[Frequency] = Counter()
    for text in texts:
        counts.update(p.frequency for p in readings(text, days))
    best: list[Frequency] = sorted(counts, key=lambda f: (-counts[f], RANK.index(f)))
    return best[0] if best else None


def period_of(text: str, frequency: Frequency, days: DayOrder = "dmy") -> Period | None:
    """The text read as a period of this frequency."""
    return next((p for p in readings(text, days) if p.frequency == frequency), None)


def last_day(period: Period) -> date | None:
    """The last day of a period; None for a position."""
    if period.frequency == "day":
        return date.fromordinal(period.order)
    if period.frequency == "week":
        return date.fromisocalendar(int(period.label[:4]), int(period.label[-2:]), 7)
    if period.frequency == "position":
        return None
    at = int(period.label[:4])
    number = {"month": period.label[5:], "quarter": period.label[6:]}.get(period.frequency, "12")
    last = int(number) * (3 if period.frequency == "quarter" else 1)
    return date(at, last, monthrange(at, last)[1]) if at <= 9999 else None


def month_of(value: date) -> Period:
    """The month that a day is in."""
    return month(value.year, value.month)


def months_between(first: str, last: str) -> list[str]:
    """All months from the first to the last, both ``YYYY-MM``."""
    one, two = (int(t[:4]) * 12 + int(t[5:]) - 1 for t in (first, last))
    return [f"{m // 12:04d}-{m % 12 + 1:02d}" for m in range(one, two + 1)]


def days_in(label: str) -> tuple[date, date]:
    """The first and the last day of a month ``YYYY-MM``."""
    first = date(int(label[:4]), int(label[5:]), 1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


QUARTER_ALONE = re.compile(r"[qkt]([1-4])|([1-4])(?:e|er|eme)? ?(?:kw|kwartaal|trim|trimestre)")


def quarter_named(text: str) -> int | None:
    """The number of a quarter that stands without its year: ``Q1``, ``K1``, ``T1``."""
    m = QUARTER_ALONE.fullmatch(text.strip().lower().translate(PLAIN).rstrip("."))
    return int(m[1] or m[2]) if m else None


def week_of(value: date) -> Period:
    """The week that a day is in, as ISO 8601 counts it."""
    at, number, _ = value.isocalendar()
    return _week(at, number)
