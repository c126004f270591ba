"""The ceilings that a new aid must respect, and what is left under them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from baken.law.deminimis.equivalent import NOUGHT, Equivalent
from baken.law.deminimis.regulation import (
    Regulation,
    regulation_on,
)
from baken.law.deminimis.undertaking import Portion
from baken.law.logic import Truth

Bounds = tuple[Decimal, Decimal]


def sum_of(counted: Sequence[Portion], *regimes: str) -> Bounds:
    """The sum of what counts of some regimes, lowest and highest."""
    chosen = [p for p in counted if p.regime in regimes]
    return sum((p.lo for p in chosen), NOUGHT), sum((p.hi for p in chosen), NOUGHT)


def caps(law: Regulation, day: date) -> list[tuple[Decimal, tuple[str, ...]]]:
    """The ceilings that a new aid must respect, own one first, with what counts against each."""
    three = ("general", "agriculture", "fishery")
    general = regulation_on("general", day)
    common = general.ceiling if general else None
    new = day >= date(2024, 1, 1)
    if law.regime == "general":
        found: list[tuple[Decimal, tuple[str, ...]]] = [(law.ceiling, three)]
        if not new:
            sgei = regulation_on("sgei", day)
            found += [(sgei.ceiling, (*three, "sgei"))] if sgei else []
        return found
    if law.regime == "sgei":
        return [(law.ceiling, ("sgei",) if new else (*three, "sgei"))]
    found = [(law.ceiling, (law.regime,))]
    if law.regime == "fishery":
        found.append((law.ceiling, ("agriculture", "fishery")))
    elif other := regulation_on("fishery", day):
        # 1408/2013, art. 5(2): the fishery ceiling; since 2024/3118 the higher of the two
        both = max(law.ceiling, other.ceiling) if law.rolling else other.ceiling
        found.append((both, ("agriculture", "fishery")))
    if common is not None:
        found.append((common, three))
    return found


def used_and_room(law: Regulation, day: date, counted: Sequence[Portion]) -> tuple[Bounds, Bounds]:
    """What is used under the own ceiling, and what is left under the tightest; each as bounds."""
    limits = caps(law, day)
    used = sum_of(counted, *limits[0][1])
    low = high = None
    for ceiling, regimes in limits:
        lo, hi = sum_of(counted, *regimes)
        most, least = max(NOUGHT, ceiling - lo), max(NOUGHT, ceiling - hi)
        high = most if high is None else min(high, most)
        low = least if low is None else min(low, least)
    return used, (low or NOUGHT, high or NOUGHT)


def fits(worth: Equivalent, room: Bounds) -> Truth:
    """Whether a grant equivalent fits into the room; None where the bounds leave it open."""
    if worth.hi is not None and worth.hi <= room[0]:
        return True
    return False if worth.lo > room[1] else None


def next_room(
    law: Regulation, day: date, held: Sequence[Portion], room: Decimal
) -> list[tuple[date, Decimal]]:
    """The later days on which the room grows because an aid falls out of the window."""
    found: list[tuple[date, Decimal]] = []
    now = room
    for leaves in sorted({law.leaves(p.granted_on) for p in held}):
        if leaves <= day:
            continue
        start, _ = law.window(leaves)
        still = [p for p in held if p.granted_on >= start]
        _, (then, _) = used_and_room(law, day, still)
        if then > now:
            found.append((leaves, then))
            now = then
    return found
