"""Figures that run up through the year, each on top of those before, taken apart again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from baken.signals.read.layout import Desk, Table
from baken.signals.read.make import Point
from baken.signals.read.questions import question

RUNNING = re.compile(
    r"\b(?:ge)?cumul\w*|\bytd\b|\byear to date\b|\brunning total\b|\blopend totaal\b", re.I
)
"""Words that say so."""
PARTS = {"month": 12, "quarter": 4}
FEWEST = 24
"""Figures that must run up in each year before it is asked: two years of months. Of quarters, with
four to a year, three years are enough."""


def plain_name(name: str) -> str:
    """A name without the words that say that its figures run up.

    >>> plain_name("Omzet cumulatief"), plain_name("Cumul CA (YTD)"), plain_name("Omzet")
    ('Omzet', 'CA', 'Omzet')
    """
    return " ".join(RUNNING.sub("", name).replace("()", "").split()).strip(" -:,")


def taken_apart(
    name: str, points: list[Point], table: Table, desk: Desk
) -> tuple[str, list[Point]] | None:
    """The figures of each period by itself, where the name says that they run up or a person does,
    and their name; None when it was asked."""
    parts = PARTS.get(points[0].period.frequency, 0) if points else 0
    if not parts:
        return name, points
    if plain_name(name) == name:
        if not _runs_up(points, parts):
            return name, points
        told = desk.ask(_question(name, table))
        if told != "yes":
            return (name, points) if told else None
    why = f"'{name[:40]}' runs up through the year: each figure was taken less the one before"
    desk.aside.note(table.header_line, why)
    return plain_name(name) or name, _apart(points, parts)


def _runs_up(points: Sequence[Point], parts: int) -> bool:
    """Whether each figure is above the one before, but for the first of each year, which falls to
    less than half."""
    if len(points) < min(FEWEST, 3 * parts) or any(p.value is None for p in points):
        return False
    return all(
        _value(b) * 2 < _value(a) if b.period.order % parts == 1 else _value(b) > _value(a)
        for a, b in pairwise(points)
    )


def _apart(points: Sequence[Point], parts: int) -> list[Point]:
    """Each less the one before, where that is there; the first of a run is as it stands."""
    found: list[Point] = []
    falls = len(points) <= parts or any(_fresh(a, b, parts) for a, b in pairwise(points))
    before: Point | None = None
    for point in points:
        value: Decimal | None = None
        if before is None or _fresh(before, point, parts):
            value = point.value if point.period.order % parts == 1 and falls else None
        elif point.period.order == before.period.order + 1 and None not in (
            point.value, before.value
        ):  # fmt: skip
            value = _value(point) - _value(before)
        found.append(Point(point.line, point.period, value))
        before = point
    return found


def _fresh(before: Point, point: Point, parts: int) -> bool:
    """Whether a run begins anew: in another year, with a figure below the one before."""
    other = (before.period.order - 1) // parts != (point.period.order - 1) // parts
    return other and (before.value is None or point.value is None or point.value < before.value)


def _value(point: Point) -> Decimal:
    return point.value or Decimal(0)


def _question(name: str, table: Table) -> dict[str, object]:
    text = (
        f"Lopen de cijfers van {name[:40]} in {table.label} op in het jaar, elk bovenop de vorige?",
        f"Do the figures of {name[:40]} in {table.label} run up through the year, each on top of"
        " those before?",
        f"Les chiffres de {name[:40]} dans {table.label} s'additionnent-ils au fil de l'année ?",
    )
    choices = [("yes", ("ja", "yes", "oui")), ("no", ("nee", "no", "non"))]
    return question(table.label, "running", text, choices)
