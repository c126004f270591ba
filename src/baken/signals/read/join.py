"""Series of one name from several sheets or files: joined where they follow each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from baken.signals.read.rhythm import period_in
from baken.signals.read.source import Aside
from baken.signals.series import Series


def joined(found: Sequence[tuple[str, Sequence[Series]]], aside: Aside) -> list[Series]:
    """The series of all sheets. A sheet a year gives one series through the years; where two of one
    name share a period, the later one is named by its sheet."""
    made: dict[tuple[str, str], Series] = {}
    for sheet, many in found:
        for one in many:
            key = (one.firm, one.id)
            if key not in made:
                made[key] = one
                continue
            both = _after(made[key], one)
            if both is not None:
                made[key] = both
                continue
            named = replace(one, id=f"{one.id}.{sheet}", name=f"{one.name} ({sheet})")
            key = (named.firm, named.id)
            if key in made:
                aside.add(None, f"'{one.name[:40]}' stands twice on sheet '{sheet[:40]}'")
            else:
                made[key] = named
    return list(made.values())


def _after(first: Series, second: Series) -> Series | None:
    """Two series as one in order of time; None where they share a period or are not alike."""
    if first.frequency != second.frequency or first.unit != second.unit:
        return None
    if set(first.periods) & set(second.periods):
        return None
    rows = [*zip(first.periods, first.values, strict=True)]
    rows += zip(second.periods, second.values, strict=True)

    def order(row: tuple[str, float | None]) -> int:
        period = period_in(row[0], first.frequency)
        return period.order if period else 0

    rows.sort(key=order)
    return replace(first, periods=tuple(p for p, _ in rows), values=tuple(v for _, v in rows))
