"""Mail exports: the messages of a mailbox, and the e-invoices attached to a message."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from pathlib import PurePath
from typing import BinaryIO

MAX_PARTS = 1_000
_NAMES = (".xml", ".ubl", ".zip")
_TYPES = frozenset(
    {"application/xml", "text/xml", "application/zip", "application/x-zip-compressed"}
)
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
    try:
        message = BytesParser(policy=compat32).parsebytes(data)
        parts = _parts(message)
    except (RecursionError, ValueError, LookupError):
        yield "message", b"", "the message is broken"
        return
    if len(parts) > MAX_PARTS:
        yield "message", b"", f"the message has more than {MAX_PARTS} parts"
        return
    for at, part in enumerate(parts, 1):
        try:
            name = PurePath(str(part.get_filename() or "")).name[:200]
            kind = part.get_content_type()
            if not (name.lower().endswith(_NAMES) or kind in _TYPES or kind.endswith("+xml")):
                continue
            content = part.get_payload(decode=True)
        except (ValueError, LookupError, TypeError, AttributeError):
            yield f"part {at}", b"", "the attachment is broken"
            continue
        if isinstance(content, bytes) and content:
            yield name or f"part {at}", content, ""
        else:
            yield name or f"part {at}", b"", "the attachment is empty"


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
