"""A table as rows of cells, with the line each stands on; from text with any usual delimiter."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from baken.kernel.errors import BakenError
from baken.signals.read.coda_lines import EXPECTED
from baken.signals.read.numbers import ERROR, is_missing, sign_of
from baken.signals.read.periods import month_named, quarter_named, readings
from baken.signals.read.quoted import records
from baken.signals.read.source import MAX_LINE, Aside, Source, decode

MAX_BYTES = 50_000_000
MAX_ROWS = 300_000
SPARE = 1_000
"""Lines more than rows that a file may have, counted before it is cut: titles and empty lines."""
MAX_COLUMNS = 300
MAX_CELL = 500
DELIMITERS = ";\t|,"
SAMPLE = 200
ALONE = "\x1f"
"""Stands between cells where there is one only."""
UNKNOWN = frozenset({"?", "??", "???", ".", "..", "...", "…"})
"""What people write where a figure is not known."""


@dataclass(frozen=True)
class Wrong:
    """A cell of which the formula went wrong."""

    text: str


Cell = str | Decimal | date | Wrong
Row = tuple[int, list[Cell]]


@dataclass
class Grid:
    """The rows of one table: ``name`` is the sheet where a file holds several."""

    file: str
    rows: list[Row]
    name: str = ""


def kind_of_cell(cell: Cell) -> str:
    """``empty``, ``number``, ``period``, ``wrong`` or ``text``; a year is a number."""
    if isinstance(cell, Decimal):
        return "number"
    if isinstance(cell, date):
        return "period"
    return "wrong" if isinstance(cell, Wrong) else _kind_of_text(cell)


@lru_cache(maxsize=100_000)
def _kind_of_text(cell: str) -> str:
    if ERROR.fullmatch(cell.strip()):
        return "wrong"
    if is_missing(cell) or cell.strip().lower() in UNKNOWN:
        return "empty"
    text = cell.strip()
    found = [p for p in readings(text) or readings(text, "mdy") if p.frequency != "position"]
    if found and not text.isdigit():
        return "period"
    if sign_of(text) is not None:
        return "number"
    return "period" if month_named(text) or quarter_named(text) else "text"


def text_of(cell: Cell) -> str:
    """What a person reads in a cell."""
    if isinstance(cell, Wrong):
        return cell.text
    if isinstance(cell, Decimal):
        return f"{cell.normalize():f}"
    return cell.isoformat() if isinstance(cell, date) else cell.strip()


def year_in(cell: Cell) -> int | None:
    """The year when a cell is one from 1900 to 2099, and nothing more."""
    text = text_of(cell)
    found = len(text) == 4 and text.isdigit() and text.isascii() and 1900 <= int(text) <= 2099
    return int(text) if found else None


def csv_grid(source: Source, aside: Aside) -> Grid:
    """The rows of a text file.

    Raises:
        BakenError: when it is too large, no text, or has one column only.
    """
    text = decode(source.read(MAX_BYTES), source.name).lstrip("\ufeff")
    if text.count("\n") > MAX_ROWS + SPARE:
        raise _too_many(source.name)
    skipped = 0
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        delimiter, text, skipped = first.strip()[4], rest, 1
    else:
        delimiter = delimiter_of(text)
        if not delimiter and not _dates_alone(text):
            raise _one_column(source.name)
    rows: list[Row] = []
    for at, cells in _records(text, delimiter, aside, skipped):
        if not any(c.strip() for c in cells):
            continue
        if len(rows) >= MAX_ROWS:
            raise _too_many(source.name)
        if len(cells) > MAX_COLUMNS:
            aside.add(at, f"{len(cells)} cells; at most {MAX_COLUMNS} are read")
            continue
        rows.append((at, [_trimmed(c) for c in cells]))
    return Grid(source.name, rows)


def _too_many(name: str) -> BakenError:
    expected = f"at most {MAX_ROWS} rows; split it by year, or hand in the long form"
    return BakenError(name, f"there are more than {MAX_ROWS} rows", expected)


def _trimmed(cell: str) -> str:
    cell = cell.strip()[:MAX_CELL]
    return " ".join(cell.split()) if "\n" in cell else cell


def _dates_alone(text: str) -> bool:
    """Whether lines are mostly one date or period each: a list of what happened."""
    sample = [t.strip().strip('"') for t in text.splitlines()[:SAMPLE] if t.strip()]
    dates = sum(1 for t in sample if not t.isdigit() and _kind_of_text(t) == "period")
    return dates >= 1 and dates >= 0.6 * (len(sample) - 2)


def _one_column(name: str) -> BakenError:
    if name.lower().endswith((".cod", ".coda")):
        return BakenError(name, "it ends as CODA and holds no bank statement", EXPECTED)
    problem = "there is one column only"
    expected = "columns cut by ; or , or a tab or |: a date and a figure"
    return BakenError(name, problem, expected)


def delimiter_of(text: str) -> str:
    """The sign between cells: the one that cuts most lines into as many cells; ``""`` when none
    does. A comma is taken only when nothing else does, for it stands in numbers too."""
    sample = [t[:2_000] for t in text.splitlines()[:SAMPLE] if t.strip()]
    best, score = "", 0.0
    for mark in DELIMITERS:
        try:
            widths = Counter(len(r) for r in csv.reader(sample, delimiter=mark) if len(r) > 1)
        except csv.Error:
            continue
        share = max(widths.values(), default=0) / max(len(sample), 1)
        if share > score + 0.3:
            best, score = mark, share
    return best


def _records(
    text: str, delimiter: str, aside: Aside, skipped: int
) -> Iterator[tuple[int, list[str]]]:
    """The records with the line that each begins on. When a quote is not closed anywhere, a cell
    may take some lines only, so that the fault costs one line and not the rest of the file."""
    lines = text.split("\n") if "\r" not in text else text.splitlines()
    delimiter = delimiter or ALONE
    try:
        found = []
        reader = csv.reader((f"{line}\n" for line in lines), delimiter=delimiter, strict=True)
        begins = 1
        for record in reader:
            found.append((begins + skipped, record))
            begins = reader.line_num + 1
        yield from found
        return
    except csv.Error:
        pass
    usual = Counter(t.count(delimiter) + 1 for t in lines if '"' not in t and t.strip())
    width = usual.most_common(1)[0][0] if usual else 1
    short = ((at, t) for at, t in enumerate(lines, start=1 + skipped) if not _long(t, at, aside))
    for at, cells in records(short, delimiter, width):
        if cells is None:
            aside.add(at, "a quote is not closed")
        else:
            yield at, cells


def _long(line: str, at: int, aside: Aside) -> bool:
    if len(line) > MAX_LINE:
        aside.add(at, "the line is too long")
    return len(line) > MAX_LINE
