"""How far figures go, and whether later ones should be there by now."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from baken.signals.periods import in_words, last_day
from baken.signals.series import Series

NEXT_BY = {"day": 14, "week": 7 + 10, "month": 31 + 20, "quarter": 92 + 40, "year": 366 + 240}
"""Days after the end of the last period by which the next one is over and could be handed in."""


def last_known(series: Series) -> str:
    """The last period with a value; empty where there is none."""
    pairs = zip(series.periods, series.values, strict=True)
    return next((p for p, v in reversed(list(pairs)) if v is not None), "")


def end(series: Series) -> date | None:
    """The day on which the last period with a value ends; None where no calendar tells."""
    return last_day(last_known(series), series.frequency)


def is_late(series: Series, as_of: date) -> bool:
    """Whether the period after the last one is over for so long that its figures are missing."""
    until = end(series)
    most = NEXT_BY.get(series.frequency)
    return until is not None and most is not None and as_of > until + timedelta(days=most)


def newest(series: Iterable[Series]) -> Series | None:
    """The series whose figures go furthest."""
    known = [(day, s) for s in series if (day := end(s)) is not None]
    return max(known, key=lambda pair: pair[0])[1] if known else None


def until_words(series: Series, lang: str) -> str:
    """The last period with a value, in words."""
    return in_words(last_known(series), series.frequency)[lang]
