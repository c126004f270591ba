"""Whether the calendar explains a fall: fewer days open, or a leave or Easter that moved."""

from __future__ import annotations

from dataclasses import replace
from math import log

from baken.signals.detect.calendar import days_of
from baken.signals.read.rhythm import period_in
from baken.signals.series import Series
from baken.signals.spans import Spans

HALF, MOST = 0.5, 0.7
"""What part of a fall days must explain; more where they are only those of the calendar, which the
detector has taken off already."""
PAIRS = {3: 4, 7: 8, 12: 1}
"""Months between which Easter, the summer's leave and the turn of the year move."""
SAME = 0.35
"""Two months together, or one month beside the other of a year ago, differ by at most so much of
the fall (in logarithm) when only days moved between them."""
STILL = 0.93
CLEAR = 0.1
"""A smaller fall of a month is not put down to leave."""


def by_days(spans: Spans, sales: Series, open_days: Series | None) -> bool:
    """Whether days explain at least half of a fall of sales."""
    if open_days is not None and (_open(spans, sales, open_days) or _open_last(
        spans, sales, open_days
    )):  # fmt: skip
        return True
    if sales.frequency != "month":
        return False
    return _working_days(spans, sales) or _moved(spans, sales)


def _open(spans: Spans, sales: Series, open_days: Series) -> bool:
    """Whether there were fewer days open since the change, by half of the fall or more."""
    fall, days = spans.move(sales), spans.move(open_days)
    return fall is not None and days is not None and days <= HALF * fall < 0


def _open_last(spans: Spans, sales: Series, open_days: Series) -> bool:
    """The same of the last period alone, where the ones before it did not fall with it."""
    earlier, last = (replace(spans, since=s) for s in (spans.since[:-1], spans.since[-1:]))
    fall, before = last.move(sales), earlier.move(sales)
    stayed = before is None or fall is None or before > HALF * fall
    return stayed and _open(last, sales, open_days)


def _places(sales: Series) -> dict[tuple[int, int], float]:
    """Known values by year and month."""
    found = {}
    for text, value in zip(sales.periods, sales.values, strict=True):
        period = period_in(text, "month")
        if period is not None and value is not None and value > 0:
            found[(period.order - 1) // 12, (period.order - 1) % 12 + 1] = value
    return found


def _since(spans: Spans) -> list[tuple[int, int]]:
    orders = [p.order for t in spans.since if (p := period_in(t, "month")) is not None]
    return [((o - 1) // 12, (o - 1) % 12 + 1) for o in orders]


def _working_days(spans: Spans, sales: Series) -> bool:
    """Whether there were fewer working days than in the same months of the year before, and the
    sales of a working day are what they were."""
    values, since = _places(sales), _since(spans)
    pairs = [(m, (m[0] - 1, m[1])) for m in since if (m[0] - 1, m[1]) in values and m in values]
    if not pairs or len(pairs) < len(since):
        return False
    fall = log(sum(values[m] for m, _ in pairs) / sum(values[b] for _, b in pairs))
    days = log(sum(days_of(*m)[0] for m, _ in pairs) / sum(days_of(*b)[0] for _, b in pairs))
    return days < 0 and days <= MOST * fall


def _moved(spans: Spans, sales: Series) -> bool:
    """Whether a month lost what its neighbour won: the leave was taken in the other one."""
    values, since = _places(sales), _since(spans)
    if not since or not _others_stayed(values, since):
        return False
    year, month = since[-1]
    for early, late in PAIRS.items():
        if month not in (early, late):
            continue
        turn = 1 if late < early else 0
        start = year if month == early else year - turn
        here, there = (start, early), (start + turn, late)
        then = [(y - 1, m) for y, m in (here, there)]
        if not all(m in values for m in (*then, (year, month))):
            return False
        old = dict(zip((early, late), (values[m] for m in then), strict=True))
        fall = log(values[year, month] / old[month])
        other = late if month == early else early
        if fall > -CLEAR:
            return False
        if month == late and here in values:
            both = log((values[here] + values[there]) / sum(old.values()))
            return abs(both) <= SAME * -fall and values[here] > old[early]
        return abs(log(values[year, month] / old[other])) <= SAME * -fall
    return False


def _others_stayed(values: dict[tuple[int, int], float], since: list[tuple[int, int]]) -> bool:
    """Whether the months before the last one are what they were a year before."""
    pairs = [(m, (m[0] - 1, m[1])) for m in since[:-1]]
    pairs = [(now, was) for now, was in pairs if now in values and was in values]
    return not pairs or sum(values[n] for n, _ in pairs) >= STILL * sum(values[w] for _, w in pairs)
