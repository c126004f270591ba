"""Where a table stands in a grid: titles above, the header, the rows; totals are left out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import PurePath

from baken.signals.read.grid import Cell, Grid, Row, Wrong, kind_of_cell, text_of, year_in
from baken.signals.read.numbers import ERROR, Mark, is_missing, read_number
from baken.signals.read.questions import answer
from baken.signals.read.source import Aside
from baken.signals.read.words import is_total

YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


@dataclass
class Desk:
    """What stands beside the reading of one file: what is set aside, asked and answered."""

    file: str
    answers: Mapping[str, str]
    today: date
    aside: Aside
    as_of: date | None = None
    questions: list[dict[str, object]] = field(default_factory=list)
    mark: Mark = "."
    currency: dict[int, str] = field(default_factory=dict)

    def ask(self, asked: dict[str, object]) -> str | None:
        """The answer to a question; without one, the question is put."""
        told = answer(asked, self.answers)
        if told is None and all(q["id"] != asked["id"] for q in self.questions):
            self.questions.append(asked)
        return told

    def number(self, cell: Cell) -> Decimal | None:
        """The number in a cell; None where there is none."""
        if isinstance(cell, Decimal):
            return cell
        return read_number(cell, self.mark) if isinstance(cell, str) else None

    def value(self, cell: Cell, line: int, name: str) -> tuple[bool, Decimal | None]:
        """Whether a cell can be used, and its number: none where it is empty. What can't be used
        is set aside with its line."""
        if isinstance(cell, str) and is_missing(cell):
            return True, None
        if isinstance(cell, Wrong) or (isinstance(cell, str) and ERROR.fullmatch(cell)):
            self.aside.add(line, f"a formula went wrong in '{name[:40]}': {text_of(cell)}")
            return False, None
        found = self.number(cell)
        if found is None:
            self.aside.add(line, f"'{text_of(cell)[:40]}' in '{name[:40]}' is no number")
        return found is not None, found


@dataclass
class Table:
    """A table with a header. ``titles`` are the texts above it, of which ``alone`` have a line of
    their own; ``above`` is the row just over the header (years over months); ``names`` are empty
    where a column has none."""

    file: str
    sheet: str
    titles: list[str]
    alone: list[str]
    above: list[Cell]
    names: list[str]
    header: list[Cell]
    header_line: int | None
    rows: list[Row]

    @property
    def label(self) -> str:
        """What its questions are named by."""
        return f"{self.file}/{self.sheet}" if self.sheet else self.file

    def column(self, at: int) -> list[tuple[int, Cell]]:
        """The cells of a column with their lines."""
        return [(line, cells[at]) for line, cells in self.rows]

    def year(self) -> int | None:
        """The one year that the titles tell, else the sheet, the name of the file, or its
        folder."""
        for texts in (self.titles, [self.sheet], [PurePath(self.file).name], [self.file]):
            found = {int(y) for t in texts for y in YEAR.findall(t)}
            if len(found) == 1:
                return found.pop()
        return None


def lay_out(grid: Grid, desk: Desk) -> Table | None:
    """The table in a grid; None where there is none."""
    rows = grid.rows
    if not rows:
        return None
    first = next((n for n in range(len(rows)) if _begins(rows, n)), None)
    if first is None:  # no figures: a date per event
        first = next((n for n, (_, c) in enumerate(rows) if "period" in _kinds(c)), None)
        if first is None:
            desk.aside.add(None, _without(grid, "there are no figures and no dates in it"))
            return None
    while first and _is_bare_period(rows[first - 1][1]):
        first -= 1
    width = max(len(cells) for _, cells in rows[first:])
    header = first - 1 if first and _is_header(rows[first - 1][1], width) else None
    top = rows[: first if header is None else header]
    names: list[Cell] = _wide(rows[header][1], width) if header is not None else [""] * width
    said = [text_of(c) for c in names]
    return Table(
        file=grid.file,
        sheet=grid.name,
        titles=[text_of(c) for _, cells in top for c in cells if isinstance(c, str) and c],
        alone=[text_of(c[0]) for _, c in top if len(_kinds(c)) == 1 and isinstance(c[0], str)],
        above=_wide(top[-1][1], width) if top else [],
        names=said,
        header=names,
        header_line=rows[header][0] if header is not None else None,
        rows=_body(rows[first:], said, width, desk),
    )


def _without(grid: Grid, why: str) -> str:
    return f"sheet '{grid.name}': {why}" if grid.name else why


def _wide(cells: Sequence[Cell], width: int) -> list[Cell]:
    return [*cells[:width], *[""] * (width - len(cells))]


def _kinds(cells: Sequence[Cell]) -> list[str]:
    return [k for k in map(kind_of_cell, cells) if k != "empty"]


def _begins(rows: Sequence[Row], n: int) -> bool:
    """Whether the figures begin at a row. One with years alone (``maand;2024;2025``) or with 1 to
    12 is a header, unless there is one over it already."""
    if _is_data(rows[n][1]):
        return True
    kinds, before = _kinds(rows[n][1]), _kinds(rows[n - 1][1]) if n else []
    if "number" not in kinds or len(kinds) < 2 or len(before) < 2:
        return False
    return "period" in before or len(before) == len(kinds) or "number" in before


def _is_data(cells: Sequence[Cell]) -> bool:
    """Whether a row holds figures, and is no header of years or months."""
    kinds = _kinds(cells)
    if len(kinds) < 2 or not {"number", "wrong"} & set(kinds):
        return False
    numbers = [c for c in cells if kind_of_cell(c) == "number"]
    if "wrong" in kinds or kinds[0] == "period":
        return True
    years = [y for c in numbers if (y := year_in(c)) is not None]
    if len(years) == len(numbers) and years and (kinds[0] == "text" or not text_of(cells[0])):
        return any(b - a != 1 for a, b in pairwise(years))
    plain = [text_of(c).removeprefix("0") for c in numbers]
    return plain != [str(n) for n in range(1, len(plain) + 1)] or len(plain) < 3


def _is_bare_period(cells: Sequence[Cell]) -> bool:
    """Whether a row is a period without figures: the table began before its first figure."""
    return _kinds(cells).count("period") == 1 and kind_of_cell(cells[0]) == "period"


def _is_header(cells: Sequence[Cell], width: int) -> bool:
    filled = [at for at, c in enumerate(cells) if text_of(c)]
    return len(filled) > 1 or (len(filled) == 1 and (filled[0] > 0 or width == 1))


def _body(rows: Sequence[Row], names: Sequence[str], width: int, desk: Desk) -> list[Row]:
    """The rows with figures: totals, headers that come back, and notes are set aside."""
    totals: list[Row] = []
    kept: list[Row] = []
    for line, cells in rows:
        row = _wide(cells, width)
        label = next((text_of(c) for c in row if kind_of_cell(c) in ("text", "period")), "")
        if [text_of(c) for c in row] == list(names):
            desk.aside.note(line, "the header stands here once more")
        elif label and is_total(label):
            totals.append((line, row))
        elif len(_kinds(row)) < 2 and kind_of_cell(row[0]) == "text":
            desk.aside.note(line, f"no figures beside '{label[:40]}'")
        else:
            kept.append((line, row))
    if not kept:
        return totals
    for line, row in totals:
        label = next(text_of(c) for c in row if kind_of_cell(c) in ("text", "period"))
        desk.aside.note(line, f"'{label[:40]}' is a total and was left out")
    return kept
