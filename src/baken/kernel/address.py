"""Addresses of pages."""

from __future__ import annotations

from urllib.parse import urlsplit


def host_of(url: str) -> str:
    """The host of an address, in lower case and without ``www.``.

    >>> host_of("https://www.Vlaio.be/nl/begeleiding")
    'vlaio.be'
    """
    return urlsplit(url).netloc.lower().removeprefix("www.")
