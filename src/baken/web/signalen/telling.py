"""The words of a result page: what moved, since when, how sure that is, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from baken.kernel.plain import uncapped
from baken.signals.alarms import MOST_SIZE
from baken.signals.cause import STAYED_AWAY
from baken.signals.expected import Point, expected
from baken.signals.kinds import say
from baken.signals.moved import Moved, moved
from baken.signals.periods import in_words
from baken.signals.posture import Note, posture
from baken.signals.series import Series
from baken.signals.stories import parts, years
from baken.signals.watch import is_part
from baken.web import words
from baken.web.signalen.chart import chart
from baken.web.signalen.fresh import end, is_late, until_words
from baken.web.signalen.judge import Found, Item, Story
from baken.web.signalen.names import (
    alias_name,
    axis_words,
    is_ours,
    percent,
    series_name,
    value_words,
)
from baken.web.signalen.shelf import Shelf
from baken.web.signalen.sure import chance_words, is_certain, less_words, severity_words
from baken.web.texts import known, plural, text

Shown = dict[str, Any]
NEWS, STILL = 0.1, 0.05
POINT = 0.01
"""A share that moves by less than a point of 100 is no news."""
MOST_MOVED, MOST_PARTS = 6, 3


def told(story: Story, found: Found, shelf: Shelf, lang: str, real: Mapping[str, str]) -> Shown:
    """A story for the page."""
    lead = story.lead
    items = [item_words(i, found, lang) for i in story.items]
    shown: Shown = {
        "headline": items[0]["says"],
        "red": story.red,
        "look": "excluded" if story.red else "open",
        "severity": severity_words(story, lang),
        "items": items,
        "chance": chance_words(lead.alarm.rate, lang),
        "check": check_words(lead, lang),
        "bell": lead.alarm.kind == "bell",
        "cause": cause_words(story, shelf, lang, real),
        "key": lead.key,
        "keys": " ".join(i.key for i in story.items),
        "moved": [],
        "still": "",
        "until": [],
        "seen_at": "",
        "late": "",
    }
    if lead.series is not None:
        shown |= _beside(story, shelf, lang, real)
        shown["seen_at"] = _seen_at(story, lang)
        shown["late"] = until_words(lead.series, lang) if _behind(lead.series, shelf) else ""
        start = lead.series.periods.index(lead.alarm.since)
        shown["until"] = [
            {"value": p, "text": in_words(p, lead.series.frequency)[lang],
             "chosen": p == lead.series.periods[-1]}
            for p in lead.series.periods[start:]
        ]  # fmt: skip
    return shown


def item_words(item: Item, found: Found, lang: str) -> Shown:
    """An alarm: its sentence, chart and table."""
    alarm, series = item.alarm, item.series
    seen = item.seen
    shown: Shown = {
        "key": item.key,
        "says": sentence(item, lang),
        "seen": seen,
        "did_after": _did_after(item, lang),
        "did_helped": did_helped(item, lang),
        "first_shown": words.day(lang, str(seen.first_shown)) if seen else "",
    }
    if series is None:
        return shown
    earlier = [
        a.since
        for j in found.watch.judged
        if (j.series.firm, j.series.id) == (series.firm, series.id)
        for a in j.alarms
        if a.cleared is not None and a.since < alarm.since and not is_certain(a)
    ]
    points = expected(series, alarm.since, earlier)
    name = series_name(series, lang)
    since, seen_at = (in_words(p, series.frequency)[lang] for p in (alarm.since, alarm.detected))
    shown |= {
        "name": name,
        "since": since,
        "detected": seen_at,
        "interval": _interval(item, lang),
        "less": less_words(item, points, lang),
        "chart": chart(
            points, series.frequency, text(lang, "signalen.chart_of", name=name, since=since),
            lambda v: axis_words(series, v, lang), alarm.since, alarm.detected,
        ),
        "table": table(series, points, lang),
        "no_band": all(p.low is None for p in points),
        "no_after": alarm.since == points[-1].period,
    }  # fmt: skip
    return shown


def _seen_at(story: Story, lang: str) -> str:
    """When the first alarm of the story came, and on what, where that is not the one that tells
    it."""
    known = [i for i in story.items if i.series is not None]
    first = min(known, key=lambda i: years(i.alarm.detected) or 0)
    assert first.series is not None
    detected = in_words(first.alarm.detected, first.series.frequency)[lang]
    if first.alarm.detected == story.lead.alarm.detected or first is story.lead:
        return text(lang, "signalen.seen_at", detected=detected)
    name = series_name(first.series, lang)
    return text(lang, "signalen.seen_at_by", detected=detected, name=name)


def _behind(series: Series, shelf: Shelf) -> bool:
    """Whether the figures of a story stop well before the others."""
    ends = end(series)
    others = [e for s in shelf.series if (e := end(s)) is not None]
    as_of = date.fromisoformat(shelf.as_of)
    return ends is not None and ends < max(others) and is_late(series, as_of)


def check_words(item: Item, lang: str) -> str:
    """What to look at first."""
    head = item.series.id.partition(".")[0] if item.series else ""
    key = f"signalen.check.{head}"
    return text(lang, key) if known(lang, key) else item.alarm.check[lang]


def sentence(item: Item, lang: str) -> str:
    """The first sentence of an alarm, in words of the owner's own where we have them."""
    said = _sentence(item, lang)
    return said[:1].upper() + said[1:]


