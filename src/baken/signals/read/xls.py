"""Spreadsheets of before 2007 (XLS): each sheet as a grid.

xlrd reads them without running anything and tells errors of formulas apart from empty cells
(docs/decisions/0012-xls-and-ods.md).
"""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

import xlrd

from baken.kernel.errors import BakenError
from baken.signals.read.book import MAX_FILE, MAX_SHEETS, Sheet, sheets_of, unreadable
from baken.signals.read.grid import MAX_CELL, MAX_COLUMNS, Cell, Grid, Row, Wrong
from baken.signals.read.source import Aside, Source

MAGIC = b"\xd0\xcf\x11\xe0"


def xls_grids(source: Source, aside: Aside) -> list[Grid]:
    """The sheets of a spreadsheet that people can see.

    Raises:
        BakenError: when it is no XLS (Word's old files begin alike), is locked, or is too large.
    """
    data = source.read(MAX_FILE)
    try:
        book = xlrd.open_workbook(file_contents=data, ragged_rows=True, logfile=io.StringIO())
    except xlrd.XLRDError as e:
        locked = "encrypted" in str(e).lower()
        problem = "it is locked with a password" if locked else "this is no spreadsheet"
        raise BakenError(source.name, problem, "XLS or XLSX without a password, or CSV") from e
    except Exception as e:  # struct.error, IndexError, AssertionError: whatever broken bytes bring
        raise unreadable(source.name, e) from e
    found = []
    for sheet in book.sheets()[:MAX_SHEETS]:
        try:
            rows = _rows(sheet, book.datemode)
        except Exception as e:
            raise unreadable(f"{source.name}, sheet {sheet.name}", e) from e
        found.append(Sheet(sheet.name, rows, hidden=sheet.visibility != 0))
    return sheets_of(source.name, found, aside)


def _rows(sheet: Any, datemode: int) -> list[Row]:
    return [
        (at + 1, [_cell(c, datemode) for c in sheet.row(at)[:MAX_COLUMNS]])
        for at in range(sheet.nrows)
    ]


def _cell(cell: Any, datemode: int) -> Cell:
    value = cell.value
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return Wrong(xlrd.error_text_from_code.get(value, "#ERR"))
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return xlrd.xldate_as_datetime(value, datemode).date()  # type: ignore[no-any-return]
        except (ValueError, OverflowError):
            return Wrong(str(value))
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        return Decimal(repr(value)) if abs(value) < 1e18 else Wrong(str(value))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return str(bool(value))
    return str(value).strip()[:MAX_CELL]
