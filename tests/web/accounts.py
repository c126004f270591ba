"""Who hands in annual accounts, and what stands on the page afterwards."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from baken.registers.filing import decode_filing
from baken.web.owner import books
from tests.registers.filings import HEAD, table
from tests.web.conftest import NEED

NUMBER = "0403.170.701"
BEFORE = HEAD | {
    "Accounting period start date": "2024-01-01",
    "Accounting period end date": "2024-12-31",
}
_FILED = [decode_filing(table(), "a"), decode_filing(table(head=BEFORE), "b")]
TWO_YEARS = str(books.take(_FILED, "file", date(2026, 11, 24))[0])
"""What stays of the bakery's accounts of two years."""


def send(client: Client, *files: bytes, lang: str = "", **more: str) -> Any:
    """Who chose these files."""
    chosen = [SimpleUploadedFile(f"{n}.csv", data) for n, data in enumerate(files)]
    return client.post(
        f"{lang}/jaarrekening", {"need": NEED, "do": "file", "accounts": chosen, **more}
    )


def said(response: Any) -> str:
    return unescape(response.content.decode())


def field(response: Any, name: str) -> str:
    """A hidden field of the page."""
    found = re.search(rf'name="{name}" value="([^"]*)"', response.content.decode())
    return unescape(found[1]) if found else ""


def kept(response: Any) -> str:
    """The field in which the figures travel."""
    return field(response, "books")


def ask(client: Client, books: str, **more: str) -> str:
    return said(client.post("/resultaat", {"need": NEED, "books": books, **more}))
