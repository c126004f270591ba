"""One GET to another machine. Nothing below the top floor calls this by itself: commands and pages
hand it down to what speaks a protocol, and tests hand down something else.
"""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.message import Message
from http.client import HTTPException
from typing import IO

SECONDS = 10.0
"""Without a word for so long there is no answer."""
MOST_BYTES = 5_000_000


@dataclass(frozen=True)
class Answer:
    """What came back; header names in lower case. ``cut``: there was more than the bound."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    cut: bool = False


Fetch = Callable[[str, Mapping[str, str]], Answer]
"""Address and headers to an answer; OSError when there is none."""


class _Stay(urllib.request.HTTPRedirectHandler):
    """A redirect is an answer: a key must not travel to where another machine points."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: Message,
        newurl: str,
    ) -> None:
        """Follow nothing."""


def fetch(address: str, headers: Mapping[str, str], seconds: float = SECONDS) -> Answer:
    """Ask once, over http or https.

    Raises:
        OSError: when no answer came (:class:`TimeoutError` when it took too long).
    """
    if not address.startswith(("https://", "http://")):
        raise OSError("no address of the web")
    request = urllib.request.Request(address, headers=dict(headers))  # noqa: S310
    try:
        try:
            answer = urllib.request.build_opener(_Stay).open(request, timeout=seconds)
        except urllib.error.HTTPError as refused:
            answer = refused
        with answer:
            body = answer.read(MOST_BYTES + 1)
            names = {name.lower(): value for name, value in answer.headers.items()}
            cut = len(body) > MOST_BYTES
            told = names.get("content-length", "")
            if not cut and told.isdecimal() and len(body) < int(told):
                raise ConnectionError("the answer broke off")
            return Answer(answer.status or 0, names, body[:MOST_BYTES], cut)
    except HTTPException as e:
        raise OSError(type(e).__name__) from e
