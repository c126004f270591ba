"""Floor 5: from a need in the owner's own words to explained offers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from baken.match.engine import More
    from baken.match.model import Answer, Query

__all__ = ["match", "match_and_more"]


def match(query: Mapping[str, Any] | Query) -> Answer:
    """Offers that answer to a need, each with its reasons, and the door to knock on first.

    Args:
        query: a :class:`~baken.match.model.Query`, or a mapping of that shape
            (``need``, ``facts``, ``as_of``, ``lang``, ``limit``, ``asked``, ``only``).

    Returns:
        An :class:`~baken.match.model.Answer`.

    Raises:
        BakenError: when the query cannot be used; it names the field and what was expected.
    """
    return match_and_more(query)[0]


def match_and_more(query: Mapping[str, Any] | Query) -> tuple[Answer, More]:
    """As :func:`match`, and what tells the offers of the same query with so many more of them.

    Raises:
        BakenError: when the query cannot be used; it names the field and what was expected.
    """
    from baken.match.engine import default_engine
    from baken.match.model import Query, read_query

    ready = query if isinstance(query, Query) else read_query(dict(query))
    return default_engine().answer_and_more(ready)
