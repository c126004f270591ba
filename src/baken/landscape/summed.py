"""The most that several measures give together, and only where that is known to be allowed.

What is not known to go together, or for the same costs to stay within what the law allows, has no
sum: an amount would be read as a yes. Regulation (EU) 651/2014, art. 8(3) to (5); 2023/2831, art. 3
and 5.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import combinations

from baken.landscape.figures import open_sizes, size_rules
from baken.landscape.gber import named_articles
from baken.landscape.model import Instrument
from baken.landscape.most import NOUGHT, Project, Share, most_of
from baken.law.aid.cumulation import settled_rate

Goes = Mapping[frozenset[str], bool | None]
"""Of two measures, by their ids, whether they go together; None: not known."""


@dataclass(frozen=True)
class Counted:
    """A measure that gives a share of the costs: ``small`` aid (de minimis) has a ceiling for the
    firm and no highest share; of other aid ``limit_pct`` is the law's, None where not known."""

    share: Share
    small: bool
    limit_pct: Decimal | None


@dataclass(frozen=True)
class Sum:
    """``best`` give ``most`` together. ``unsure`` are those of which it is not known how much they
    may give together; then there is no ``most``. ``limit_pct``: what the law allows of the costs,
    where it is that which bounds the sum. ``less``: what else keeps it below the amounts added up:
    the ``room`` for small aid, the ``costs``, or that each cost counts ``once``."""

    best: tuple[str, ...] = ()
    most: Decimal | None = None
    unsure: tuple[str, ...] = ()
    limit_pct: Decimal | None = None
    less: str = ""


def limit_of(record: Instrument, sizes: Sequence[str], as_of: date) -> Decimal | None:
    """The share of the costs that the law allows at most for aid as this measure gives it; None
    where the record names no article, or the article's rate hangs on more than the size."""
    open_ = open_sizes(size_rules(record, as_of), sizes)
    rates = [settled_rate(article, open_, as_of) for article in named_articles(record)]
    known = [rate for rate in rates if rate is not None]
    return max(known) if known and len(known) == len(rates) else None


def summed(measures: Sequence[Counted], goes: Goes, room: Decimal | None, project: Project) -> Sum:
    """Those that may stand together and give most. ``room``: what small aid may still be."""
    known = [m for m in measures if m.share.amount is not None]
    if not known:
        return Sum()
    giving = [m for m in known if m.share.amount and not (m.small and room == 0)]
    unsure = _unsure(giving, goes, project)
    if unsure:
        return Sum(unsure=tuple(m.share.id for m in giving if m.share.id in unsure))
    found = Sum(most=NOUGHT)
    for count in range(1, len(giving) + 1):
        for some in combinations(giving, count):
            if not any(goes[pair] is False for pair in _pairs(some)):
                one = _of(some, room, project)
                found = one if (one.most or NOUGHT) > (found.most or NOUGHT) else found
    return found


def _pairs(measures: Iterable[Counted]) -> list[frozenset[str]]:
    return [frozenset((a.share.id, b.share.id)) for a, b in combinations(measures, 2)]


def _unsure(measures: Sequence[Counted], goes: Goes, project: Project) -> set[str]:
    """Those that may perhaps stand beside another, without its being known how much that may be."""
    unbounded = {m.share.id for m in measures if not _bounded(m, project)}
    found: set[str] = set()
    for pair in _pairs(measures):
        go = goes[pair]
        if go is None or (go and pair & unbounded):
            found |= pair
    return found


def _bounded(one: Counted, project: Project) -> bool:
    """Whether it is known how far aid for these costs may go beside this measure."""
    if one.small:
        return True
    if project.same_costs is False:
        return project.costs is None or one.share.rate_pct is not None
    return project.costs is not None and one.limit_pct is not None


def _of(some: Sequence[Counted], room: Decimal | None, project: Project) -> Sum:
    """The most of all of these, within the law's highest share and the room for small aid."""
    limit = max((m.limit_pct for m in some if m.limit_pct is not None), default=None)
    whole = most_of([m.share for m in some], project) or NOUGHT
    most = most_of([m.share for m in some], project, limit) or NOUGHT
    within = most
    if room is not None:
        others = [m.share for m in some if not m.small]
        within = min(most, room + (most_of(others, project, limit) or NOUGHT))
    added = sum((m.share.amount or NOUGHT for m in some), NOUGHT)
    apart = "once" if project.same_costs is False else "costs"
    less = "room" if within < most else apart if most == whole < added else ""
    bound = limit if within < whole else None
    return Sum(tuple(m.share.id for m in some), within, limit_pct=bound, less=less)
