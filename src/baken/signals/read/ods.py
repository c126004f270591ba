"""Spreadsheets of LibreOffice (ODS): each sheet as a grid, read row by row.

A cell or row that stands for many (``number-rows-repeated``) costs one: the format writes the empty
million below a table so (docs/decisions/0012-xls-and-ods.md).
"""

from __future__ import annotations

import io
import zipfile
from datetime import date
from decimal import Decimal, InvalidOperation

from lxml import etree

from baken.kernel.errors import BakenError
from baken.signals.read.book import MAX_FILE, MAX_SHEETS, Sheet, measure, sheets_of, unreadable
from baken.signals.read.boxes import BROKEN
from baken.signals.read.grid import MAX_CELL, MAX_COLUMNS, MAX_ROWS, Cell, Grid, Wrong
from baken.signals.read.source import Aside, Source

KIND = b"application/vnd.oasis.opendocument.spreadsheet"
NAMES = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, TABLE, TEXT, STYLE = (
    f"{{{NAMES}{name}:1.0}}" for name in ("office", "table", "text", "style")
)
CELLS = (f"{TABLE}table-cell", f"{TABLE}covered-table-cell")
ERROR = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
NUMBERS = frozenset({"float", "currency", "percentage"})


def is_ods(source: Source) -> bool:
    """Whether a zip is a spreadsheet of LibreOffice."""
    try:
        with source.open() as file, zipfile.ZipFile(file) as z, z.open("mimetype") as kind:
            return kind.read(100).startswith(KIND)
    except (KeyError, *BROKEN):
        return False


def ods_grids(source: Source, aside: Aside) -> list[Grid]:
    """The sheets of a spreadsheet that people can see.

    Raises:
        BakenError: when it is too large packed or unpacked, locked, or can't be read.
    """
    data = source.read(MAX_FILE)
    measure(data, source.name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as z:
            content = z.read("content.xml")
    except (KeyError, *BROKEN) as e:
        raise unreadable(source.name, e) from e
    if b"<!DOCTYPE" in content[:2_000]:
        raise BakenError(source.name, "it has a DOCTYPE, which can hide entities", "another file")
    try:
        found = _sheets(content, source.name)
    except etree.XMLSyntaxError as e:
        raise unreadable(source.name, e) from e
    return sheets_of(source.name, found, aside)


def _sheets(content: bytes, name: str) -> list[Sheet]:
    found: list[Sheet] = []
    hidden: set[str] = set()
    at = 0
    tags = (f"{STYLE}style", f"{TABLE}table", f"{TABLE}table-row")
    walk = etree.iterparse(
        io.BytesIO(content), events=("start", "end"), tag=tags, resolve_entities=False,
        no_network=True,
    )  # fmt: skip
    for event, element in walk:
        if element.tag == f"{TABLE}table" and event == "start":
            title = element.get(f"{TABLE}name") or ""
            found.append(Sheet(title, [], element.get(f"{TABLE}style-name") in hidden))
            at = 1
        elif event == "end" and element.tag == f"{STYLE}style":
            shown = element.find(f"{STYLE}table-properties")
            if shown is not None and shown.get(f"{TABLE}display") == "false":
                hidden.add(element.get(f"{STYLE}name") or "")
        elif event == "end" and element.tag == f"{TABLE}table-row" and found:
            at = _take(element, found[-1], at, name)
            element.clear(keep_tail=False)
    return found[:MAX_SHEETS]


def _take(element: etree._Element, sheet: Sheet, at: int, name: str) -> int:
    """Takes in a row, as often as it stands for; the number of the next."""
    times = _times(element, "number-rows-repeated")
    cells: list[Cell] = []
    for cell in element.iterchildren(*CELLS):
        value = _cell(cell)
        room = MAX_COLUMNS - len(cells)
        cells += [value] * min(_times(cell, "number-columns-repeated"), room)
    while cells and cells[-1] == "":
        cells.pop()
    if cells:
        if len(sheet.rows) + times > MAX_ROWS:
            expected = f"at most {MAX_ROWS} rows; split it by year"
            raise BakenError(f"{name}, sheet {sheet.name}", f"more than {MAX_ROWS} rows", expected)
        sheet.rows.extend((at + n, list(cells)) for n in range(times))
    return at + times


def _times(element: etree._Element, what: str) -> int:
    text = element.get(f"{TABLE}{what}") or "1"
    return max(1, int(text)) if text.isdigit() and len(text) < 10 else 1


def _cell(cell: etree._Element) -> Cell:
    kind = cell.get(f"{OFFICE}value-type") or ""
    lines = ["".join(map(str, p.itertext())) for p in cell.iterchildren(f"{TEXT}p")]
    text = " ".join(" ".join(lines).split())[:MAX_CELL]
    if cell.get(ERROR) == "error":
        return Wrong(text or "#ERR")
    if kind in NUMBERS:
        try:
            value = Decimal(cell.get(f"{OFFICE}value") or "")
        except InvalidOperation:
            return Wrong(text)
        return value if value.is_finite() and abs(value) < 10**18 else Wrong(text)
    if kind == "date":
        try:
            return date.fromisoformat((cell.get(f"{OFFICE}date-value") or "")[:10])
        except ValueError:
            return Wrong(text)
    return text
