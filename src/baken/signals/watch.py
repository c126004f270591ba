"""All series of all firms judged: changes looking back, alarms as they came, facts for match."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from baken.signals.alarms import AMBER_KINDS, Alarm, alarm_of, explain, light_alarms, limit_alarm
from baken.signals.aside import as_json
from baken.signals.asks import facts_of
from baken.signals.away import has_left
from baken.signals.cause import (
    STAYED_AWAY,
    away_cause,
    cause_for,
    cost_cause,
    explained,
    spread_cause,
)
from baken.signals.detect.limits import below_nought, crossings, is_limited
from baken.signals.detect.prepare import YEAR, Prepared, prepare
from baken.signals.detect.scan import scan
from baken.signals.detect.segments import changes
from baken.signals.detect.thresholds import PER_SERIES, thresholds
from baken.signals.explained import explained as explained_months
from baken.signals.gaps import gap_alarms, told_by
from baken.signals.kinds import LANGS, is_balance
from baken.signals.missing import missing, rests_on_missing
from baken.signals.names import names
from baken.signals.periods import last_day
from baken.signals.roles import LARGEST, by_role, role_of
from baken.signals.series import Rejected, Series
from baken.signals.sizes import is_nothing
from baken.signals.spans import first

PER_FIRM = 0.15
"""False alarms a firm and year that all its series together may give: far below the 0.25 that is
promised, since series are not quite independent."""
SALES_COUNT = 3
"""Of what a firm may give, its sales may give as much as so many other series: they are what it
lives on, and their fall is seldom told too soon."""
KEY_SHARE, KEY_RATE, AWAY = 0.15, 0.02, -0.8
"""A customer with so large a share of a year's sales is watched for staying away, at so many false
alarms a year: in sales that swing, the loss of one that makes a fifth is seen late or never."""
LARGEST_RATE = 0.01
"""The same of the largest customer, where only his share of sales is known."""
MONTHS = 12.0
"""Thresholds are calibrated on months: a week may give so much less of the year's false alarms."""
SEASONS: dict[str, int | None] = {"month": 12, "quarter": 4, "day": 7, "week": 52, "position": None}
"""Steps in a year (of days: in a week); None where rows are only counted."""
ABSURD = 20.0
"""A level that became more than so many times another, or changed sign, has no plain percentage."""


@dataclass
class Judged:
    """A series with what was found in it."""

    series: Series
    changes: list[dict[str, Any]]
    alarms: list[Alarm]
    explained: list[dict[str, Any]] = field(default_factory=list)
    """Months that stood out for a reason that passes, and raised no alarm."""
    lights: list[Alarm] = field(default_factory=list)
    """Alarms that stand by themselves about this series."""

    def as_json(self, lang: str = "nl") -> dict[str, Any]:
        """Plain values, with the names of our own series in a language."""
        s = self.series
        known = [p for p, v in zip(s.periods, s.values, strict=True) if v is not None]
        return {
            "firm": s.firm,
            "name": names(s)[lang],
            "id": s.id,
            "unit": s.unit,
            "bad": s.bad,
            "n": len(s.values),
            "from": known[0] if known else None,
            "to": known[-1] if known else None,
            "missing": missing(s),
            "changes": self.changes,
            "alarms": [a.as_json(lang) for a in (*self.alarms, *self.lights)],
            "explained": self.explained,
        }


@dataclass
class Watch:
    """The answer of ``baken watch``; its shape is in ``as_json``."""

    judged: list[Judged]
    rejected: Sequence[Rejected] = ()
    facts: dict[str, dict[str, Any]] = field(default_factory=dict)
    lights: list[Alarm] = field(default_factory=list)
    """Alarms that stand by themselves: arrears in the annual accounts."""

    @property
    def alarms(self) -> list[Alarm]:
        """All alarms: those that stand first, red before amber and swings last, then by when they
        were seen, the newest first."""
        found = [*self.lights, *(a for j in self.judged for a in j.alarms)]
        found.sort(key=lambda a: a.detected, reverse=True)
        return sorted(found, key=_rank)

    def until(self, other: date) -> date:
        """The last day of the last period that was judged; ``other`` where none is of a
        calendar."""
        ends = []
        for one in (j.series for j in self.judged):
            known = (i for i in range(len(one.values) - 1, -1, -1) if one.values[i] is not None)
            last = next(known, None)
            ends.append(None if last is None else last_day(one.periods[last], one.frequency))
        return max((end for end in ends if end is not None), default=other)

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {"series": [j.as_json() for j in self.judged], **self.merged()}

    def merged(self) -> dict[str, Any]:
        """Plain values of what is told over all series."""
        return {
            "alarms": [a.as_json() for a in self.alarms],
            "rejected": [as_json(r) for r in self.rejected if not r.note],
            "notes": [as_json(r) for r in self.rejected if r.note],
            "facts": self.facts,
        }


