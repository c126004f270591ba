"""Series of one name from several sheets or files: joined where they follow each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, count

from baken.signals.read.rhythm import period_in
from baken.signals.series import Rejected, Series


@dataclass(frozen=True)
class Lot:
    """The series of one sheet or file: the name that tells it from others, and its file."""

    tag: str
    file: str
    series: Sequence[Series]


def joined(lots: Sequence[Lot], rejected: list[Rejected]) -> list[Series]:
    """The series of all lots. A sheet a year gives one series through the years. Of two of one
    name that share a period, the later is left out where it says the same, else named by its sheet
    or file, or numbered; and that is said."""
    made: dict[tuple[str, str], Series] = {}
    files: dict[tuple[str, str], str] = {}
    for lot in lots:
        for one in lot.series:
            key = (one.firm, one.id)
            if key not in made:
                made[key], files[key] = one, lot.file
                continue
            if _same(made[key], one):
                why = f"'{one.name[:40]}' stands in {files[key]} already, with the same figures"
                rejected.append(Rejected(lot.file, None, f"{why}; counted once"))
                continue
            both = _after(made[key], one)
            if both is not None:
                made[key] = both
                continue
            first = lot.tag or "2"
            tags = chain([first], (f"{first} {n}" for n in count(2)))
            tag = next(t for t in tags if (one.firm, f"{one.id}.{t}") not in made)
            named = replace(one, id=f"{one.id}.{tag}", name=f"{one.name} ({tag})")
            made[one.firm, named.id] = named
            why = f"'{one.name[:40]}' stands more than once; one is called '{named.name[:60]}'"
            rejected.append(Rejected(lot.file, None, why, note=True))
    return list(made.values())


def _same(first: Series, second: Series) -> bool:
    """Whether the second says nothing that the first does not: the same table handed in twice, or
    one of an earlier day. Rows of noughts alone say too little to be sure."""
    if first.frequency != second.frequency or first.unit != second.unit:
        return False
    known = dict(zip(first.periods, first.values, strict=True))
    rows = list(zip(second.periods, second.values, strict=True))
    return any(v for _, v in rows) and all(p in known and known[p] == v for p, v in rows)


def _after(first: Series, second: Series) -> Series | None:
    """Two series as one in order of time; None where they share a period or are not alike."""
    if first.frequency != second.frequency or first.unit != second.unit:
        return None
    if set(first.periods) & set(second.periods) or bool(first.weights) != bool(second.weights):
        return None
    rows = [*_rows(first), *_rows(second)]
    rows.sort(key=lambda row: row[0])
    return replace(
        first,
        periods=tuple(p for _, p, _, _ in rows),
        values=tuple(v for _, _, v, _ in rows),
        weights=tuple(w for _, _, _, w in rows) if first.weights else (),
        rows=(),
    )


def _rows(series: Series) -> Iterator[tuple[int, str, float | None, float | None]]:
    weights = series.weights or (None,) * len(series.periods)
    for text, value, weight in zip(series.periods, series.values, weights, strict=True):
        period = period_in(text, series.frequency)
        yield (period.order if period else 0), text, value, weight
