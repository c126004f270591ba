"""Yearly figures beside the year before, where there are too few years to judge chance.

Annual accounts and trial balances mostly come by two or three. No test can tell chance from change
in so few, so none is claimed: what moved the bad way by a fifth or more is told as it stands.
"""

from __future__ import annotations

from baken.signals.amounts import amount, number, percent
from baken.signals.detect.online import FEWEST
from baken.signals.kinds import Texts, say
from baken.signals.names import names
from baken.signals.series import Series

LARGE = 0.2
"""A move of so large a share of the year before is told, from this on."""
LIGHTS = ("overdue-tax", "overdue-social-security")
"""They are told by a red alarm of their own."""


def is_compared(series: Series) -> bool:
    """Whether a series is of years, and too short to be judged by its change."""
    known = sum(1 for v in series.values if v is not None)
    return series.frequency == "year" and known < FEWEST and series.id not in LIGHTS


def since_year(series: Series) -> float | None:
    """How much the last year differs from the one before, as a share of that; None where that is
    less than a fifth, the good way, or can't be said."""
    if not is_compared(series) or len(series.values) < 2 or series.bad == "both":
        return None
    (then, before), (now, value) = zip(series.periods[-2:], series.values[-2:], strict=True)
    if before is None or value is None or before <= 0 or int(now[:4]) - int(then[:4]) != 1:
        return None
    size = value / before - 1
    bad = -size if series.bad == "down" else size
    return size if round(bad, 6) >= LARGE else None


def in_words(series: Series, size: float) -> Texts:
    """The move in a sentence, with both figures."""
    way = "down" if size < 0 else "up"
    before, value = (_shown(series, v or 0.0) for v in series.values[-2:])
    year, last = series.periods[-2:]
    return say(f"year_{way}", name=names(series), year=last, last=year, value=value, before=before,
               pct=percent(size))  # fmt: skip


def _shown(series: Series, value: float) -> Texts:
    return amount(value, series.unit or "EUR") if series.kind == "money" else number(value)
