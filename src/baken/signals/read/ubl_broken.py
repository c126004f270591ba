"""What is wrong with XML that can't be read, in plain words, and on which line of the file."""

from __future__ import annotations

import re

from lxml import etree

from baken.kernel.errors import BakenError

AGAIN = "the same invoice once more, from whoever made it"
SHORTER = "an invoice of usual size"
WORDS = {
    "cut": "the file was cut off, its end is missing",
    "amp": "an & stands alone in a text, it must be &amp;",
    "entity": "there is an abbreviation (&...;) that nobody explained",
    "less": "a < stands in a text, it must be &lt;",
    "mismatch": "an element is closed under another name than it was opened",
    "sign": "there is a sign that no text may hold",
    "prefix": "a prefix stands before a name and is explained nowhere",
    "after": "something stands after the end of the invoice",
    "attribute": 'an attribute is not written as it must be, name="value"',
    "large": "a text in it is too long, or its elements are nested too deep",
    "other": "a rule of XML is not kept",
}
CODES = {
    5: "after", 9: "sign", 23: "amp", 26: "entity", 38: "less", 39: "attribute", 40: "attribute",
    41: "attribute", 42: "attribute", 65: "attribute", 76: "mismatch", 77: "cut", 81: "sign",
    114: "large", 201: "prefix",
}  # fmt: skip
"""Codes of libxml2."""
NAME_REQUIRED = 68
ROOT = re.compile(rb"<([\w.\-]+(?::[\w.\-]+)?)")
END = 400
"""Bytes at the end of a document in which its root is closed."""


def broken(error: etree.XMLSyntaxError, data: bytes, whole: bytes, name: str) -> BakenError:
    """The error for people. ``data`` is what was parsed of the file (``whole``); what the parser
    said stands last, in brackets."""
    kind = _kind(error, data)
    line = _line(error.position[0], data, whole)
    said = re.sub(r", line \d+, column \d+$", "", str(error.msg)).rstrip(".")
    problem = f"line {line}: the XML is broken: {WORDS[kind]} ({said})"
    return BakenError(name, problem, SHORTER if kind == "large" else AGAIN)


def _kind(error: etree.XMLSyntaxError, data: bytes) -> str:
    root = ROOT.search(data)
    if root is not None and not re.search(
        rb"</" + re.escape(root[1]) + rb"\s*>|/>\s*\Z", data[-END:]
    ):
        return "cut"
    code = getattr(error, "code", 0)
    if code == NAME_REQUIRED:
        return "amp" if "EntityRef" in str(error.msg) else "less"
    return CODES.get(code, "other")


def _line(at: int, data: bytes, whole: bytes) -> int:
    """The line of the file that is a line of the text that was parsed: without its declaration and
    what was embedded."""
    rows = data.split(b"\n")
    text = rows[at - 1] if 0 < at <= len(rows) else b""
    if text.strip() and whole.count(text) == 1:
        return whole.count(b"\n", 0, whole.index(text)) + 1
    start = whole.find(data[:64])
    return at + (whole.count(b"\n", 0, start) if start > 0 else 0)
