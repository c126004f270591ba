"""Which of the ranked offers are shown: the best that may fit, then what is excluded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from baken.landscape.availability import availability
from baken.landscape.model import Offer, Organisation
from baken.match.advised import is_brief
from baken.match.listening import beside
from baken.match.model import Query
from baken.match.rank import Ranked, is_general
from baken.match.reading import Reading
from baken.match.setting import Setting, of_another_sector
from baken.match.shared import said_stems, telling_stems
from baken.match.topics import of_a_sector
from baken.match.unasked import (
    LISTENING,
    asked_subjects,
    is_for_a_cry,
    is_for_going_on,
    is_over,
    is_withheld,
)
from baken.match.unfit import is_no_use
from baken.match.verdict import Judged

TOP = 5
ADVISER_NEAR = 0.7
"""An adviser for every question comes among the first five with this share of the fifth's score."""
FLOORS = ("instrument", "organisation")
LONG = 20
"""A list of so many keeps five places for instruments and five for organisations."""
BEST = 20
"""Excluded offers are shown when they are among this many best."""


class Drawn:
    """Ranked offers, drawn only as far as somebody looks: of most records nobody asks more."""

    def __init__(self, source: Iterable[Ranked]) -> None:
        self._source = iter(source)
        self._drawn: list[Ranked] = []

    def __iter__(self) -> Iterator[Ranked]:
        yield from self._drawn
        for one in self._source:
            self._drawn.append(one)
            yield one

    def __getitem__(self, at: int) -> Ranked:
        """One that was drawn before."""
        return self._drawn[at]


def offered(
    query: Query,
    read: Reading,
    ranked: list[Ranked],
    judged: Judged,
) -> Drawn:
    """What may be offered: what was asked for by id, else what is not for another sector, nor for
    a firm that goes on where this one ended, nor for trouble or debts that nobody told of, nor
    for staff where the owner can't work himself, nor of another region unless it surely fits there
    (what does not fit is told as such). Beside a cry for help only what
    :func:`baken.match.listening.beside` lets stand there; a helpline only there, or for who asks
    for somebody who listens.
    """
    if query.only:
        return Drawn(r for r in ranked if r.record.id in query.only)
    if read.unmet:
        return Drawn(())
    over = is_over(read.firm.values)
    setting = Setting.of(read.firm, query.lang)
    listens = read.cry is not None or LISTENING in asked_subjects(query.need)
    untold = tells_no_trade(query.need, setting)

    def is_for(record: Offer) -> bool:
        if is_no_use(record, query.need):
            return False
        if (over and is_for_going_on(record)) or of_another_sector(record, read.firm):
            return False
        away = setting.is_abroad(record, read.firm.values)
        return not away or judged.verdict((record.type, record.id)) != "open"

    if read.cry:
        may_stand = beside(read.cry, query.need)
        ranked = [r for r in ranked if may_stand(r.record)]

    def is_of_untold(record: Offer) -> bool:
        trades = {c[:2] for c in record.nace} if isinstance(record, Organisation) else set()
        told = telling_stems(record) & said_stems(query.need)
        return len(trades) == 1 and of_a_sector(record) and not told

    def is_asked(r: Ranked) -> bool:
        if (is_for_a_cry(r.record) and not (listens and r.part("unasked") == 0)) or (
            untold and is_of_untold(r.record)
        ):
            return False
        return is_for(r.record) and not (r.part("unasked") > 0 and is_withheld(r.record))

    return Drawn(r for r in ranked if r.part("named") > 0 or is_asked(r))


def tells_no_trade(need: str, setting: Setting) -> bool:
    """Whether so little was said, and nothing is known of the firm's trade, that who is there for
    one trade alone is a guess.
    """
    return is_brief(need) and setting.codes is None and not setting.themes


def best_of(query: Query, ranked: Drawn, judged: Judged) -> list[Ranked]:
    """The best that are not excluded, up to the limit, then the excluded among the best.

    What is closed stands after all else in ``ranked``, so it is never among the first five
    while something open is left. A long list keeps places for each type, so that many of one
    do not hide the other.
    """
    most = sum(1 for _ in ranked) if query.only else query.limit
    kept = Counter(dict.fromkeys(FLOORS, 0 if query.only or most < LONG else TOP))
    chosen: list[int] = []
    later: list[int] = []
    out: list[Ranked] = []
    for at, r in enumerate(ranked):
        if len(chosen) >= most and at >= BEST:
            break
        if verdict_of(r, judged) == "excluded":
            if at < BEST or query.only:
                out.append(r)
        elif (
            len(chosen) < TOP and not query.only and availability(r.record, query.as_of) == "closed"
        ):
            continue
        elif kept[r.record.type] > 0 or len(chosen) + kept.total() < most:
            kept[r.record.type] -= kept[r.record.type] > 0
            chosen.append(at)
        else:
            later.append(at)
    usable = [ranked[at] for at in sorted(chosen + later[: most - len(chosen)])]
    if query.need and not query.only:
        usable = _with_adviser(usable, ranked, judged, query.as_of)
    return usable + out


def _with_adviser(
    usable: list[Ranked],
    ranked: Iterable[Ranked],
    judged: Judged,
    as_of: date,
) -> list[Ranked]:
    """The offers with an adviser for every question among the first five, where one is near.

    Where none stands there by itself the best one takes the fifth place, if its score is not much
    lower: someone who visits and knows the ways is worth more than a fifth guess.
    """
    if len(usable) < TOP or any(is_general(r.record) for r in usable[:TOP]):
        return usable
    for r in ranked:
        if r.score < ADVISER_NEAR * usable[TOP - 1].score:
            break
        if (
            is_general(r.record)
            and verdict_of(r, judged) != "excluded"
            and availability(r.record, as_of) != "closed"
        ):
            rest = [u for u in usable if u is not r]
            return [*rest[: TOP - 1], r, *rest[TOP - 1 :]][: len(usable)]
    return usable


def verdict_of(r: Ranked, judged: Judged) -> str:
    """The verdict on a ranked offer."""
    return judged.verdict((r.record.type, r.record.id))
