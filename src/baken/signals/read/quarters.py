"""Quarters that are written as months are: ``1/2023`` to ``4/2023`` under ``Kwartaal``, ``20231``.

A heading that says quarter settles it. Without one, years in which nothing but 1 to 4 stands may be
either, and that is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from baken.signals.read.grid import Cell, Grid, text_of
from baken.signals.read.layout import Desk
from baken.signals.read.periods import quarter
from baken.signals.read.questions import question
from baken.signals.read.roles import PARTS
from baken.signals.read.words import words_in

QUARTERS = frozenset(
    "kwartaal kwartalen quarter quarters qtr trimestre trimestres trim kw q".split()
)
NUMBERED = re.compile(r"((?:19|20)\d{2})[-/. ](\d{1,2})|(\d{1,2})[-/. ]((?:19|20)\d{2})")
GLUED = re.compile(r"((?:19|20)\d{2})([1-4])")
FEWEST = 6
"""Quarters on end that may be meant before it is asked."""
TOP = 40
"""Rows among which the first one stands."""
MOST = 0.9
"""Share of a column that has 1 to 4 where its heading says quarter: the others are slips."""
Place = tuple[int, int]
"""A row of a grid and a cell in it, from 0."""
Numbered = tuple[int, int]
"""A year and the number beside it."""


def with_quarters(grid: Grid, desk: Desk) -> bool:
    """Writes the quarters of a grid as ``2023-Q1`` where they look like months; False when it must
    be asked first."""
    for heading, places in _lines(grid):
        said = bool(QUARTERS & set(words_in(text_of(heading))))
        found = {
            (row, at): n for row, at in places if (n := _numbered(grid.rows[row][1][at], said))
        }
        fits = {place: n for place, n in found.items() if 1 <= n[1] <= 4}
        if len(fits) < 2 or len(fits) < MOST * len(found) or len(found) * 2 < len(places):
            continue
        if not said:
            monthly = PARTS["month"] & set(words_in(text_of(heading)))
            if monthly or len(fits) < len(found) or not _on_end(fits.values()):
                continue
            told = _asked(grid, text_of(heading), fits, desk)
            if told is None:
                return False
            if told == "month":
                continue
        for (row, at), (year, number) in fits.items():
            grid.rows[row][1][at] = quarter(year, number).label
    return True


def _lines(grid: Grid) -> Iterator[tuple[Cell, list[Place]]]:
    """Each column, and each of the first rows, in which years with numbers begin near the top: what
    stands before them, and the places from there on."""
    top = range(min(TOP, len(grid.rows)))
    width = max((len(cells) for _, cells in grid.rows), default=0)
    for at in range(width):
        line = [(row, at) for row in top if at < len(grid.rows[row][1])]
        if begun := _begun(grid, line):
            heading, first = begun
            rest = range(first[0], len(grid.rows))
            yield heading, [p for row in rest if _filled(grid, p := (row, at))]
    for row in top:
        line = [(row, at) for at in range(len(grid.rows[row][1]))]
        if begun := _begun(grid, line):
            heading, (_, at) = begun
            yield heading, [p for p in line[at:] if _filled(grid, p)]


def _filled(grid: Grid, place: Place) -> bool:
    row, at = place
    return at < len(grid.rows[row][1]) and text_of(grid.rows[row][1][at]) != ""


def _begun(grid: Grid, line: Iterable[Place]) -> tuple[Cell, Place] | None:
    """Where the first year with a number stands, and the last text before it."""
    before: Cell = ""
    for row, at in line:
        cell = grid.rows[row][1][at]
        if _numbered(cell, said=True):
            return before, (row, at)
        before = cell if text_of(cell) else before
    return None


def _numbered(cell: Cell, said: bool) -> Numbered | None:
    """The year and the number that a cell tells: ``1/2023``, or the day that a spreadsheet makes of
    it; where the heading says quarter, ``20231`` and ``2023.1`` too."""
    if isinstance(cell, date):
        return (cell.year, cell.month) if cell.day == 1 else None
    text = text_of(cell)
    if (m := NUMBERED.fullmatch(text)) and (said or "." not in text):
        return int(m[1] or m[4]), int(m[2] or m[3])
    if said and (m := GLUED.fullmatch(text)):
        return int(m[1]), int(m[2])
    return None


def _on_end(found: Iterable[Numbered]) -> bool:
    """Whether they would be quarters that follow each other over more than a year."""
    orders = {year * 4 + number for year, number in found}
    return len(orders) >= FEWEST and max(orders) - min(orders) < len(orders)


def _asked(grid: Grid, heading: str, fits: dict[Place, Numbered], desk: Desk) -> str | None:
    label = f"{grid.file}/{grid.name}" if grid.name else grid.file
    row, at = next(iter(fits))
    shown = f"{fits[row, at][1]}/{fits[row, at][0]}"
    beside = f" ({heading[:30]})" if heading else ""
    text = (
        f"Is {shown} in {label}{beside} een kwartaal of een maand?",
        f"Is {shown} in {label}{beside} a quarter or a month?",
        f"{shown} dans {label}{beside} : un trimestre ou un mois ?",
    )
    choices = [
        ("quarter", ("een kwartaal", "a quarter", "un trimestre")),
        ("month", ("een maand", "a month", "un mois")),
    ]
    return desk.ask(question(label, "quarters", text, choices))
