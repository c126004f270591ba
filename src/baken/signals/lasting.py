"""What stands though it is no news: a level that never recovered, a limit that stays crossed.

An alarm goes within six months, for then its level is the normal one. What it told of may still be
so, for years; and some figures are bad from the first one on, so that nothing ever changed in them.
Nothing may be called well while something of the kind stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from baken.signals.alarms import MOST_SIZE, Alarm, is_stale, size_pct
from baken.signals.amounts import amount, percent
from baken.signals.detect.limits import THIRD, crossings, is_limited, is_share
from baken.signals.kinds import Texts, joined, kind_of, say
from baken.signals.largest import year_share
from baken.signals.moving import still_moves
from baken.signals.names import names
from baken.signals.periods import in_words
from baken.signals.roles import role_of
from baken.signals.series import Series
from baken.signals.since_year import in_words as year_words
from baken.signals.since_year import since_year
from baken.signals.stories import follows
from baken.signals.verbs import verb
from baken.signals.watch import is_part

LAST = 3
HALF = 0.5
"""A change of which so large a part is still there lasts."""
SEASON = {"month": 12, "week": 52, "quarter": 4, "day": 7, "year": 1, "position": 1}
"""Values after which the same season comes again."""
YEAR = {"month": 12, "week": 52, "quarter": 4, "day": 365, "year": 1, "position": 12}
OLDEST, OLDEST_PART = 10, 2
"""Years (of rows that are only counted: twelves) after which a level is told of no more; of one
customer or article sooner, for they come and go."""
LEAST_SIZE, LEAST_OLD = 0.05, 0.1
"""A level that differs by less is no burden; of an alarm that went over a year ago, by less than
the second: by then chance alone often leaves as much."""
HUNDRED = 1.5
"""Shares above this are per cents."""


@dataclass(frozen=True)
class Lasting:
    """Something that stands: ``alarm`` is what told it, or, where figures were bad from the start,
    what is so; ``since`` when; ``size`` how much it differs now from what was before, as a share;
    ``value`` the last value."""

    alarm: Alarm
    series: Series
    says: Texts
    since: str
    size: float | None = None
    value: float | None = None
    since_year: bool = False
    """Whether it is only a large move since the year before, of which no chance is known."""
    moving: bool = False
    """Whether the level still moves the same way: it did not come to stand anywhere."""

    def as_json(self, lang: str = "nl") -> dict[str, Any]:
        """Plain values, with names of our own series in a language."""
        told = self.alarm
        return {
            "firm": told.firm, "series": names(self.series)[lang], "id": told.id, "kind": told.kind,
            "direction": told.way, "since": self.since, "detected_at": told.detected,
            "severity": told.severity, "value": self.value, "since_year": self.since_year,
            "size_pct": size_pct(self.size), "moving": self.moving,
            "says": dict(self.says), "check_first": dict(told.check), "needs": list(told.needs),
        }  # fmt: skip


def lasting(
    judged: Iterable[tuple[Series, Sequence[Alarm]]], as_of: date | None = None
) -> list[Lasting]:
    """Of each series without an alarm that stands: what is still so, if anything is. Figures that
    stopped long before ``as_of`` are told of as of then."""
    every = list(judged)
    firms: dict[tuple[str, str], dict[str, Series]] = {}
    for series, _ in every:
        firms.setdefault((series.firm, series.frequency), {})[series.id] = series
    keys = {(s.firm, s.id, s.frequency) for s, _ in every}
    found = []
    for series, alarms in every:
        if any(a.cleared is None for a in alarms) or follows(series, keys):
            continue
        one = stands(series, alarms, firms[series.firm, series.frequency], as_of)
        if one is not None:
            found.append(one)
    return found


def stands(
    series: Series, alarms: Sequence[Alarm], firm: Mapping[str, Series], as_of: date | None = None
) -> Lasting | None:
    """What is still so in a series: by its values alone, or by the newest alarm that lasts."""
    newest = sorted(alarms, key=lambda a: series.periods.index(a.detected), reverse=True)
    alarm = next((a for a in newest if lasts(a, series, firm)), None)
    value = next((v for v in reversed(series.values) if v is not None), None)
    named, size, moving = names(series), None, False
    shares = shares_of(series, firm)
    state = _state(series, shares)
    if state is not None:
        code, since = state
        alarm = alarm or _as_alarm(series, "up" if code == "lasts_share" else "down", since)
    elif (alarm is None or value is None) and (moved := since_year(series)) is not None:
        alarm = _as_alarm(series, "down" if moved < 0 else "up", series.periods[-1])
        said = _then(series, year_words(series, moved), as_of)
        return Lasting(alarm, series, said, series.periods[-1], moved, value, since_year=True)
    elif alarm is None or value is None:
        return None
    elif is_limited(series, firm):
        code, since = "lasts_cash", alarm.since
    else:
        size, since = still(alarm, series), alarm.since
        unsaid = size is None or not -1 <= size < MOST_SIZE
        moving = size is not None and _moves(series, since, size)
        code = f"{'moves' if moving else 'lasts'}_{alarm.way}" + ("_plain" if unsaid else "")
    shown = amount(value or 0.0, series.unit or ("EUR" if series.kind == "money" else ""))
    if code == "lasts_share":
        shown = percent(next((s for s in reversed(shares) if s is not None), 0.0))
    said = say(
        code, name=named, since=in_words(since, series.frequency), value=shown,
        pct=percent(size or 0), verb=verb(named, "lasts" if size is not None else "is"),
        moves=verb(named, alarm.way), now=verb(named, "is"),
    )  # fmt: skip
    return Lasting(alarm, series, _then(series, said, as_of), since, size, value, moving=moving)


def _moves(series: Series, since: str, size: float) -> bool:
    """Whether a level that lasts still moves the same way."""
    season, year = SEASON[series.frequency], YEAR[series.frequency]
    return still_moves(series.values, series.periods.index(since), size, season, year)


def _then(series: Series, said: Texts, as_of: date | None) -> Texts:
    """What is said, of figures that stopped long before as of then."""
    if as_of is None or not is_stale(series, as_of):
        return said
    return joined([say("stale", until=in_words(series.periods[-1], series.frequency)), said])


def lasts(alarm: Alarm, series: Series, firm: Mapping[str, Series]) -> bool:
    """Whether an alarm that cleared is about something that is still so.

    ``firm`` holds the firm's series of the same frequency, by id. A level is told of for ten years;
    a limit as long as it is crossed.
    """
    if alarm.cleared is None:
        return False
    if is_limited(series, firm):
        return bool(crossings(series, firm)) and _over_limit(series, firm)
    if alarm.way not in ("down", "up") or alarm.kind == "data_gap":
        return False
    size = still(alarm, series)
    old = len(series.periods) - series.periods.index(alarm.cleared) > YEAR[series.frequency]
    if old and series.bad == "both" and alarm.way == "up" and alarm.kind == "other":
        return False  # nobody said that more of it is bad
    return size is not None and abs(size) >= (LEAST_OLD if old else LEAST_SIZE)


def still(alarm: Alarm, series: Series) -> float | None:
    """How much the last values differ from those before an alarm, as a share; None where less than
    half of what it told of is left, lately or over the last year.

    Values are held beside the same season before the change, where there is one, else beside the
    mean of what there was.
    """
    since, detected = (series.periods.index(p) for p in (alarm.since, alarm.detected))
    end, year = len(series.values), YEAR[series.frequency]
    if not since or end - since > year * (OLDEST_PART if is_part(series) else OLDEST):
        return None
    told = alarm.size
    if told is None:
        told = _beside(series, since, detected + 1, since)
    late = _beside(series, end - LAST, end, since)
    long = _beside(series, end - year, end, since) if end - year >= since else late
    if not told or late is None or long is None:
        return None
    return late if min(late / told, long / told) >= HALF else None


def _beside(series: Series, start: int, end: int, since: int) -> float | None:
    """The values of some rows beside those of their season before ``since``, as a share of them."""
    season = SEASON[series.frequency]
    known = [v for v in series.values[max(0, since - season) : since] if v is not None]
    if not known:
        return None
    was, now = [], []
    for at in range(max(start, since), end):
        before = at - season * -(-(at - since + 1) // season)
        then = series.values[before] if before >= 0 else None
        here = series.values[at]
        if here is not None:
            was.append(sum(known) / len(known) if then is None else then)
            now.append(here)
    total = sum(was)
    return (sum(now) - total) / abs(total) if total else None


def _over_limit(series: Series, firm: Mapping[str, Series]) -> bool:
    """Whether the last value is over the limit, of those that are told as a state."""
    value = next((v for v in reversed(series.values) if v is not None), None)
    if value is None:
        return False
    if series.id == "share_largest":
        return value > THIRD
    out = firm.get("money-out" + series.id.removeprefix("cash"))
    spent = [v for v in out.values[-6:] if v is not None] if out is not None else []
    return series.id.startswith("cash") and bool(spent) and value < sum(spent) / len(spent)


def shares_of(series: Series, firm: Mapping[str, Series]) -> Sequence[float | None]:
    """The share of the largest customer, from 0 to 1, where a series is that: over a year where
    that follows from sales beside it. Empty of any other series."""
    if role_of(series) != "share_largest":
        return ()
    if is_share(series, firm):
        over_year = year_share(series, firm)
        if any(s is not None for s in over_year):
            return over_year
    whole = 100.0 if max((v for v in series.values if v is not None), default=0) > HUNDRED else 1.0
    return [None if v is None else v / whole for v in series.values]


def _state(series: Series, shares: Sequence[float | None]) -> tuple[str, str] | None:
    """What is so in a series whatever changed in it: the sentence, and since when without a
    break, for three values or more; a share that people gave by the month for twelve."""
    code, least = "lasts_below", LAST
    over = [None if v is None else v < 0 for v in series.values]
    if shares:
        code, least = "lasts_share", LAST if series.id == "share_largest" else SEASON["month"]
        over = [None if s is None else s > THIRD for s in shares]
    elif series.bad != "down" and kind_of(series, "down").id != "cash_low":
        return None
    run = 0
    since = ""
    for period, is_over in zip(reversed(series.periods), reversed(over), strict=True):
        if is_over is False:
            break
        if is_over:
            run, since = run + 1, period
    return (code, since) if run >= least else None


def _as_alarm(series: Series, way: str, since: str) -> Alarm:
    """What is so from the first value on, or came too slowly to be told, as an alarm would be."""
    kind = kind_of(series, way)
    return Alarm(
        series.firm, series.name or series.id, kind.id, since, (since, since), since, since,
        "amber", None, 0.0, {}, kind.check, kind.needs, way=way, id=series.id,
    )  # fmt: skip
