"""What could have been seen in each series that is watched, worked out when files are read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from baken.signals.reach import reach
from baken.signals.series import Series
from baken.signals.watch import PER_FIRM, is_part


def spans(series: Iterable[Series]) -> list[list[Any]]:
    """What could have been seen in each series that is watched, as a shelf holds it."""
    main = [s for s in series if not is_part(s)]
    if not main:
        return []
    firms = [s.firm for s in main]
    most = max(firms.count(f) for f in set(firms))
    return [[r.few, r.size] for r in reach(main, PER_FIRM / most)]
