"""The weekly series of invoices in the answer: their values, and what changed, looking back.

They say what the months say: judged too, they would double the false alarms of a firm.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from baken.signals.detect.prepare import prepare
from baken.signals.series import Series
from baken.signals.watch import is_part, told


def weeks(series: Iterable[Series]) -> list[dict[str, Any]]:
    """Each weekly series as JSON; those of one customer or article are left out."""
    found = []
    for one in series:
        if is_part(one):
            continue
        ready = prepare(one)
        found.append(
            {
                "firm": one.firm,
                "name": one.name,
                "id": one.id,
                "unit": one.unit,
                "bad": one.bad,
                "frequency": one.frequency,
                "n": len(one.values),
                "periods": list(one.periods),
                "values": list(one.values),
                "changes": [] if ready is None else told(one, ready),
            }
        )
    return found
