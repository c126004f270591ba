"""Three years of aid as a picture, wide and narrow, and the table that says the same."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from baken.law.deminimis import DeMinimisInput
from baken.law.deminimis.model import Aid
from baken.law.deminimis.room import Room
from baken.law.steps import plain
from baken.web import words
from baken.web.texts import text

Shown = dict[str, Any]
WIDTHS = (("wide", 640), ("narrow", 280))
"""The picture is drawn twice; a phone shows the narrow one."""
HIGH, AXIS = 190, 150
BEFORE = timedelta(days=240)
OLDEST = timedelta(days=1200)
MOST_AIDS = 60


def timeline(
    given: DeMinimisInput, answer: Room, lang: str, new: bool = False, whole: bool = True
) -> Shown | None:
    """The window of three years with every aid as a bar, and as a table; a new aid stands last.

    ``whole`` False: there is or can be aid that is not drawn.
    """
    if answer.window is None:
        return None
    start, end = answer.window
    aids = sorted(given.aids, key=lambda a: a.granted_on)[-MOST_AIDS:]
    members = set(answer.single_undertaking)
    bars: list[tuple[date, Decimal | None, str]] = []
    rows: list[Shown] = []
    for aid in aids:
        counted = start <= aid.granted_on <= end and (aid.to or given.undertaking) in members
        bars.append((aid.granted_on, aid.amount, "counted" if counted else "past"))
        rows.append(_row(len(rows) + 1, aid, counted, lang))
    if new and given.asked is not None:
        worth, says = answer.grant_equivalent, text(lang, "reckon.de_minimis.new_aid")
        bars.append((given.asked.granted_on, worth, "new"))
        amount = text(lang, "reckon.unknown") if worth is None else words.euro(lang, plain(worth))
        on = words.day(lang, given.asked.granted_on.isoformat())
        rows.append(
            {"no": len(rows) + 1, "name": says, "on": on, "amount": amount, "counted": says}
        )
    return {
        "pictures": [_picture(look, width, start, end, bars) for look, width in WIDTHS],
        "start": words.day(lang, start.isoformat()), "end": words.day(lang, end.isoformat()),
        "rows": rows,
        "whole": whole,
        "named": any(r["name"] not in ("", str(r["no"])) for r in rows[: len(aids)]),
    }  # fmt: skip


def _row(no: int, aid: Aid, counted: bool, lang: str) -> Shown:
    return {
        "no": no,
        "name": aid.id or "",
        "on": words.day(lang, aid.granted_on.isoformat()),
        "amount": words.euro(lang, plain(aid.amount)),
        "counted": text(lang, "reckon.yes" if counted else "reckon.no"),
    }


def _picture(
    look: str, width: int, start: date, end: date, bars: list[tuple[date, Decimal | None, str]]
) -> Shown:
    first = min([start, *(day for day, _, _ in bars)])
    first = max(first, start - OLDEST) - BEFORE / 4
    last = end + BEFORE / 2

    def x(day: date) -> int:
        return round(10 + (width - 20) * (day - first) / (last - first))

    largest = max((a for _, a, _ in bars if a is not None), default=Decimal(0)) or Decimal(1)
    marks = [
        _mark(no, kind, x(day), round(24 + 84 * float((amount or 0) / largest)))
        for no, (day, amount, kind) in enumerate(bars, 1)
        if day >= first
    ]
    ticks = [
        {"x": x(date(y, 1, 1)), "says": y, "fits": x(date(y, 1, 1)) + 40 <= width}
        for y in range(first.year, last.year + 1)
        if date(y, 1, 1) >= first
    ]
    return {
        "look": look, "width": width, "height": HIGH, "axis": AXIS, "labels": AXIS + 24,
        "from": x(start), "wide": max(2, x(end) - x(start)), "ticks": ticks, "marks": marks,
    }  # fmt: skip


def _mark(no: int, look: str, at: int, high: int) -> Shown:
    return {"no": no, "look": look, "x": at - 5, "cx": at, "y": AXIS - high, "h": high,
            "top": AXIS - high - 6}  # fmt: skip
