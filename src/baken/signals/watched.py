"""What was watched, and what could have been seen in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from baken.signals.detect.limits import is_limited, limit_of
from baken.signals.detect.online import FEWEST
from baken.signals.kinds import Texts, say
from baken.signals.names import names
from baken.signals.reach import Reach, in_words, reach
from baken.signals.series import Series
from baken.signals.since_year import is_compared
from baken.signals.stories import follows
from baken.signals.watch import Judged, is_part

WORK, MOST, LONGEST = 150_000, 40, 240
"""So many series are worked out, shortest first, as long as the squares of their lengths make no
more: forty of five years, about a second; none that is longer than the last."""
UNTOLD = ("sold.", "share_five")
"""They explain, and give no alarm."""
State = Literal["alarm", "lasting", "quiet"]


@dataclass(frozen=True)
class Watched:
    """A series that was judged: ``by`` its change or by a limit; ``state`` tells whether an alarm
    stands, something lasts, or all is quiet; ``reach`` what could have been seen, where that was
    worked out."""

    series: Series
    by: Literal["change", "limit"]
    state: State
    reach: Reach | None = None

    @property
    def says(self) -> Texts:
        """In a sentence what would show."""
        if is_compared(self.series) and self.by == "change":
            return say("could.year", name=names(self.series))
        if self.reach is not None:
            return in_words(self.series, self.reach)
        if self.by == "limit":
            return say(f"could.{limit_of(self.series)}", name=names(self.series))
        known = sum(1 for v in self.series.values if v is not None)
        return say("could.watched", name=names(self.series), n=known)

    @property
    def unknown(self) -> bool:
        """Whether it has too few figures to say that it is quiet."""
        return self.by == "change" and self.state == "quiet" and is_few(self.series)

    def as_json(self, lang: str = "nl") -> dict[str, Any]:
        """Plain values, with names of our own series in a language."""
        one = self.series
        known = [p for p, v in zip(one.periods, one.values, strict=True) if v is not None]
        size = self.reach.size if self.reach else None
        return {
            "firm": one.firm, "series": names(one)[lang], "id": one.id, "n": len(known),
            "from": known[0] if known else None, "to": known[-1] if known else None,
            "by": self.by, "state": "unknown" if self.unknown else self.state,
            "shows_pct": None if size is None or size > 1 else round(100 * size),
            "says": dict(self.says),
        }  # fmt: skip


def nothing_to_see(judged: Sequence[Judged]) -> bool:
    """Whether nothing can be said of any series yet, for each has too few figures: then it is not
    known that all is quiet."""
    told = [j.series for j in judged if not j.series.id.startswith(UNTOLD)]
    return bool(told) and len(_unknown(told)) == len(told)


def too_few(judged: Sequence[Judged]) -> list[Series]:
    """The series of the firm itself, none of one customer or article, of which nothing can be said
    yet."""
    told = [j.series for j in judged if not j.series.id.startswith(UNTOLD)]
    return [one for one in _unknown(told) if not is_part(one)]


def _unknown(told: Sequence[Series]) -> list[Series]:
    firms = _by_firm(told)
    return [
        one for one in told if is_few(one) and not is_limited(one, firms[one.firm, one.frequency])
    ]


def is_few(series: Series) -> bool:
    """Whether a series, in which changes are looked for, has fewer figures than that takes."""
    return not is_compared(series) and sum(v is not None for v in series.values) < FEWEST


def _by_firm(found: Iterable[Series]) -> dict[tuple[str, str], dict[str, Series]]:
    firms: dict[tuple[str, str], dict[str, Series]] = {}
    for one in found:
        firms.setdefault((one.firm, one.frequency), {})[one.id] = one
    return firms


def watched(
    judged: Sequence[Judged],
    lasts: Collection[tuple[str, str]],
    false_alarms: float,
    per_firm: bool = False,
) -> list[Watched]:
    """All series that were judged, those of customers and articles last.

    ``lasts`` are firm and id of series in which something stands; ``false_alarms`` and ``per_firm``
    as in :func:`~baken.signals.watch.watch`.
    """
    firms = _by_firm(j.series for j in judged)
    keys = {(j.series.firm, j.series.id, j.series.frequency) for j in judged}
    found = []
    for one, alarms in ((j.series, [*j.alarms, *j.lights]) for j in judged):
        if one.id.startswith(UNTOLD) or (per_firm and is_part(one)) or follows(one, keys):
            continue
        stands = any(a.cleared is None for a in alarms)
        state: State = "alarm" if stands else "lasting" if (one.firm, one.id) in lasts else "quiet"
        limited = is_limited(one, firms[one.firm, one.frequency])
        found.append(Watched(one, "limit" if limited else "change", state))
    found.sort(key=lambda w: is_part(w.series))
    most = max(Counter(w.series.firm for w in found).values(), default=1)
    return _worked_out(found, false_alarms / most if per_firm else false_alarms)


def _worked_out(found: Sequence[Watched], rate: float) -> list[Watched]:
    """With what could have been seen in as many quiet series as there is time for."""
    left = WORK
    chosen: list[int] = []
    for at, one in sorted(enumerate(found), key=lambda pair: len(pair[1].series.values)):
        cost = len(one.series.values) ** 2
        if (
            one.by == "change"
            and one.state != "alarm"
            and cost <= min(left, LONGEST**2)
            and len(chosen) < MOST
        ):
            left -= cost
            chosen.append(at)
    could = dict(zip(chosen, reach([found[at].series for at in chosen], rate), strict=True))
    return [Watched(one.series, one.by, one.state, could.get(at)) for at, one in enumerate(found)]
