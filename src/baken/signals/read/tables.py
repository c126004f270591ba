"""Tables: the long form for programs, and the shapes that people have (CSV, TSV, XLSX)."""

from __future__ import annotations

from collections.abc import Mapping

from baken.signals.read.long_form import heading, read_long
from baken.signals.read.source import Source, encoding_of
from baken.signals.series import Reading


def is_long(head: bytes) -> bool:
    """Whether the first bytes of a file begin a long form."""
    text = head.decode(encoding_of(head), errors="replace").lstrip("\ufeff\r\n \t")
    return heading(text.partition("\n")[0].rstrip("\r")) is not None


def read_table(source: Source, answers: Mapping[str, str] | None = None) -> Reading:
    """The series in a table.

    Raises:
        BakenError: when the file as a whole can't be read.
    """
    return read_long(source, answers)
