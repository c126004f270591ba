"""The words for what is no news: what lasts, and what was watched and is quiet."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from baken.signals.detect.limits import limit_of
from baken.signals.detect.online import FEWEST
from baken.signals.expected import expected
from baken.signals.kinds import kind_of
from baken.signals.periods import in_words
from baken.signals.reach import Reach
from baken.signals.series import Series
from baken.web.signalen.chart import chart
from baken.web.signalen.help import need_of
from baken.web.signalen.judge import Item, Story
from baken.web.signalen.names import axis_words, series_name, value_words
from baken.web.signalen.telling import check_words, did_helped, table
from baken.web.texts import known, text

Shown = dict[str, Any]
EVEN, RARE = 0.01, 3.0
"""A series that never moves by more than 1 %; a count of fewer than three."""


def lasting_words(item: Item, lang: str) -> Shown:
    """Something that is no news any more, and is still so."""
    assert item.lasting is not None and item.series is not None
    series, since = item.series, in_words(item.lasting.since, item.series.frequency)[lang]
    name, points = series_name(series, lang), expected(series, item.lasting.since)
    is_long = len(points) >= FEWEST
    return {
        "name": name,
        "table": table(series, points, lang),
        "chart": chart(
            points, series.frequency, text(lang, "signalen.chart_of", name=name, since=since),
            lambda v: axis_words(series, v, lang), item.lasting.since,
        ) if is_long else "",
        "no_alarm": True,
        "no_band": all(p.low is None for p in points),
        "no_after": item.lasting.since == points[-1].period,
        "says": item.lasting.says[lang],
        "check": check_words(item, lang),
        "told": item.told_before(timezone.localdate()),
        "need": need_of(Story((item,)), lang),
        "did": item.seen.did if item.seen else "",
        "helped": did_helped(item, lang),
    }  # fmt: skip


def quiet_words(series: Series, reach: Reach, limited: bool, lang: str) -> Shown:
    """A series in which nothing was found, and what could have been seen in it."""
    values = [(p, v) for p, v in zip(series.periods, series.values, strict=True) if v is not None]
    name = series_name(series, lang)
    if limited and known(lang, key := f"signalen.could.{limit_of(series)}"):
        could = text(lang, key)
    elif reach.few or len(values) < 6:
        could = text(lang, "signalen.could.few")
    elif reach.size is None:
        could = text(lang, f"signalen.could.{_blind(series, [v for _, v in values])}")
    else:
        way = "up" if series.bad == "up" else "down"
        could = text(lang, f"signalen.could.{way}", pct=round(100 * reach.size))
    return {
        "name": name,
        "count": len(values),
        "from": in_words(values[0][0], series.frequency)[lang] if values else "",
        "to": in_words(values[-1][0], series.frequency)[lang] if values else "",
        "last": value_words(series, values[-1][1], lang) if values else "–",
        "could": could,
    }


def _blind(series: Series, values: list[float]) -> str:
    """Why no change that was tried would show."""
    mean = sum(values) / len(values)
    if max(values) - min(values) <= abs(mean) * EVEN:
        return "even" if mean else "nought"
    if series.kind != "count" or mean >= RARE:
        return "none"
    return "rare_quality" if kind_of(series, "up").id == "quality" else "rare"
