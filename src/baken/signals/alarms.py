"""From what the detectors found to an alarm that an owner can read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from baken.signals.amounts import amount, percent
from baken.signals.detect.limits import Crossing
from baken.signals.detect.prepare import Prepared
from baken.signals.detect.scan import Found
from baken.signals.detect.thresholds import rate_of
from baken.signals.kinds import AlarmKind, Texts, joined, kind_of, kinds, say
from baken.signals.names import names
from baken.signals.periods import in_words, last_day
from baken.signals.roles import role_of
from baken.signals.series import Series
from baken.signals.sizes import size_at, size_then
from baken.signals.verbs import verb

RED_RATE = 0.01
"""Rarer than so many healthy series a year, and large: red."""
RED_SIZE = 0.3
BIT = 0.02
"""A smaller step is "a bit"."""
MOST_SIZE = 10.0
"""From ten times as much on a percentage tells nobody anything: the figures do."""
STALE, STALE_DAYS = 3, 92
RED_KINDS, AMBER_KINDS = frozenset({"debts_overdue", "bell"}), frozenset({"spread"})
"""Red by themselves; and never red: swings may cost nothing, and are told below what does."""


LIGHTS: Mapping[str, Mapping[str, str]] = {
    "overdue-tax": {"nl": "belastingen", "en": "taxes", "fr": "impôts"},
    "overdue-social-security": {"nl": "RSZ", "en": "social security", "fr": "ONSS"},
}


@dataclass
class Alarm:
    """One alarm on one series, as JSON by ``as_json``. ``size`` is a share (-0.18); ``rate`` how
    many healthy series give as much in a year; texts, and names in ``named`` and ``moved_with``,
    are in nl, en, fr."""

    firm: str
    series: str
    kind: str
    since: str
    interval: tuple[str, str]
    detected: str
    cleared: str | None
    severity: str
    size: float | None
    rate: float
    says: Mapping[str, str]
    check: Mapping[str, str]
    needs: tuple[str, ...]
    evidence: list[dict[str, Any]] = field(default_factory=list)
    cause: str | None = None
    way: str = "down"
    moved_with: list[Texts] = field(default_factory=list)
    id: str = ""
    named: Texts = field(default_factory=dict)

    def as_json(self, lang: str = "nl") -> dict[str, Any]:
        """Plain values, with names of series in a language."""
        return {
            "firm": self.firm,
            "series": self.named.get(lang, self.series),
            "id": self.id,
            "kind": self.kind,
            "direction": self.way,
            "since": self.since,
            "since_interval": list(self.interval),
            "detected_at": self.detected,
            "cleared_at": self.cleared,
            "severity": self.severity,
            "size_pct": size_pct(self.size),
            "chance_rate": round(100 * (1 - float(np.exp(-self.rate))), 1),
            "cause": self.cause,
            "moved_with": [one[lang] for one in self.moved_with],
            "says": dict(self.says),
            "evidence": self.evidence,
            "check_first": dict(self.check),
            "needs": list(self.needs),
        }


def size_pct(size: float | None) -> float | None:
    """A size in per cent; None where the level before was next to nothing beside it."""
    return None if size is None or abs(size) >= MOST_SIZE else round(100 * size, 1)


def alarm_of(
    series: Series, ready: Prepared, found: Found, as_of: date | None = None, replay: bool = False
) -> Alarm:
    """An alarm in words; of figures that stopped long before ``as_of`` in words of then.

    One that stands tells how much it is by now; with ``replay`` each is told as when it came.
    """
    rows = ready.rows
    last = len(rows) - 1
    size, until = size_then(ready, found), found.detected
    if found.cleared is None and not replay and (now := size_at(ready, found, last)) is not None:
        size, until = now, last
    way = "wider" if found.wider else "down" if found.size < 0 else "up"
    kind = kind_of(series, way)
    how = "spread" if found.wider else ready.how
    rate = rate_of(how, found.detected + 1, found.evidence) * ready.pattern.year / 12

    def at(place: int) -> str:
        return series.periods[rows[min(max(place, 0), len(rows) - 1)]]

    since = at(found.since)
    shape = "slide" if found.slide else "step"
    code = "wider" if found.wider else f"{shape}_{way}"
    unsaid = size is None or abs(size) >= MOST_SIZE
    if not found.wider and size is not None and abs(size) < BIT and not found.slide:
        code += "_bit"
    code += "_plain" if unsaid and not found.wider else ""
    name = series.name or series.id
    past = as_of is not None and not replay and is_past(series, as_of)
    named = names(series)
    told = [say(code, name=named, since=in_words(since, series.frequency), pct=_whole(size),
                verb=verb(named, way, past)), chance(rate)]  # fmt: skip
    if until < last and not (replay or unsaid or found.wider):
        told.insert(1, say("of_month", seen=in_words(at(until), series.frequency)))
    if past:
        told.insert(0, say("stale", until=in_words(series.periods[-1], series.frequency)))
    return Alarm(
        series.firm, name, kind.id, since, (at(found.first), at(found.last)), at(found.detected),
        None if found.cleared is None else at(found.cleared), _severity(kind, size, rate),
        size, rate, joined(told), kind.check, kind.needs,
        _figures(series, ready, found.since, until), way=way, id=series.id, named=named,
    )  # fmt: skip


def is_stale(series: Series, as_of: date) -> bool:
    """Whether figures stopped so long ago that they say nothing of now: three periods, and a
    quarter of a year."""
    ends = [last_day(p, series.frequency) for p in series.periods[-2:]]
    if len(ends) < 2 or ends[0] is None or ends[1] is None:
        return False
    return (as_of - ends[1]).days > max(STALE * (ends[1] - ends[0]).days, STALE_DAYS)


def is_past(series: Series, as_of: date) -> bool:
    """Whether figures are told as of then: they stopped long ago, or their year is closed."""
    ended = last_day(series.periods[-1], series.frequency) if series.periods else None
    closed = series.frequency == "year" and ended is not None and ended < as_of
    return closed or is_stale(series, as_of)


def light_alarms(lights: Sequence[Mapping[str, Any]]) -> list[Alarm]:
    """Arrears in annual accounts: those of several years are told once, by the newest."""
    newest: dict[tuple[str, str], Mapping[str, Any]] = {}
    for light in lights:
        key = (str(light["firm"]), str(light["kind"]))
        if key not in newest or str(light["at"]) > str(newest[key]["at"]):
            newest[key] = light
    return [light_alarm(x) for x in newest.values()]


def light_alarm(light: Mapping[str, Any]) -> Alarm:
    """Arrears with tax or social security in the annual accounts: red by themselves."""
    kind = next(k for k in kinds() if k.id == "debts_overdue")
    value = amount(float(light["amount"]))
    named = names(Series(str(light["kind"]), (), ()))
    row = {"period": light["at"], "value": light["amount"], "year_before": light["before"]}
    return Alarm(
        str(light["firm"]), str(light["kind"]), kind.id, str(light["at"]),
        (str(light["at"]), str(light["at"])), str(light["at"]), None, "red", None, 0.0,
        say("light", value=value, year=str(light["at"])[:4], name=LIGHTS[str(light["kind"])]),
        kind.check,
        kind.needs, [row], way="up", id=str(light["kind"]), named=named,
    )  # fmt: skip


def limit_alarm(series: Series, crossed: Crossing, as_of: date | None = None) -> Alarm:
    """A limit that was crossed: no chance is told, for it is no test. Figures that stopped long
    before ``as_of`` are told of as of then."""
    row = crossed.since
    at, seen = series.periods[row], series.periods[max(row, crossed.seen)]
    code, way, value = _limit(series, crossed)
    kind = kind_of(series, way)
    named = names(series)
    past = as_of is not None and is_past(series, as_of)
    told = f"{code}_then" if past and code != "limit_bell" else code
    said = say(told, name=named, value=value, since=in_words(at, series.frequency))
    if past and code != "limit_bell":
        said = joined([say("stale", until=in_words(series.periods[-1], series.frequency)), said])
    severity = "red" if code == "limit_bell" or crossed.urgent else "amber"
    cleared = None if crossed.cleared is None else series.periods[crossed.cleared]
    size = crossed.value if code == "limit_price" else None
    figures = [{"period": at, "value": series.values[row]}]
    return Alarm(series.firm, series.name or series.id, kind.id, at, (at, at), seen, cleared,
                 severity, size, 0.0, said, kind.check, kind.needs, figures, way=way,
                 id=series.id, named=named)  # fmt: skip


def _limit(series: Series, crossed: Crossing) -> tuple[str, str, Texts]:
    """Of a limit: the sentence, which way it went, and its value in words."""
    if series.id.startswith("price."):
        return "limit_price", "up", percent(crossed.value)
    if series.kind == "share" or role_of(series) == "share_largest":
        return "limit", "up", percent(crossed.value)
    code = "limit_below" if crossed.value < 0 else "limit_week" if crossed.urgent else "limit_cash"
    code = "limit_bell" if series.id == "equity" else code
    return code, "down", amount(crossed.value, series.unit or "EUR")


def explain(alarm: Alarm, cause: str | None) -> None:
    """Tell the cause with the alarm, where there is one, and look there first."""
    if cause is not None and alarm.cause is None:
        alarm.cause = cause
        alarm.says = joined([alarm.says, say(f"cause.{cause}")])
        alarm.check = say(f"check.{cause}")


def chance(rate: float) -> dict[str, str]:
    """How often a healthy firm gets such a message, with one denominator everywhere."""
    hundred = 100 * (1 - float(np.exp(-rate)))
    if hundred < 1:
        return say("chance_less")
    count = round(hundred)
    return say("chance_one") if count == 1 else say("chance", n=count)


def _whole(size: float | None) -> str:
    return "?" if size is None else f"{abs(100 * size):.0f}"


def _severity(kind: AlarmKind, size: float | None, rate: float) -> str:
    if kind.id in RED_KINDS:
        return "red"
    if kind.id in AMBER_KINDS:
        return "amber"
    return "red" if rate <= RED_RATE and size is not None and abs(size) >= RED_SIZE else "amber"


def _figures(series: Series, ready: Prepared, since: int, until: int) -> list[dict[str, Any]]:
    """The figures that show it: since the change, and the same periods a year before."""
    rows = ready.rows
    year = round(ready.pattern.year)
    out = []
    for i in range(since, until + 1):
        row: dict[str, Any] = {
            "period": series.periods[rows[i]], "value": series.values[rows[i]]
        }  # fmt: skip
        before = ready.pattern.steps[i] - year
        if before in ready.pattern.steps:
            row["year_before"] = series.values[rows[ready.pattern.steps.index(before)]]
        out.append(row)
    return out[-24:]
