"""Spreadsheets (XLSX): each sheet as a grid, with errors of formulas as such.

openpyxl reads row by row, so that a cell in the far corner costs nothing, and it tells errors
apart from empty cells (docs/decisions/0010-tables-and-coda.md). The zip is measured by unpacking
it, not by what it says of itself.
"""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import openpyxl

from baken.kernel.errors import BakenError
from baken.signals.read.grid import MAX_CELL, MAX_COLUMNS, MAX_ROWS, Cell, Grid, Row, Wrong
from baken.signals.read.source import Aside, Source

MAX_FILE = 30_000_000
MAX_UNPACKED = 200_000_000
MAX_RATIO = 300
MAX_PARTS = 2_000
MAX_SHEETS = 60
MAX_EMPTY = 5_000
"""Empty rows after which a sheet is taken to have ended."""
CHUNK = 1_000_000


@dataclass
class Sheet:
    """A sheet as it stands in the file."""

    name: str
    rows: list[Row]
    hidden: bool = False


def book_grids(source: Source, aside: Aside) -> list[Grid]:
    """The sheets of a spreadsheet that people can see.

    Raises:
        BakenError: when it is no XLSX, too large packed or unpacked, or can't be read.
    """
    data = source.read(MAX_FILE)
    measure(data, source.name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        except Exception as e:  # openpyxl lets through whatever its XML brings
            raise unreadable(source.name, e) from e
        found = []
        for sheet in book.worksheets[:MAX_SHEETS]:
            hidden = sheet.sheet_state != "visible"
            try:
                rows = [] if hidden else _rows(sheet, source.name)
            except BakenError:
                raise
            except Exception as e:
                raise unreadable(f"{source.name}, sheet {sheet.title}", e) from e
            found.append(Sheet(sheet.title, rows, hidden))
        book.close()
    return sheets_of(source.name, found, aside)


def sheets_of(name: str, found: Sequence[Sheet], aside: Aside) -> list[Grid]:
    """The sheets as grids; hidden ones are named and left out.

    Raises:
        BakenError: when there are no figures on any.
    """
    grids = []
    for sheet in found:
        rows = [(at, row) for at, cells in sheet.rows if (row := _bare(cells))]
        if sheet.hidden:
            aside.add(None, f"the sheet '{sheet.name}' is hidden and was not read")
        elif rows:
            grids.append(Grid(name, rows, sheet.name))
    if not grids:
        raise BakenError(name, "there are no figures on any sheet", "a sheet with a table")
    return grids


def _bare(cells: Sequence[Cell]) -> list[Cell]:
    """A row without the empty cells at its end."""
    row = list(cells)
    while row and row[-1] == "":
        row.pop()
    return row


def unreadable(where: str, error: Exception) -> BakenError:
    problem = f"the spreadsheet can't be read ({type(error).__name__})"
    return BakenError(where, problem, "an XLSX file that opens; save it anew, or as CSV")


def measure(data: bytes, name: str) -> None:
    """Unpacks every part and counts, so that a bomb stops at its bound."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as z:
            parts = z.infolist()
            if len(parts) > MAX_PARTS:
                raise BakenError(name, f"{len(parts)} parts", f"at most {MAX_PARTS}")
            total = 0
            for part in parts:
                size = 0
                with z.open(part) as file:
                    while chunk := file.read(CHUNK):
                        size += len(chunk)
                        total += len(chunk)
                        bomb = size > CHUNK and size > MAX_RATIO * max(part.compress_size, 1)
                        if bomb or total > MAX_UNPACKED:
                            problem = "it unpacks to far more than a spreadsheet holds"
                            expected = f"at most {MAX_UNPACKED // 10**6} MB unpacked; save as CSV"
                            raise BakenError(name, problem, expected)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as e:
        raise unreadable(name, e) from e
    except Exception as e:
        if isinstance(e, BakenError):
            raise
        raise unreadable(name, e) from e  # zlib.error, struct.error


def _rows(sheet: Any, name: str) -> list[Row]:
    sheet.reset_dimensions()
    rows: list[Row] = []
    empty = 0
    for at, cells in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS), start=1):
        row = _bare([_cell(c) for c in cells])
        if not row:
            empty += 1
            if empty > MAX_EMPTY:
                break
            continue
        empty = 0
        if len(rows) >= MAX_ROWS:
            expected = f"at most {MAX_ROWS} rows; split it by year"
            raise BakenError(f"{name}, sheet {sheet.title}", f"more than {MAX_ROWS} rows", expected)
        rows.append((at, row))
    return rows


def _cell(cell: Any) -> Cell:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "e":
        return Wrong(str(value))
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float):
        return Decimal(repr(value)) if value == value and abs(value) < 1e18 else Wrong(str(value))
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    return str(value).strip()[:MAX_CELL]
