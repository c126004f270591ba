"""How sure an alarm is, and how much it is about, in words."""

from __future__ import annotations

from math import exp
from typing import Any

from baken.signals.alarms import MOST_SIZE, Alarm, chance
from baken.signals.expected import Point
from baken.signals.series import Series
from baken.web import words
from baken.web.signalen.judge import Item, Story
from baken.web.texts import text

LAST, MOST_PCT = 3, 999
CLOSE = 10
"""Two shares of one change are told when they differ by no more points."""
STOCKS = frozenset(
    "cash cash-at-year-end equity debts ledger-cash ledger-receivables ledger-suppliers"
    " ledger-taxes-due".split()
)
"""What there is at the end of a period: not so much a month."""


def is_certain(alarm: Alarm) -> bool:
    """Whether no chance is in it: a limit that was crossed, arrears, a month without invoices."""
    return alarm.rate == 0


def severity_words(story: Story, lang: str) -> str:
    """How bad a story is, and that it may be nothing only where it may."""
    tone = "red" if story.red else "amber"
    if any(is_certain(i.alarm) and _leads(i, story) for i in story.items):
        return text(lang, f"signalen.severity.{tone}_sure")
    return text(lang, f"signalen.severity.{tone}")


def _leads(item: Item, story: Story) -> bool:
    """Whether an alarm is as bad as its story."""
    return not story.red or item.alarm.severity == "red"


def chance_words(rate: float, lang: str) -> dict[str, Any] | None:
    """How often a healthy firm gets this message: a sentence and which of 100 dots are full. None
    of what no chance is in."""
    if rate == 0:
        return None
    hundred = 100 * (1 - exp(-rate))
    count = round(hundred) if hundred >= 1 else 0
    return {
        "says": chance(rate)[lang],
        "count": count,
        "dots": [
            {"x": 7 + 10 * (i % 20), "y": 7 + 10 * (i // 20), "look": _dot(i, count)}
            for i in range(100)
        ],
    }


def _dot(at: int, count: int) -> str:
    return "full" if at < count else "part" if not count and not at else ""


def less_words(item: Item, points: tuple[Point, ...], lang: str) -> str:
    """How much more or less than expected that is by now: so many euros a period, where they are
    euros that come and go; else how the last figures lie. That is beside the forecast, the first
    sentence is not: where the two differ much only that one is told."""
    series, since = item.series, item.alarm.since
    at = [p.period for p in points].index(since)
    pairs = [
        (p.value, p.middle) for p in points[at:] if p.value is not None and p.middle is not None
    ]
    if series is None or not pairs or is_certain(item.alarm):
        return ""
    if _flows(series, item.alarm):
        mean = sum(v - m for v, m in pairs) / len(pairs)
        key = f"signalen.{'less' if mean < 0 else 'more'}.{series.frequency}"
        step = 10 if abs(mean) < 1000 else 100 if abs(mean) < 10_000 else 1000
        return text(lang, key, amount=words.euro(lang, round(abs(mean) / step) * step))
    last = pairs[-LAST:]
    was = sum(m for _, m in last)
    pct = round(100 * (sum(v for v, _ in last) - was) / was) if was > 0 else 0
    size = item.alarm.size
    if size is not None and abs(size) < MOST_SIZE and abs(pct - 100 * size) > CLOSE:
        return ""
    if not pct or (pct < 0) is (item.alarm.way == "up") or abs(pct) > MOST_PCT:
        return ""
    return text(lang, f"signalen.last.{'lower' if pct < 0 else 'higher'}", pct=abs(pct))


def _flows(series: Series, alarm: Alarm) -> bool:
    """Whether a series is of euros that come in or go out in each period."""
    head = series.id.partition(".")[0]
    stock = head in STOCKS or (alarm.kind == "cash_low" and head != "money-in")
    euros = series.kind == "money" and series.unit == "EUR"
    return euros and not stock and series.frequency != "position"
