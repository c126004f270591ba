"""A body over the bound is read to its end and thrown away, so that its sender reads the answer.

A server that answers and closes while a browser still sends shows its owner "connection reset", not
the page. So what is too much is taken in and dropped, byte by byte, without memory or disk; the
site then answers by the length that was told, with its own page.
"""

# mypy: allow-subclassing-any
from __future__ import annotations

from io import BytesIO
from typing import Any

from waitress.parser import HTTPRequestParser
from waitress.utilities import RequestEntityTooLarge

MOST = 5_000_000_000
"""Bytes that are dropped at most; a body that says to be larger is refused at once, in words."""


class Dropped:
    """Takes a body of ``length`` bytes and keeps none of them."""

    error = None

    def __init__(self, length: int) -> None:
        self.left = length
        self.completed = False

    def __len__(self) -> int:
        return 0

    def received(self, data: bytes) -> int:
        """How many bytes of ``data`` were of the body."""
        taken = min(len(data), self.left)
        self.left -= taken
        self.completed = self.left == 0
        return taken

    def getfile(self) -> BytesIO:
        """The body, of which nothing is left."""
        return BytesIO()

    getbuf = getfile


class Parser(HTTPRequestParser):
    """Reads a request; a body over the server's bound is dropped instead of kept."""

    body_rcv: Any
    completed: bool
    error: Any

    def received(self, data: bytes) -> int:
        """How many bytes were of this request."""
        if isinstance(self.body_rcv, Dropped) and not self.completed:
            taken = self.body_rcv.received(data)
            self.completed = self.body_rcv.completed
            return taken
        consumed: int = super().received(data)
        too_much = isinstance(self.error, RequestEntityTooLarge) and not self.chunked
        if too_much and self.content_length <= MOST:
            self.error, self.completed = None, False
            self.body_rcv = Dropped(self.content_length)
        return consumed