def _rank(alarm: Alarm) -> tuple[bool, bool, bool]:
    return (alarm.cleared is not None, alarm.severity != "red", alarm.kind in AMBER_KINDS)


def watch(
    series: Iterable[Series],
    rejected: Sequence[Rejected] = (),
    *,
    false_alarms: float = PER_SERIES,
    per_firm: bool = False,
    look_back: bool = True,
    lights: Sequence[Mapping[str, Any]] = (),
    as_of: date | None = None,
    replay: bool = False,
) -> Watch:
    """Judge series, each firm apart.

    ``false_alarms`` is how many of them a series (or with ``per_firm`` a firm) may give in a year
    though nothing is wrong. Figures that stopped long before ``as_of`` are told of in the past;
    with ``replay`` each alarm is told as when it came.
    """
    all_series = list(series)
    ready = [prepare(s) for s in all_series]
    beside: dict[tuple[str, str], dict[str, Series]] = {}
    for one in all_series:
        beside.setdefault((one.firm, one.frequency), {})[one.id] = one
    limited = [is_limited(s, beside[s.firm, s.frequency]) for s in all_series]
    watched: Counter[str] = Counter()
    for one, by_limit in zip(all_series, limited, strict=True):
        if not by_limit and not is_part(one):
            watched[one.firm] += _weight(one)
    rates = [
        0.0 if by_limit or p is None
        else _rate(s, watched, false_alarms, per_firm) * MONTHS / p.pattern.year
        for s, p, by_limit in zip(all_series, ready, limited, strict=True)
    ]  # fmt: skip
    alarms: list[list[Alarm]] = [[] for _ in all_series]
    for rate in sorted({r for r in rates if r > 0}):
        at = [i for i, r in enumerate(rates) if r == rate and ready[i] is not None]
        items = [p for i in at if (p := ready[i]) is not None]
        for i, item, found in zip(at, items, scan(items, thresholds(rate)), strict=True):
            alarms[i] = [
                alarm_of(all_series[i], item, f, as_of, replay)
                for f in found
                if not is_nothing(item, f)
            ]
    then = None if replay else as_of
    for i, one in enumerate(all_series):
        mine = beside[one.firm, one.frequency]
        if limited[i]:
            alarms[i] = [limit_alarm(one, c, then) for c in crossings(one, mine)]
        elif one.id == LARGEST or (per_firm and is_part(one)):
            whole = first(by_role(mine).get("sales"))
            away = has_left if one.id == LARGEST else stays_away
            alarms[i] = [a for a in alarms[i] if whole is not None and away(a, one, whole)]
            for alarm in alarms[i]:
                explain(alarm, away_cause(alarm.since, alarm.detected, one, mine))
        else:
            _explain(alarms[i], one, mine)
            if is_balance(one):
                alarms[i] += [limit_alarm(one, c, then) for c in below_nought(one)]
    _fill_gaps(all_series, beside, alarms)
    together(alarms)
    judged = [
        Judged(s, told(s, p), a, explained_months(s, beside[s.firm, s.frequency], a))
        if look_back and p is not None
        else Judged(s, [], a)
        for s, p, a in zip(all_series, ready, alarms, strict=True)
    ]
    answer = Watch(judged, rejected, lights=light_alarms(lights))
    for each in judged:
        about = (each.series.firm, each.series.id)
        each.lights = [a for a in answer.lights if (a.firm, a.id) == about]
    firms = dict.fromkeys([*(s.firm for s in all_series), *(a.firm for a in answer.lights)])
    of_firm: dict[str, list[Alarm]] = {}
    for alarm in answer.alarms:
        of_firm.setdefault(alarm.firm, []).append(alarm)
    answer.facts = {firm: facts_of(of_firm.get(firm, ()), firm) for firm in firms}
    return answer


def _fill_gaps(
    series: Sequence[Series],
    beside: Mapping[tuple[str, str], Mapping[str, Series]],
    alarms: Sequence[list[Alarm]],
) -> None:
    """Tell of months without invoices; and of each alarm that begins in one, or rests on periods
    that are missing, what it may be."""
    gaps = {where: gap_alarms(mine) for where, mine in beside.items()}
    for one, mine in zip(series, alarms, strict=True):
        holes = gaps[one.firm, one.frequency]
        for alarm in mine:
            if told_by(alarm, holes) or rests_on_missing(alarm, one):
                explain(alarm, "data_gap")
        mine += [hole for hole in holes if hole.id == one.id]


