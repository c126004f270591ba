"""Mail that comes back: which letters did not arrive, from a delivery report (RFC 3464), or from a
letter given back as plain text by qmail (http://qmail.org/qmail-manual-html/misc/RFCQSBMF.html) or
an older Exim (``X-Failed-Recipients``): both write those only when they gave up for good.

Other plain text says nothing: a letter that is only late, or an answer of a person or a machine,
may quote the same Message-ID, and looks the same to a program.

A letter is known again by the 32 hex signs of its Message-ID: in the report's
``Original-Envelope-Id`` (RFC 3461), in the headers that came back, or behind the plus sign of the
address that the report was sent to. Who was not sent the letter can not guess them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesParser
from email.utils import parseaddr

MOST = 1_000_000
"""Bytes of a report that are looked at; a larger one is no report."""
PARTS = 50
"""Parts of a report that are looked at, and blocks of a part."""
_MARK = re.compile(r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])")
_SENT_TO = ("To", "Delivered-To", "X-Original-To", "Envelope-To")
_DAEMONS = ("mailer-daemon", "postmaster")
_QMAIL = "Hi. This is the"
"""How the body of a returned letter of qmail begins, by its definition."""
_COPY = re.compile(r"(?:^|\n\n)-[^\n]*(?:\n[^\n]+)*\n\n+")
"""The paragraph that begins with a dash, after which the copy of the letter comes."""
_STATUS = re.compile(r"(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?![\d.])")
ARRIVED = frozenset({"delivered", "relayed", "expanded"})


@dataclass(frozen=True)
class Report:
    """What a delivery report says. ``failed``: to nobody, for good; ``marks`` of the letters that
    it can be about.
    """

    marks: frozenset[str]
    failed: bool
    status: str = ""


def read(raw: bytes) -> Report | None:
    """What a message says of a letter's delivery; None when it says nothing of it."""
    if len(raw) > MOST:
        return None
    try:
        return _read(BytesParser().parsebytes(raw))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


def is_mail(raw: bytes) -> bool:
    """Whether it begins as a message does."""
    return bool(BytesParser().parsebytes(raw[:65_536], headersonly=True).keys())


def _read(message: Message) -> Report | None:
    parts = list(_parts(message))
    said = [part for part in parts if part.get_content_type() == "message/delivery-status"]
    if not said:
        return _returned_plain(message)
    fields = [block for part in said for block in _blocks(part)]
    actions = [_field(block, "Action").lower() for block in fields if block["Action"]]
    statuses = [_field(block, "Status") for block in fields if block["Status"]]
    failed = "failed" in actions and not ARRIVED & set(actions)
    texts = [_field(block, "Original-Envelope-Id") for block in fields]
    texts += [text for part in parts for text in _returned(part)]
    return Report(_marks(message, texts), failed, (statuses or [""])[0][:9])


def _returned_plain(message: Message) -> Report | None:
    """A letter that qmail or Exim gave back as plain text: from nobody, by a daemon, in the form
    that each has for this alone.
    """
    if message.get_content_type() != "text/plain":
        return None
    paths = [str(path).strip() for path in message.get_all("Return-Path", [])]
    name = parseaddr(_field(message, "From"))[1].partition("@")[0].lower()
    body = message.get_payload(decode=True)
    if set(paths) != {"<>"} or name not in _DAEMONS or not isinstance(body, bytes):
        return None
    text = body.decode("latin-1").replace("\r\n", "\n")
    copy = _COPY.search(text)
    if copy is None or not (text.startswith(_QMAIL) or message["X-Failed-Recipients"]):
        return None
    inner = BytesParser().parsebytes(text[copy.end() :].encode("latin-1"), headersonly=True)
    status = _STATUS.search(text, 0, copy.start())
    marks = _marks(message, [_field(inner, "Message-ID")])
    return Report(marks, True, status[0] if status else "")


def _marks(message: Message, texts: Iterable[str]) -> frozenset[str]:
    """The marks in some texts, and in the addresses that a message was sent to."""
    sent_to = [str(value) for name in _SENT_TO for value in message.get_all(name, [])]
    return frozenset(mark for text in (*texts, *sent_to) for mark in _MARK.findall(text))


def _parts(message: Message) -> Iterator[Message]:
    """The report and its parts, not what is inside of what came back."""
    yield message
    if message.get_content_type() != "multipart/report" or not message.is_multipart():
        return
    payload = message.get_payload()
    for part in payload[:PARTS] if isinstance(payload, list) else []:
        if isinstance(part, Message):
            yield part


def _blocks(part: Message) -> list[Message]:
    payload = part.get_payload()
    blocks = payload[:PARTS] if isinstance(payload, list) else []
    return [block for block in blocks if isinstance(block, Message)]


def _returned(part: Message) -> list[str]:
    """The Message-ID of the letter that came back, whole or as its headers."""
    kind, payload = part.get_content_type(), part.get_payload()
    if kind in ("message/rfc822", "message/global") and isinstance(payload, list):
        return [_field(inner, "Message-ID") for inner in payload[:1] if isinstance(inner, Message)]
    if kind in ("text/rfc822-headers", "message/global-headers"):
        decoded = part.get_payload(decode=True)
        if isinstance(decoded, bytes):
            inner = BytesParser().parsebytes(decoded, headersonly=True)
            return [_field(inner, "Message-ID")]
    return []


def _field(block: Message, name: str) -> str:
    return str(block[name] or "").strip()
