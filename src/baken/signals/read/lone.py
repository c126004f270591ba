"""A period that stands alone, far from the others: 1900 or 2100 among years of today.

A series may lie in any century. But one row so far away stretches it to a length that it never had,
and is a slip of a pen or an empty date of a spreadsheet.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from baken.signals.series import Frequency

YEARS = 10
"""A lone period is further than this from its neighbour, and further than the others last."""
FEWEST = 6
"""Others that there must be."""
DENSE = 2.0
"""The others last at most so many times what they would without a gap."""
PER_YEAR = {"day": 365, "week": 52, "month": 12, "quarter": 4, "year": 1}


def lone(orders: Sequence[int], frequency: Frequency) -> set[int]:
    """Which of the periods, given by their order in time, stand alone; none of positions.

    >>> sorted(lone([1900, *range(2015, 2026), 2100], "year"))
    [1900, 2100]
    >>> lone([*range(1871, 1971), 1990], "year"), lone([1800, 1850, 1900, 1950], "year")
    (set(), set())
    """
    year = PER_YEAR.get(frequency)
    known = sorted(set(orders))
    if year is None or len(known) <= FEWEST or known[-1] - known[0] <= YEARS * year:
        return set()
    cuts = [at for at, (a, b) in enumerate(pairwise(known), 1) if b - a > YEARS * year]
    groups = [known[a:b] for a, b in pairwise([0, *cuts, len(known)])]
    body = max(groups, key=len)
    span = body[-1] - body[0] + 1
    if len(body) < FEWEST or span > DENSE * len(body) * median(b - a for a, b in pairwise(body)):
        return set()
    far = max(YEARS * year, span)
    found = set()
    for at, group in enumerate(groups):
        near = [groups[at - 1][-1]] if at else []
        near += [groups[at + 1][0]] if at + 1 < len(groups) else []
        if len(group) == 1 and all(abs(group[0] - other) > far for other in near):
            found.add(group[0])
    return found
