"""Who came, who stayed, who is gone: customers counted from the days of their invoices alone.

A customer is *lost* on the day on which it has had no invoice for longer than is usual for that
customer: three times its middle gap or twice its largest, whichever is more, and no less than 35
days (a builders' leave is no farewell). Only gaps before that day count, so the past does not
change when new months come in. Customers with fewer than five days of invoices have no usual gap,
and are never lost. One that comes back is no new customer, and can be lost again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from statistics import median

SHORTEST = 35
"""Days that a gap must last at least before a customer counts as lost."""
TIMES_MIDDLE, TIMES_LARGEST = 3.0, 2.0
LEAST_GAPS = 4
SETTLE_DAYS = 365
"""From the first invoice of all on; before that who buys once a season would look new."""


def patience(gaps: Sequence[int]) -> float:
    """How many days without an invoice are still usual after these gaps (in days)."""
    return max(SHORTEST, TIMES_MIDDLE * median(gaps), TIMES_LARGEST * max(gaps))


def losses(days: Sequence[int], until: int) -> Iterator[int]:
    """The days (as ordinals) on which one customer was lost; ``days`` sorted, each once."""
    gaps: list[int] = []
    for at, day in enumerate(days):
        if at:
            gaps.append(day - days[at - 1])
        following = days[at + 1] if at + 1 < len(days) else until + 1
        if len(gaps) < LEAST_GAPS or following - day <= SHORTEST:
            continue
        lost = day + int(patience(gaps)) + 1
        if lost < following and lost <= until:
            yield lost


def lost_on(days: Sequence[date], until: date) -> list[date]:
    """As :func:`losses`, with dates, for people and tests."""
    ordinals = sorted({d.toordinal() for d in days})
    return [date.fromordinal(d) for d in losses(ordinals, until.toordinal())]