def _sentence(item: Item, lang: str) -> str:
    alarm, series = item.alarm, item.series
    if series is None:
        return alarm.says[lang]
    since = in_words(alarm.since, series.frequency)[lang]
    if series.id.startswith("sales."):
        who = alias_name(series.id.removeprefix("sales."), lang)
        return text(lang, "signalen.away", name=who[:1].upper() + who[1:], since=since)
    if series.id == "cash" and is_certain(alarm):
        first = alarm.evidence[0]["value"] or 0.0
        stage = "below" if first < 0 else "week" if alarm.severity == "red" else "month"
        value = value_words(series, series.values[-1], lang)
        return text(lang, f"signalen.cash.{stage}", value=value, since=since)
    key = f"signalen.says.{series.id}.{alarm.way}"
    size = MOST_SIZE if alarm.size is None or alarm.kind == "data_gap" else abs(alarm.size)
    if is_ours(series) and known(lang, key) and size < MOST_SIZE:
        return text(lang, key, since=since, pct=round(100 * size))
    return parts(alarm, lang)[0]


def cause_words(story: Story, shelf: Shelf, lang: str, real: Mapping[str, str]) -> str:
    """The cause of a story where the figures tell it; of a customer who left, which one."""
    for item in story.items:
        cause = item.alarm.cause
        if cause is None or item.series is None:
            continue
        if cause == "customer_gone" and (gone := _gone(item, shelf)) is not None:
            name = series_name(gone.series, lang, real)
            was, now = (value_words(gone.series, v, lang) for v in (gone.was, gone.now))
            return text(lang, "signalen.gone", name=name, was=was, now=now)
        return say(f"cause.{cause}")[lang]
    return ""


def _gone(item: Item, shelf: Shelf) -> Moved | None:
    """The largest of the customers who stay away; None where none does any more."""
    assert item.series is not None
    mine = [s for s in shelf.series if s.firm == item.series.firm and s.id.startswith("sales.")]
    parts = moved(item.alarm.since, mine, item.series.frequency)
    parts = [m for m in parts if m.now <= STAYED_AWAY * m.was]
    return min(parts, key=lambda m: m.now - m.was, default=None)


def _beside(story: Story, shelf: Shelf, lang: str, real: Mapping[str, str]) -> Shown:
    """What else moved since, and what stayed as it was."""
    lead = story.lead
    assert lead.series is not None
    own = {i.series.id for i in story.items if i.series is not None}
    firm = [s for s in shelf.series if s.firm == lead.series.firm]
    every = moved(lead.alarm.since, firm, lead.series.frequency)
    main = [m for m in every if not is_part(m.series) and m.series.id != lead.series.id]
    parts = [m for m in every if is_part(m.series) and m.share is not None]
    first = "sales." if lead.series.id in ("sales", "invoices", "average_invoice") else "price."
    parts = [m for m in parts if m.series.id.startswith(first) and abs(m.share or 0) >= NEWS]
    parts.sort(key=lambda m: -abs(m.now - m.was) if first == "sales." else -abs(m.share or 0))
    rows = [m for m in main if m.series.id in own]
    rows += parts[:MOST_PARTS] if lead.alarm.kind in ("sales", "customers", "costs") else []
    rows += sorted(
        (m for m in main if m.series.id not in own and _is_news(m)),
        key=lambda m: -abs(m.share or 0),
    )
    still = [m for m in main if m.share is not None and abs(m.share) < STILL]
    return {
        "moved": [
            {
                "name": series_name(m.series, lang, real),
                "was": value_words(m.series, m.was, lang),
                "now": value_words(m.series, m.now, lang),
                "change": percent(m.share, lang),
            }
            for m in rows[:MOST_MOVED]
        ],
        "still": ", ".join(uncapped(series_name(m.series, lang)) for m in still[:4]),
    }


def _is_news(one: Moved) -> bool:
    small = one.series.kind == "count" and max(one.was, one.now) < 3
    small |= one.series.kind == "share" and abs(one.now - one.was) < POINT
    return one.share is not None and abs(one.share) >= NEWS and not small


def _interval(item: Item, lang: str) -> str:
    assert item.series is not None
    first, last = item.alarm.interval
    if first == last:
        return ""
    ends = [in_words(p, item.series.frequency)[lang] for p in (first, last)]
    return text(lang, "signalen.interval", first=ends[0], last=ends[1])


def table(series: Series, points: tuple[Point, ...], lang: str) -> list[Shown]:
    """The chart as rows, the newest first."""
    return [
        {
            "period": in_words(p.period, series.frequency)[lang],
            "value": value_words(series, p.value, lang),
            "expected": "" if p.low is None or p.high is None
            else text(lang, "signalen.between", low=value_words(series, p.low, lang, True),
                      high=value_words(series, p.high, lang, True)),
        }
        for p in reversed(points)
    ]  # fmt: skip


def did_helped(item: Item, lang: str) -> str:
    """Whether what was done helped, by the months after it."""
    seen, series = item.seen, item.series
    if seen is None or seen.did_on is None or series is None:
        return ""
    found = posture(Note(series.id, seen.did_on, seen.did), series, [item.alarm])
    return "" if found.verdict == "no_alarm" else found.says[lang]


def _did_after(item: Item, lang: str) -> str:
    seen = item.seen
    if seen is None or seen.did_on is None:
        return ""
    days = (seen.did_on - seen.first_shown).days
    if days <= 0:
        return text(lang, "signalen.did_before" if days else "signalen.did_at_once")
    return plural(lang, "signalen.did_after", days)
