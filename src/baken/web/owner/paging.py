"""A list shown a page at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlencode

T = TypeVar("T")
PER_PAGE = 20


@dataclass(frozen=True)
class Paging(Generic[T]):
    """The items of one page: its number, how many there are, and the addresses beside it."""

    items: Sequence[T]
    number: int
    of: int
    previous: str
    next: str


def page_of(
    items: Sequence[T],
    asked: str,
    address: str,
    kept: Mapping[str, str],
    per_page: int = PER_PAGE,
    count: int | None = None,
) -> Paging[T]:
    """The page that was asked for; a page that is not there is the nearest one.

    Args:
        asked: the number as it was typed in the address.
        kept: the filters that every page's address keeps.
        count: how many there are, where ``items`` must not be counted by reading them all.

    >>> page_of("abc", "7", "/x", {}).number
    1
    """
    pages = max(1, -(-(len(items) if count is None else count) // per_page))
    typed = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    number = min(max(1, typed), pages)

    def at(page: int) -> str:
        return f"{address}?{urlencode({**kept, 'page': page})}" if 1 <= page <= pages else ""

    shown = items[(number - 1) * per_page : number * per_page]
    return Paging(shown, number, pages, at(number - 1), at(number + 1))
