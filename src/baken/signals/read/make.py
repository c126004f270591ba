"""From points (a period and a number) to a series, and what a table is called."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import PurePath

from baken.signals.read.layout import YEAR, Desk, Table
from baken.signals.read.numbers import currency_of
from baken.signals.read.periods import Period
from baken.signals.read.words import ADDED, COUNTED, bad_of, kind_of, slug, words_in
from baken.signals.series import Kind, Series

UNIT = re.compile(
    r"[(\[]\s*([^)\]]{1,12})\s*[)\]]|\bin\s+(eur|euro|€|usd|\$|stuks|dagen)\s*$", re.I
)

FILLERS = frozenset(
    "per par by van de het der the of des du la le les maand mois month months maanden week dag"
    " jaar year overzicht overview export lijst list cijfers kwartaal quarter trimestre".split()
)
"""Words of a title that say nothing of what is in it."""
RESULT = re.compile(r"winst|profit|benefice|marge|margin|result|saldo|solde|kas", re.I).search
"""Figures that are below nought now and then."""
CODE = re.compile(r"(?:\d ?){7}")
"""An account or another long number: no name for figures."""


@dataclass(frozen=True, slots=True)
class Point:
    """One figure, and the line that it came from."""

    line: int
    period: Period
    value: Decimal | None


def unit_of(name: str) -> tuple[str, str]:
    """A heading without its unit, and the unit.

    >>> unit_of("Omzet (EUR)"), unit_of("omzet in €"), unit_of("klachten")
    (('Omzet', 'EUR'), ('omzet', 'EUR'), ('klachten', ''))
    """
    m = UNIT.search(name)
    if m is None:
        return name.strip(), ""
    unit = (m[1] or m[2]).strip()
    return UNIT.sub("", name).strip() or name.strip(), currency_of(unit) or unit


def title_of(table: Table) -> str:
    """What a table without a name for its figures is called: its title, its sheet or its file."""
    titles = [YEAR.sub("", t).strip(" -:,;()") for t in table.alone if not CODE.search(t)]
    sheet = YEAR.sub("", table.sheet).strip(" -:")
    if re.fullmatch(r"(?:sheet|blad|feuil|feuille)\s*\d*", sheet, re.I):
        sheet = ""
    stem = PurePath(table.file).stem
    return next(
        (t for t in [*reversed(titles), sheet] if t), YEAR.sub("", stem).strip(" -_") or stem
    )


def under(title: str, name: str) -> str:
    """The name of figures under a title that says what they are: ``horeca`` under ``Omzet 2025`` is
    ``Omzet: horeca``. A title of several things says nothing of each, nor one that only repeats.

    >>> under("Omzet per maand", "horeca"), under("Kosten en omzet", "huur")
    ('Omzet: horeca', 'huur')
    >>> under("omzet/maand", "horeca")
    'Omzet: horeca'
    """
    words = [w for w in words_in(title) if w not in FILLERS]
    if len(words) != 1 or not name or bad_of(words[0]) == "both" or bad_of(name) != "both":
        return name
    if set(words_in(name)) & (COUNTED | ADDED):
        return name
    said = next((t for t in title.split() if words_in(t) == words), words[0].capitalize())
    return f"{said}: {name}"


def series_of(
    name: str, points: Sequence[Point], desk: Desk, unit: str = "", kind: Kind | None = None
) -> Series | None:
    """A series of points that stand in order; None when no point has a value. Of two of one period
    the second is set aside."""
    points = _once(name, points, desk)
    if all(p.value is None for p in points):
        if points:
            desk.aside.add(points[0].line, f"'{name[:40]}' has no figures")
        return None
    said, own = unit_of(name)
    unit = unit or own
    _below_nought(said, points, desk)
    values = tuple(None if p.value is None else float(p.value) for p in points)
    return Series(
        id=slug(said),
        periods=tuple(p.period.label for p in points),
        values=values,
        bad=bad_of(said),
        kind=kind or kind_of(said, unit, values),
        frequency=points[0].period.frequency,
        name=said,
        unit=unit,
    )


def _below_nought(name: str, points: Sequence[Point], desk: Desk) -> None:
    """Says that sales or counts are below nought: a credit note, or a slip of the pen."""
    below = [p for p in points if p.value is not None and p.value < 0]
    if not below or bad_of(name) == "both" or len(below) * 2 > len(points) or RESULT(name):
        return
    more = f" and {len(below) - 1} more; the figures are" if len(below) > 1 else "; the figure is"
    why = f"'{name[:40]}' is below nought in {below[0].period.label}{more} kept"
    desk.aside.note(below[0].line or None, why)


def _once(name: str, points: Sequence[Point], desk: Desk) -> list[Point]:
    seen: dict[str, Point] = {}
    for point in points:
        if seen.setdefault(point.period.label, point) is not point:
            desk.aside.add(
                point.line, f"{point.period.label} of '{name[:40]}' stands here once more"
            )
    return list(seen.values())