def _explain(alarms: Sequence[Alarm], one: Series, mine: Mapping[str, Series]) -> None:
    """Tell the cause with each alarm of a series, where the firm's figures tell it."""
    for alarm in alarms:
        question = explained(one, alarm.way)
        if question == "sales":
            explain(alarm, cause_for(alarm.since, alarm.detected, one, mine))
        elif question == "spread":
            explain(alarm, spread_cause(alarm.since, alarm.detected, one, mine))
        elif question == "costs":
            explain(alarm, cost_cause(alarm.since, alarm.detected, one, mine))
        elif is_part(one) and "sales" in mine and stays_away(alarm, one, mine["sales"]):
            explain(alarm, "customer_gone")


def together(alarms: Sequence[Sequence[Alarm]]) -> None:
    """Note with each alarm what else of the firm had moved at about the same time when it came:
    what was seen later is not told with it, so that the past is not rewritten."""
    firms: dict[str, list[Alarm]] = {}
    for alarm in (a for some in alarms for a in some):
        firms.setdefault(alarm.firm, []).append(alarm)
    for mine in firms.values():
        for one in mine:
            one.moved_with = [
                other.named or dict.fromkeys(LANGS, other.series)
                for other in mine
                if other.series != one.series
                and other.detected <= one.detected
                and other.interval[0] <= one.interval[1]
                and one.interval[0] <= other.interval[1]
            ]


def _rate(series: Series, watched: Mapping[str, int], rate: float, per_firm: bool) -> float:
    """What one series may give: its part of what the firm may."""
    if series.id.startswith("sold."):
        return 0.0
    if series.id == LARGEST:
        return LARGEST_RATE
    if not per_firm:
        return rate
    if is_part(series):
        return KEY_RATE if series.id.startswith("sales.") else 0.0
    return rate * _weight(series) / max(1, watched.get(series.firm, 0))


def _weight(series: Series) -> int:
    return SALES_COUNT if role_of(series) == "sales" else 1


def stays_away(alarm: Alarm, customer: Series, sales: Series) -> bool:
    """Whether an alarm is about a customer that mattered and buys next to nothing any more, also
    beside a year without its largest month: after one giant order it is back to what was usual."""
    if alarm.size is None or alarm.size > AWAY or customer.periods != sales.periods:
        return False
    at = customer.periods.index(alarm.since)
    year = slice(max(0, at - 12), at)
    rest = sorted(v or 0.0 for v in customer.values[year])[:-1]
    now = [v or 0.0 for v in customer.values[at : customer.periods.index(alarm.detected) + 1]]
    if not rest or sum(now) / len(now) > STAYED_AWAY * sum(rest) / len(rest):
        return False
    own, all_ = (sum(v or 0.0 for v in s.values[year]) for s in (customer, sales))
    return own >= KEY_SHARE * all_ > 0


def is_part(series: Series) -> bool:
    """Whether a series is one customer's or one article's: it explains, and is not watched, but
    for a customer that matters and stays away."""
    return series.id.startswith(("sales.", "price.", "sold."))


def told(series: Series, ready: Prepared) -> list[dict[str, Any]]:
    """The changes of a series, looking back; ``index`` counts its rows as given from 0."""
    raw = np.array([series.values[i] for i in ready.rows], dtype=float)
    found = changes(raw, SEASONS.get(series.frequency, 0), ready.pattern.steps)
    ends = [0, *(c.at for c in found), len(raw)]
    out = []
    for i, change in enumerate(found):
        row = ready.rows[change.at]
        if change.kind == "spread":
            size: float | None = float(np.expm1(change.size))
        else:
            before = raw[max(ends[i], change.at - 12) : change.at]
            after = raw[change.at : min(ends[i + 2], change.at + 12)]
            size = _share(float(np.median(before)), float(np.median(after)))
        out.append(
            {
                "index": series.row(row),
                "at": series.periods[row],
                "kind": change.kind,
                "size_pct": None if size is None else round(100 * size, 1),
                "confidence": round(change.sure, 3),
            }
        )
    return out


def _share(was: float, now: float) -> float | None:
    """A change of level as a share of what was; None when what was is next to nothing."""
    if was * now < 0 or abs(now) >= ABSURD * abs(was):
        return None
    return (now - was) / abs(was)


__all__ = ["PER_FIRM", "PER_SERIES", "YEAR", "Judged", "Watch", "watch"]
