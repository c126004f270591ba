"""What a file is, told by what is in it: names and endings lie."""

from __future__ import annotations

import json
import zipfile
from typing import Literal

from baken.kernel.errors import BakenError
from baken.registers.filing import is_csv
from baken.signals.read.boxes import BROKEN, MAX_INDEX, MAX_MEMBERS, zip_end
from baken.signals.read.coda_lines import is_coda
from baken.signals.read.mail import is_mail
from baken.signals.read.ods import is_ods
from baken.signals.read.source import UTF16, Source
from baken.signals.read.tables import is_long
from baken.signals.read.walk import looks_xml
from baken.signals.read.xls import MAGIC

FileKind = Literal["long", "table", "book", "coda", "accounts", "invoice", "mail", "zip", "unknown"]
"""``long`` the long form, ``table`` other text in columns, ``book`` XLSX, XLS or ODS,
``accounts`` JSON or CSV of the National Bank, ``invoice`` XML, ``mail`` a message or
mailbox, ``zip`` any other archive."""

ARCHIVE = b"PK"
REFUSED: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "this is a PDF, in which figures can't be told from other text", "the CSV or XLSX"),
    (b"\x89PNG", "this is a picture", "the CSV or XLSX behind it"),
    (b"\xff\xd8\xff", "this is a picture", "the CSV or XLSX behind it"),
    (b"Rar!", "this is a RAR archive", "a zip, or the files in it"),
    (b"7z\xbc\xaf", "this is a 7-Zip archive", "a zip, or the files in it"),
    (b"\x1f\x8b", "this is a gzip archive", "a zip, or the files in it"),
    (b"SQLite format", "this is a database", "a CSV made from it"),
)
"""What files begin with that no reader takes, and what to hand in instead."""


def recognise(source: Source) -> FileKind:
    """The kind of a file.

    Raises:
        BakenError: when it can't be opened, is empty, or is of a kind that is known and not read.
    """
    head = source.head()
    if not head.strip(b"\xef\xbb\xbf \t\r\n"):
        raise BakenError(source.name, "the file is empty", "a file with figures")
    for start, problem, expected in REFUSED:
        if head.startswith(start):
            raise BakenError(source.name, problem, expected)
    if head.startswith(MAGIC):
        return "book"
    if head.startswith(ARCHIVE):
        return _archive(source)
    if b"\0" in head and head[:2] not in UTF16:
        at = head.index(b"\0") + 1
        raise BakenError(source.name, f"byte {at} is nought: this is no text", "CSV, XLSX or CODA")
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"<") or looks_xml(head[:400]):
        return "invoice"
    if start.startswith((b"{", b"[")):
        return "accounts" if b'"Rubrics"' in source.read(50_000_000) else _json(source)
    if is_coda(head):
        return "coda"
    if is_csv(head):
        return "accounts"
    if is_long(head):
        return "long"
    if is_mail(head):
        return "mail"
    return "table"


def _archive(source: Source) -> FileKind:
    try:
        with source.open() as file:
            if zip_end(file).size > MAX_INDEX:
                problem = f"the archive lists more than {MAX_MEMBERS} files"
                raise BakenError(source.name, problem, "fewer")
            with zipfile.ZipFile(file) as z:
                names = z.namelist()
    except BROKEN as e:
        problem = f"the archive can't be read ({type(e).__name__})"
        raise BakenError(source.name, problem, "a zip or XLSX file that opens") from e
    if "content.xml" in names and "mimetype" in names:
        if is_ods(source):
            return "book"
        raise BakenError(source.name, "this is a text or drawing of LibreOffice", "a spreadsheet")
    if "word/document.xml" in names:
        raise BakenError(source.name, "this is a text (Word)", "a spreadsheet, or CSV")
    return "book" if any(n.startswith("xl/") for n in names) else "zip"


def _json(source: Source) -> FileKind:
    try:
        json.loads(source.read(50_000_000))
    except (ValueError, RecursionError):
        return "table"
    problem = "this JSON is of no kind that is known"
    raise BakenError(source.name, problem, "annual accounts of the National Bank, with `Rubrics`")
