"""The one door to the floors below: a query in, an answer out, both as plain JSON values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Query = dict[str, Any]
Answer = dict[str, Any]


def answer(query: Query) -> Answer:
    """The answer to ``query``, in the shape that the interfaces share.

    Raises:
        baken.kernel.errors.BakenError: for a query that cannot be used.
    """
    from baken.match import match

    found: Any = match(query)
    if isinstance(found, dict):
        return found
    return dict(found.as_json())


def coarse_facts(facts: Mapping[str, Any], as_of: str) -> dict[str, str]:
    """Region, province, size and section of activity, as far as ``facts`` lead to them."""
    return {name: facts[name] for name in ("region", "province", "size") if name in facts}


def licences() -> list[dict[str, str]]:
    """What is shipped beside Baken's own code: ``name``, ``licence``, ``says``."""
    return []
