"""Mail exports: the messages of a mailbox, and the e-invoices and tables attached to a message."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from pathlib import PurePath
from typing import BinaryIO

MAX_PARTS = 1_000
WHOLE = "message"
"""Stands for the name of an attachment where a message as a whole is of no use."""
_NAMES = (".xml", ".ubl", ".zip")
_TYPES = frozenset(
    {"application/xml", "text/xml", "application/zip", "application/x-zip-compressed"}
)
PAPERS = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods", ".cod", ".coda")
_PAPER_TYPES = frozenset(
    {
        "text/csv", "text/tab-separated-values", "application/vnd.ms-excel",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.oasis.opendocument.spreadsheet",
    }
)  # fmt: skip
_HINT = re.compile(
    rb"(?i)\.(?:csv|tsv|xls[xm]?|ods|coda?)\b|text/(?:csv|tab-sep)|ms-excel|spreadsheet"
    rb"|name\*?=\s*\"?=\?"
)
"""A name or kind of such a part, or a name that is encoded."""
_MAIL = re.compile(
    rb"\A(?:From [^\n]{3,200}\r?\n"
    rb"|(?:[A-Za-z][A-Za-z0-9-]{1,40}:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){2})"
)
_FIELDS = re.compile(rb"(?im)^(?:from|received|mime-version|message-id|return-path):")


def is_mail(head: bytes) -> bool:
    """Whether a file begins as a message or a mailbox does."""
    return bool(_MAIL.match(head) and _FIELDS.search(head))


def messages(file: BinaryIO, limit: int) -> Iterator[bytes]:
    """The messages of an mbox, one by one; of a larger one only ``limit`` + 1 bytes are given."""
    parts: list[bytes] = []
    size = 0
    blank, started = True, False
    while line := file.readline(65_536):
        if blank and line.startswith(b"From "):
            if started:
                yield b"".join(parts)
            parts, size, started = [], 0, True
        elif started and size <= limit:
            parts.append(line[: limit + 1 - size])
            size += len(parts[-1])
        blank = line in (b"\n", b"\r\n")
    if started:
        yield b"".join(parts)


def attachments(data: bytes) -> Iterator[tuple[str, bytes, str]]:
    """What is attached as XML or zip: (name, bytes, ``""``) or (name, ``b""``, why not).

    Other parts (text, pictures, PDF) are passed over: a message is no list of files.
    """
    yield from _attached(data, _is_xml)


def papers(data: bytes) -> Iterator[tuple[str, bytes, str]]:
    """What is attached as a table, bank statement or annual account, as :func:`attachments`.

    A message in which nothing looks like one is not taken apart.
    """
    if _HINT.search(data):
        yield from _attached(data, _is_paper)


def _is_xml(name: str, kind: str) -> bool:
    return name.lower().endswith(_NAMES) or kind in _TYPES or kind.endswith("+xml")


def _is_paper(name: str, kind: str) -> bool:
    return name.lower().endswith(PAPERS) or (kind in _PAPER_TYPES and not _is_xml(name, kind))


def _attached(data: bytes, wanted: Callable[[str, str], bool]) -> Iterator[tuple[str, bytes, str]]:
    try:
        message = BytesParser(policy=compat32).parsebytes(data)
        parts = _parts(message)
    except (RecursionError, ValueError, LookupError):
        yield WHOLE, b"", "the message is broken"
        return
    if len(parts) > MAX_PARTS:
        yield WHOLE, b"", f"the message has more than {MAX_PARTS} parts"
        return
    for at, part in enumerate(parts, 1):
        try:
            name = PurePath(_plain(part.get_filename())).name[:200]
            if not wanted(name, part.get_content_type()):
                continue
            content = part.get_payload(decode=True)
        except (ValueError, LookupError, TypeError, AttributeError):
            yield f"part {at}", b"", "the attachment is broken"
            continue
        if isinstance(content, bytes) and content:
            yield name or f"part {at}", content, ""
        else:
            yield name or f"part {at}", b"", "the attachment is empty"


def _plain(name: object) -> str:
    """The name of a file, also where it was written in another encoding."""
    try:
        return str(make_header(decode_header(str(name)))) if name else ""
    except (ValueError, LookupError):
        return str(name)


def _parts(message: Message) -> list[Message]:
    """The leaves of a message, in order, without recursion; at most one over the bound."""
    found: list[Message] = []
    todo: list[Message] = [message]
    while todo and len(found) <= MAX_PARTS:
        one = todo.pop()
        inside = one.get_payload()
        if isinstance(inside, list):
            todo.extend(p for p in reversed(inside) if isinstance(p, Message))
        else:
            found.append(one)
    return found
